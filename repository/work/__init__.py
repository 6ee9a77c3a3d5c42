"""Queues, and what the clock starts."""
