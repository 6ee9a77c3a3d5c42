"""What waits, or was given up."""
