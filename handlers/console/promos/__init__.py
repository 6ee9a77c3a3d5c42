"""Promos: what they give, for whom, until when, and what they take off a cart."""
