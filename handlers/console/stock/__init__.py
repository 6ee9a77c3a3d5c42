"""The screen of stock: what is on the shelf, who holds it, what moved it, and counting it."""
