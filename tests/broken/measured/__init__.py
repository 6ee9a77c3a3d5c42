"""How much, how soon and how many: what is measured of a shop while it is broken."""
