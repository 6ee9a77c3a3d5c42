"""Where shoppers want their orders sent."""

import msgspec

from bot.language.fold import fold
from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import UnknownAddress

SHOWN = 10
"""Addresses at most that a shopper is offered."""
_SHORT = {
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "rd": "road",
    "blvd": "boulevard",
    "hwy": "highway",
    "blk": "block",
    "lt": "lot",
    "ph": "phase",
    "bldg": "building",
    "flr": "floor",
    "subd": "subdivision",
    "vill": "village",
    "cor": "corner",
    "sto": "santo",
    "sta": "santa",
}
_NOISE = frozenset({"barangay", "brgy", "bgy", "bo", "no", "number", "city", "of", "lungsod", "ng", "municipality"})
_COMPARED_MOST = 255  # characters of the column that holds one


class AddressDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A whole address that may not be saved yet; what was not given is empty.

    Attributes:
        phone: E.164.
    """

    recipient_name: str
    phone: str
    address_line1: str
    city: str
    province: str
    address_line2: str = ""
    barangay: str = ""
    region: str = ""
    postal_code: str = ""
    landmark: str = ""


class Address(msgspec.Struct, frozen=True):
    """A saved address.

    Attributes:
        id: `user_addresses.id`.
        phone: E.164.
        is_default: Whether it is offered first.
    """

    id: int
    recipient_name: str
    phone: str
    address_line1: str
    address_line2: str
    barangay: str
    city: str
    province: str
    region: str
    postal_code: str
    landmark: str
    is_default: bool


COLUMNS = """id, recipient_name, phone, address_line1, COALESCE(address_line2, ''), COALESCE(barangay, ''), city,
    province, region, COALESCE(postal_code, ''), COALESCE(landmark, ''), is_default"""
"""The columns of an `Address`."""


async def addresses(conn: Connection, *, shopper_id: int) -> tuple[Address, ...]:
    """The shopper's saved addresses, the default first and then the newest; ten at most.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    saved = await conn.all(
        Address,
        f"SELECT {COLUMNS} FROM user_addresses WHERE user_id = %(shopper_id)s"
        " ORDER BY is_default DESC, id DESC LIMIT %(most)s",
        shopper_id=shopper_id,
        most=SHOWN,
    )
    return tuple(saved)


async def address(conn: Connection, *, shopper_id: int, address_id: int) -> Address:
    """One of the shopper's addresses.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        address_id: `user_addresses.id`.

    Raises:
        UnknownAddress: The shopper has no such address.
    """
    saved = await conn.one(
        Address,
        f"SELECT {COLUMNS} FROM user_addresses WHERE id = %(address_id)s AND user_id = %(shopper_id)s",
        shopper_id=shopper_id,
        address_id=address_id,
    )
    if saved is None:
        raise UnknownAddress(f"address {address_id}")
    return saved


async def save(conn: Connection, *, shopper_id: int, draft: AddressDraft) -> Address:
    """Keep an address for the next order and offer it first from now on.

    One that the shopper has already, in whatever capitals, is not saved twice.

    Args:
        conn: An open connection. The caller owns the transaction.
        shopper_id: `users.id`.
        draft: The address. What is longer than its column is cut.

    Returns:
        The saved address.
    """
    values: dict[str, Bound] = {"shopper_id": shopper_id, **fitted(draft)}
    same = Statement(
        """
        SET @qs_same = (SELECT id FROM user_addresses
        WHERE user_id = %(shopper_id)s AND phone = %(phone)s AND recipient_name = %(recipient_name)s
          AND address_line1 = %(address_line1)s AND COALESCE(address_line2, '') = %(address_line2)s
          AND COALESCE(barangay, '') = %(barangay)s AND city = %(city)s AND province = %(province)s
        ORDER BY id LIMIT 1)
        """,
        values,
    )
    keep = Statement(
        """
        INSERT INTO user_addresses (id, user_id, recipient_name, phone, address_line1, address_line2, barangay, city,
            province, region, postal_code, landmark)
        VALUES (@qs_same, %(shopper_id)s, %(recipient_name)s, %(phone)s, %(address_line1)s,
            NULLIF(%(address_line2)s, ''), NULLIF(%(barangay)s, ''), %(city)s, %(province)s, %(region)s,
            NULLIF(%(postal_code)s, ''), NULLIF(%(landmark)s, ''))
        ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), region = %(region)s,
            postal_code = NULLIF(%(postal_code)s, ''), landmark = NULLIF(%(landmark)s, '')
        """,
        values,
    )
    *_, saved = await conn.batch(
        same,
        keep,
        Statement(
            "UPDATE user_addresses FORCE INDEX (ix_user_addresses_user) SET is_default = (id = LAST_INSERT_ID())"
            " WHERE user_id = %(shopper_id)s AND is_default <> (id = LAST_INSERT_ID())",
            values,
        ),
        Statement(f"SELECT {COLUMNS} FROM user_addresses WHERE id = LAST_INSERT_ID()"),
    )
    return conn.read(Address, saved.rows[0])


def fitted(draft: AddressDraft) -> dict[str, str]:
    """The fields of an address, each as long as its column takes.

    Args:
        draft: The address.
    """
    most = {"phone": 20, "barangay": 100, "city": 100, "province": 100, "region": 100, "postal_code": 10}
    return {name: str(getattr(draft, name)).strip()[: most.get(name, 255)] for name in draft.__struct_fields__}


def compared_address(*, line: str, city: str, barangay: str = "") -> str:
    """An address as it is compared with others, such as "12 mabini street, poblacion, makati".

    Args:
        line: House and street.
        city: City or town.
        barangay: The barangay; two addresses are compared with it and without it, since many leave it out.

    Returns:
        The text; empty where there is no street or no city, since a whole town is nobody's door.
    """
    street, town, village = _plain(line), _plain(city), _plain(barangay)
    if not street or not town:
        return ""
    return ", ".join(part for part in (street, village, town) if part)[:_COMPARED_MOST]


def _plain(text: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(text).split() if word not in _NOISE)
