"""The people of the shop, their codes, and the list of what they did."""
