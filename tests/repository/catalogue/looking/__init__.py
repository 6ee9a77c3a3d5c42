"""Lists of what is sold, and what is asked about one product."""
