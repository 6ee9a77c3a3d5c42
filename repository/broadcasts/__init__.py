"""What the shop says to many shoppers at once, each of them inside Messenger's window."""
