"""Reasons, trusted buyers and blocked people."""
