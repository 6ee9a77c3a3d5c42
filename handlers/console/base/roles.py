"""What each role may do in the console: the only table of rights."""

from typing import Final

PERMISSIONS: Final = {
    "account": "Change one's own password, and end one's own sessions",
    "replies.view": "Read the replies and their history",
    "replies.edit": "Write replies, switch them on and off, restore earlier words",
    "replies.delete": "Delete canned replies",
    "orders.view": "See orders, and the shoppers whose they are",
    "orders.approve": "Look at proofs of payment, approve and reject them",
    "identity.view": "Open pictures of identity papers; each look is written down",
    "settings": "Change the shop's settings, trust shoppers and block them",
}
"""Every right by name, in words."""

ROLES: Final = {
    "super_admin": frozenset(PERMISSIONS),
    "admin": frozenset(PERMISSIONS),
    "manager": frozenset(
        {"account", "replies.view", "replies.edit", "replies.delete", "orders.view", "orders.approve"}
    ),
    "staff": frozenset({"account", "replies.view", "orders.view"}),
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
