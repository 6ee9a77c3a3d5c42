"""What shall be other of what was taken."""
