"""The pages of the order desk."""

from handlers.console.base.pages import Page, Screen
from handlers.console.orders import listing, order

SCREEN = Screen(
    (
        Page("GET", "/orders", listing.show, "orders.view"),
        Page("POST", "/orders/views", listing.save_view, "orders.view"),
        Page("POST", "/orders/views/delete", listing.delete_view, "orders.view"),
        Page("GET", r"/orders/{id:\d+}", order.show, "orders.view"),
        Page("POST", r"/orders/{id:\d+}/note", order.note, "orders.view"),
        Page("POST", r"/orders/{id:\d+}/settle", order.settle, "orders.approve"),
    ),
    name="Orders",
    icon="box",
)
