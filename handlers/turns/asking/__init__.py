"""What a turn asks the database, and what travels with it."""
