"""The day of a shop: what waits for a person, and how it goes."""
