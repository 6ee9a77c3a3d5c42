"""The doctor in the console."""
