"""The chats as the people of the shop see them: who waits, what was said, what they write themselves."""
