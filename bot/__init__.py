"""The roof and the floor of the house: entry points above, the outside world's formats below."""
