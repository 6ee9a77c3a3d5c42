"""Messages to many shoppers: whom they are for, and each once."""
