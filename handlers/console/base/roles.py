"""What each role may do in the console: the only table of rights."""

from typing import Final

PERMISSIONS: Final = {
    "account": "Change one's own password, and end one's own sessions",
    "replies.view": "Read the replies and their history",
    "replies.edit": "Write replies, switch them on and off, restore earlier words",
    "replies.delete": "Delete canned replies",
    "orders.view": "See orders, their shoppers and chats, and write notes",
    "orders.pack": "Mark orders packed and print packing slips",
    "orders.ship": "Ship orders and mark them delivered",
    "orders.approve": "Confirm, change and cancel orders, mark them paid, take returns, draft orders",
    "orders.refund": "Write down refunds",
    "orders.export": "Download orders as a file",
}
"""Every right by name, in words."""

_STAFF: Final = ("account", "replies.view", "orders.view", "orders.pack", "orders.ship")
_MANAGER: Final = (
    *_STAFF,
    "replies.edit",
    "replies.delete",
    "orders.approve",
    "orders.refund",
    "orders.export",
)
ROLES: Final = {
    "super_admin": frozenset(PERMISSIONS),
    "admin": frozenset(PERMISSIONS),
    "manager": frozenset(_MANAGER),
    "staff": frozenset(_STAFF),
}

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
