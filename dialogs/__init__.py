"""Decide what happens next in a conversation, without any I/O."""
