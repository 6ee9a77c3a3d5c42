"""Finding products in memory: what is read of them, the index of their words, and how it is kept up to date."""
