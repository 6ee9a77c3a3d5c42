"""What merchants set: every save kept, secrets encrypted."""
