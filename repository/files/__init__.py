"""Files that people sent or merchants uploaded."""
