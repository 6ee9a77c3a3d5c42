"""Holds a database against what it should be."""
