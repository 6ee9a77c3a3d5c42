"""Everything that Facebook fixes about Messenger, and nothing about the shop."""
