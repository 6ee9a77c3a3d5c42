"""The screen of words: canned replies and what the bot says of its own."""
