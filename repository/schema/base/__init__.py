"""What creating, checking and backing up a database stand on: sessions, scripts, statements, accounts."""
