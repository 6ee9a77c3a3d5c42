"""The day: the first page of the console, with everything that waits for whoever looks."""
