"""What the people of the shop wait for: the pages of the console, and the words in a chat."""
