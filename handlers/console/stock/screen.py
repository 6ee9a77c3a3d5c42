"""The screen of stock, with every page of it."""

from handlers.console.base.pages import Page, Screen
from handlers.console.stock import item, listing
from handlers.console.stock.listing import HOME

_ONE = HOME + r"/{product:\d+}/{variant:\d+}"

SCREEN = Screen(
    (
        Page("GET", HOME, listing.show, "products.view"),
        Page("POST", f"{HOME}/count", listing.count, "stock.edit"),
        Page("GET", _ONE, item.show, "products.view"),
        Page("POST", _ONE, item.adjust, "stock.edit"),
    ),
    name="Stock",
    icon="box",
)
