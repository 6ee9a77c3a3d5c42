"""What was typed, read against what is asked and what is on the screen."""
