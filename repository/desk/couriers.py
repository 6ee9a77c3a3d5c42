"""Who brings parcels, as the merchant keeps them in `couriers`."""

import msgspec

from repository.database.connection import Connection


class Courier(msgspec.Struct, frozen=True):
    """Somebody who brings parcels.

    Attributes:
        name: What they are called.
        link: Of their tracking page, with `{number}` where the number goes; may be empty.
    """

    name: str
    link: str

    def page_of(self, tracking: str) -> str:
        """Where a parcel is looked up; empty where the courier has no such page.

        Args:
            tracking: The parcel's number; only letters, digits and dashes of it can stand in an address.
        """
        plain = "".join(letter for letter in tracking if letter.isascii() and (letter.isalnum() or letter in "-_"))
        is_link = self.link.startswith(("https://", "http://"))
        return self.link.replace("{number}", plain) if is_link and plain else ""


async def couriers(conn: Connection) -> tuple[Courier, ...]:
    """Those that deliver for the shop now, in the merchant's order.

    Args:
        conn: An open connection.
    """
    rows = await conn.all(
        Courier, "SELECT name, link FROM couriers WHERE is_active ORDER BY display_order, name LIMIT 50"
    )
    return tuple(rows)
