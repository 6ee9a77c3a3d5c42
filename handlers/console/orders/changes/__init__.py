"""What is done about an order: its form, what the shopper will read first, and doing it once."""
