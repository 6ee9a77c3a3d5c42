"""Rows for the demo shop, benchmarks and tests."""
