"""How well the shop understands what is typed, measured on public data."""
