"""Conversations, and messages in both directions."""
