"""What is wrong with the shop, and the one thing to do about each."""
