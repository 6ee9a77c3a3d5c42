"""Posts of the page: their comments, what is claimed below them, and what they sell."""
