"""What is kept for later, and what the shop says of it unasked."""
