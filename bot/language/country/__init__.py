"""The country as a table: its places, what people call them, and which of them a text is about."""
