"""Connections, transactions, rows and what went wrong; `driver.py` alone knows the driver."""
