"""Finds what breaks: shoppers who do anything that can be done, and the fewest turns that show it."""
