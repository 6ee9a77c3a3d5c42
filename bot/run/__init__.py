"""The wiring: which parts a program has, and how they start and stop."""
