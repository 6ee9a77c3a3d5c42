"""What can be asked of the shop's figures, by what it is about."""
