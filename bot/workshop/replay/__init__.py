"""Recorded conversations, run again and compared."""
