"""The money of orders, and what proves that it was sent, or who ordered."""
