"""Typed functions over the database, the only place with SQL in Python."""
