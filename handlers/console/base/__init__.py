"""What every screen of the console is made of."""
