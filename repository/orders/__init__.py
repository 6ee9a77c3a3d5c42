"""From the cart to a placed order, and what becomes of it."""
