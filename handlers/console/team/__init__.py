"""The people of the shop, and what each may do."""
