"""Creates and upgrades the database."""
