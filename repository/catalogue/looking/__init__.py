"""Looking around: lists of products by what is said of them, shelves in shelves, what is asked about one product."""
