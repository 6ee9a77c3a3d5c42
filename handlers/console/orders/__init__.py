"""The screen of orders: the list by what needs doing, one order with all that happened, and what is done about it."""
