"""What the bot can say, and the taps that its buttons send back."""
