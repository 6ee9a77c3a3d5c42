"""What each role may do in the console: the only table of rights."""

from typing import Final

PERMISSIONS: Final = {
    "account": "Change one's own password, and end one's own sessions",
    "replies.view": "Read the replies and their history",
    "replies.edit": "Write replies, switch them on and off, restore earlier words",
    "replies.delete": "Delete canned replies",
    "products.view": "Look at products, categories, brands and stock",
    "products.edit": "Change products, prices, pictures, categories and brands",
    "stock.edit": "Change what is in stock, and count it",
    "chats.view": "Read the chats with shoppers",
    "chats.write": "Write to shoppers, take chats over from the bot and give them back, note, assign and put off",
    "chats.export": "Take chats out as tests, with stand-ins for whoever is in them",
    "shipping.view": "See where the shop sends to and for how much, and try an address",
    "shipping.edit": "Draw shipping zones, set their fees, open and close them",
    "posts.view": "See posts, what they sell, and who got what below them",
    "posts.edit": "Tie posts to products and codes, make live sales, let claims go",
    "promos.view": "Look at promos and how often they were used",
    "promos.edit": "Make promos, change, pause and delete them",
    "broadcasts.view": "Look at messages to many shoppers, and what became of them",
    "broadcasts.send": "Write to many shoppers at once, and stop that",
    "orders.view": "Read orders and their history, and write notes about them",
    "orders.pack": "Pack orders, print their slips, mend addresses and items before",
    "orders.ship": "Ship and deliver orders, and write their tracking numbers",
    "orders.approve": "Look at payments and proofs of who somebody is, approve and refuse them, cancel orders",
    "orders.refund": "Give money back, and take back what was sent",
    "orders.export": "Take orders out as a file",
    "reviews.moderate": "Show and hide reviews",
    "analytics.view": "See how the shop does: sales, shoppers, answers, and the rows behind each figure",
    "queues": "See what waits or failed in the queues, try it again, or drop it",
    "identity.view": "Look at ID pictures; each look is recorded",
    "settings": "Change the shop's rules, accounts, couriers and reasons, trust and block shoppers",
    "connect": "Connect the shop with a page on Facebook, and type its secrets",
    "audit": "Read who changed what, and take it out as a file",
    "team": "Give people accounts, and say what their role is",
}
"""Every right by name, in words."""

_STAFF: Final = (
    "account",
    "replies.view",
    "replies.edit",
    "products.view",
    "chats.view",
    "chats.write",
    "shipping.view",
    "posts.view",
    "posts.edit",
    "promos.view",
    "broadcasts.view",
    "orders.view",
    "orders.pack",
    "orders.ship",
)
_MANAGER: Final = (
    *_STAFF,
    "replies.delete",
    "products.edit",
    "stock.edit",
    "promos.edit",
    "broadcasts.send",
    "orders.approve",
    "orders.refund",
    "orders.export",
    "chats.export",
    "reviews.moderate",
    "analytics.view",
    "queues",
)
_ADMIN: Final = (*_MANAGER, "identity.view", "shipping.edit", "settings", "audit")

ROLES: Final = {
    "super_admin": frozenset((*_ADMIN, "connect", "team")),
    "admin": frozenset(_ADMIN),
    "manager": frozenset(_MANAGER),
    "staff": frozenset(_STAFF),
}
"""The rights of each role: the grid of contract/rules.md, each role with those of the one below it and some more."""

ROLE_NAMES: Final = {"super_admin": "Owner", "admin": "Admin", "manager": "Manager", "staff": "Staff"}


def may(role: str, permission: str) -> bool:
    """Whether a role has a right.

    Args:
        role: `admin_users.role`; one that is not in the table may nothing.
        permission: One of `PERMISSIONS`.

    Raises:
        KeyError: There is no such right.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return permission in ROLES.get(role, frozenset())
