"""The shop broken on purpose, in every way that can be thought of, and its books read afterwards."""
