"""Messages to many shoppers: who gets one, how it looks, how fast it goes, and what became of it."""
