"""Merchants' accounts, sessions and what they did."""
