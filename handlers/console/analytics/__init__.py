"""How the shop does, in plots, sentences and tables."""
