"""The private MariaDB server of the demo and the tests."""
