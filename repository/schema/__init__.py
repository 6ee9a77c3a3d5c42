"""Tools that create, check, upgrade, back up and restore the database, for the command line and the tests."""
