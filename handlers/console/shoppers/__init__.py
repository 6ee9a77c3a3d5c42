"""The shoppers: who they are, whom the shop trusts, and who is blocked."""
