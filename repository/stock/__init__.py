"""What is on the shelf: how many pieces, who holds them, what moved them."""
