"""A page that looks and feels like Messenger on a phone, for people who try out or test a bot."""
