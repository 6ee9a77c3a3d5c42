"""How chats are written."""
