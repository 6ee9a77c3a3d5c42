"""What holds of every turn whatever was said in it: of the turn, of its figures, and of the rows behind it."""
