"""Bots of others, and what their libraries call."""
