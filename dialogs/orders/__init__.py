"""Orders that were placed."""
