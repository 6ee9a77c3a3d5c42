"""Shipping zones: where the shop sends to, what that costs, and which address falls where."""
