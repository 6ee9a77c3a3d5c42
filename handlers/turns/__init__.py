"""One event, everything that is done about it, one transaction. Read `turn.py` first."""
