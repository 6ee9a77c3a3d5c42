"""Gathers the figures of a day, a day at a time, and locks nothing but the tables that it writes."""
