"""Greetings, small talk, and asking for a person."""
