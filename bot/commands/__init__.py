"""The sub-commands of `quicksell`."""
