"""Products, and how they are found."""
