"""Today's program beside another one, and beside words that are not in force yet."""
