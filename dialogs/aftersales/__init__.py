"""After the order: where it is, changes, returns, reviews, complaints."""
