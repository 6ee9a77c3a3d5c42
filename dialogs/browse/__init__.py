"""Arriving, looking around, searching, one product."""
