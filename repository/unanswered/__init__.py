"""What shoppers asked and the bot had no answer to, put together by what it asks."""
