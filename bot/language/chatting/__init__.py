"""How chats are written: words without their vowels, several sentences in one message."""
