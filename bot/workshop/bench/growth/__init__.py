"""`bench scale`: what growth costs, a turn and in memory."""
