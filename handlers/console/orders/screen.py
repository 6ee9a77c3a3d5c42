"""The pages of the order desk."""

from handlers.console.base.pages import Page, Screen
from handlers.console.orders import acting, doing, listing, order
from handlers.console.orders.actions import ACTIONS

_ORDER = r"/orders/{id:\d+}"


def _acts() -> tuple[Page, ...]:
    """The pages of each action: its form, what the shopper will read, and doing it."""
    pages: list[Page] = []
    for key in ACTIONS:
        right = doing.STEPS[key].right
        path = f"{_ORDER}/{{do:{key}}}"
        pages += [
            Page("GET", path, acting.show, right),
            Page("POST", path, acting.act, right),
            Page("POST", f"{path}/preview", acting.preview, right),
        ]
    return tuple(pages)


SCREEN = Screen(
    (
        Page("GET", "/orders", listing.show, "orders.view"),
        Page("POST", "/orders/views", listing.save_view, "orders.view"),
        Page("POST", "/orders/views/delete", listing.delete_view, "orders.view"),
        Page("GET", r"/orders/{id:\d+}", order.show, "orders.view"),
        Page("POST", r"/orders/{id:\d+}/note", order.note, "orders.view"),
        Page("POST", r"/orders/{id:\d+}/settle", order.settle, "orders.approve"),
        *_acts(),
    ),
    name="Orders",
    icon="box",
)
