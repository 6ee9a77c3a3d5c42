"""The money of an order: where it goes to, its proofs, what came in and went back out."""
