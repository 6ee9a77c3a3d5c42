"""Tests of values as people type them."""
