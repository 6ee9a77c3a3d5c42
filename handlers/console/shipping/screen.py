"""The screen of shipping: its zones, and every page of them."""

from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.pages import Page, Screen
from handlers.console.shipping import trying
from handlers.console.shipping.zone import HOME, LIST, ZONE

SCREEN = Screen(
    (*noun_pages(LIST, ZONE), Page("GET", f"{HOME}/try", trying.show, "shipping.view")),
    name="Shipping",
    icon="truck",
)
