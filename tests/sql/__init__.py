"""The two contract scripts and the guards beside them, on a real server."""
