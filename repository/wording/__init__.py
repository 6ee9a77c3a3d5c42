"""What merchants say: canned replies and overridden words, with their versions."""
