"""Conversations as texts that people read and write, and as the exact lines beside them."""
