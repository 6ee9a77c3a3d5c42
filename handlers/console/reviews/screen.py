"""The screen of reviews, with every page of it."""

from handlers.console.base.pages import Page, Screen
from handlers.console.reviews import listing

SCREEN = Screen(
    (
        Page("GET", listing.HOME, listing.show, "reviews.moderate"),
        Page("POST", f"{listing.HOME}/decide", listing.decide, "reviews.moderate"),
    ),
    name="Reviews",
    icon="star",
)
