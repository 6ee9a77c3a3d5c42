"""The pages of the order desk."""

from handlers.console.base.pages import Page, Screen
from handlers.console.orders import bulk, export, listing, order, slips
from handlers.console.orders.changes import acting, doing, drafting, editing, returning
from handlers.console.orders.changes.actions import ACTIONS

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
        Page("GET", _ORDER, order.show, "orders.view"),
        Page("POST", f"{_ORDER}/note", order.note, "orders.view"),
        Page("POST", f"{_ORDER}/give-back", order.give_back, "orders.view"),
        Page("POST", f"{_ORDER}/settle", order.settle, "orders.approve"),
        Page("POST", "/orders/bulk", bulk.do, "orders.pack"),
        Page("GET", "/orders/ship", bulk.ask_tracking, "orders.ship"),
        Page("POST", "/orders/ship", bulk.ship, "orders.ship"),
        Page("GET", "/orders/slips", slips.show, "orders.view"),
        Page("GET", "/orders/export.csv", export.download, "orders.export"),
        Page("GET", "/orders/drafts/new", drafting.show, "orders.approve"),
        Page("POST", "/orders/drafts/new", drafting.send, "orders.approve"),
        Page("POST", "/orders/drafts/preview", drafting.preview, "orders.approve"),
        Page("POST", r"/orders/drafts/{draft:\d+}/withdraw", drafting.withdraw, "orders.approve"),
        Page("GET", f"{_ORDER}/address", editing.show_address, "orders.pack"),
        Page("POST", f"{_ORDER}/address", editing.save_address, "orders.pack"),
        Page("POST", f"{_ORDER}/address/preview", editing.preview_address, "orders.pack"),
        Page("GET", f"{_ORDER}/items", editing.show_items, "orders.pack"),
        Page("POST", f"{_ORDER}/items", editing.save_items, "orders.pack"),
        Page("POST", f"{_ORDER}/items/preview", editing.preview_items, "orders.pack"),
        Page("GET", f"{_ORDER}/return", returning.show, "orders.refund"),
        Page("POST", f"{_ORDER}/return", returning.receive, "orders.refund"),
        Page("POST", f"{_ORDER}/return/preview", returning.preview, "orders.refund"),
        *_acts(),
    ),
    name="Orders",
    icon="box",
)
