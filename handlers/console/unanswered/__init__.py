"""What shoppers asked and the bot had no answer to, to be answered from now on."""
