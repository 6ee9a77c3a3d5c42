"""The pages of the order desk."""

from handlers.console.base.pages import Page, Screen
from handlers.console.orders import listing

SCREEN = Screen(
    (
        Page("GET", "/orders", listing.show, "orders.view"),
        Page("POST", "/orders/views", listing.save_view, "orders.view"),
        Page("POST", "/orders/views/delete", listing.delete_view, "orders.view"),
    ),
    name="Orders",
    icon="box",
)
