"""How a step is found and run: the table, the asks, the state."""
