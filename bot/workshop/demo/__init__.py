"""The demo: a whole shop with goods, words and orders of its own, on this machine."""
