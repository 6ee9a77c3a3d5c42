"""A sheet brought into the catalogue: planned, shown, written in pieces, taken back; and the way out again."""
