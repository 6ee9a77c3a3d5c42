"""Benchmarks of the work that nobody waits for: wishes followed, shoppers forgotten."""
