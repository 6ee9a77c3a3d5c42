"""The screen of shoppers."""

from handlers.console.base.pages import Page, Screen
from handlers.console.shoppers import blocking, listing, shopper, trusting

SCREEN = Screen(
    (
        Page("GET", "/shoppers", listing.show, "orders.view"),
        Page("GET", "/shoppers/blocked", blocking.show, "orders.view"),
        Page("POST", "/shoppers/blocked/phone", blocking.add_phone, "settings"),
        Page("POST", "/shoppers/blocked/address", blocking.add_address, "settings"),
        Page("POST", "/shoppers/blocked/add", blocking.add, "settings"),
        Page("POST", r"/shoppers/blocked/{id:\d+}/remove", blocking.remove, "settings"),
        Page("GET", r"/shoppers/{id:\d+}", shopper.show, "orders.view"),
        Page("POST", r"/shoppers/{id:\d+}/trust", trusting.grant, "settings"),
        Page("POST", r"/shoppers/{id:\d+}/take-back", trusting.take_back, "settings"),
    ),
    name="Shoppers",
    icon="people",
)
