"""Pictures drawn by the program: products, shelves, the shop's logo and its banner."""
