"""`quicksell ...` in processes of their own, for which everything is imported once and not once for each."""
