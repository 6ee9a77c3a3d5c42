"""Who does something, for the histories."""

import msgspec


class By(msgspec.Struct, frozen=True):
    """Who does something.

    Attributes:
        admin_id: `admin_users.id`; None for the command line.
        ip_address: From where, or empty.
    """

    admin_id: int | None = None
    ip_address: str = ""
