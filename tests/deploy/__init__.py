"""The files of deploy/ say what the program does."""
