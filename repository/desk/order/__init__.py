"""One order as the desk shows it: what it is, all that happened, what was said and noted."""
