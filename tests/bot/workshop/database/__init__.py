"""The private server, on real servers."""
