"""The rows of a shop in which conversations are played: how it is furnished, looked at and put back."""
