"""What is kept for later: the wishlist, what is sold out, a cart that was left."""
