"""What comes after an order: returns, reviews of products, changes before it is packed."""
