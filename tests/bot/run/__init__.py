"""How the parts of a program start and stop."""
