"""What each role may do in the console: the only table of rights."""

from typing import Final

PERMISSIONS: Final = {
    "account": "Change one's own password, and end one's own sessions",
    "replies.view": "Read the replies and their history",
    "replies.edit": "Write replies, switch them on and off, restore earlier words",
    "replies.delete": "Delete canned replies",
}
"""Every right by name, in words."""

_STAFF: Final = frozenset({"account", "replies.view"})
_MANAGER: Final = _STAFF | {"replies.edit", "replies.delete"}
_ADMIN: Final = _MANAGER
_OWNER: Final = _ADMIN

ROLES: Final = {"super_admin": _OWNER, "admin": _ADMIN, "manager": _MANAGER, "staff": _STAFF}
"""The rights of each role by name: those of the role below it, and more."""

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
