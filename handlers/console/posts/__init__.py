"""Posts: what each sells, and who got what below it."""
