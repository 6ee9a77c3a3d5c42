"""The screen of reviews: approved or refused before shoppers see them."""
