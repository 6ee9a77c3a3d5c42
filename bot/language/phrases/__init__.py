"""Which of a merchant's replies a text is for: phrases stand in it, mean the same, or are much like it."""
