"""How the shop does: figures of each day, and the statements that answer questions about them."""
