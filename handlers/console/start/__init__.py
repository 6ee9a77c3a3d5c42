"""The first steps: what a new shop needs, in the order in which it can be done."""
