"""What those who come from somewhere find: what a link leads to, a cart filled elsewhere, a place on the map."""
