"""The pages on which merchants run their shop."""
