"""What merchants set."""
