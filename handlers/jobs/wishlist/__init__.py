"""What the shop says unasked: news of wishlists, stock that is back, carts that were left."""
