"""The second step of a login: a code that a telephone makes anew every half minute (RFC 6238), or a spare one.

The key that the codes are made of is sealed by whoever calls: this room keeps and gives back what it is given.
"""

import hashlib
from collections.abc import Sequence

import msgspec

from bot.base import clock
from repository.database.connection import Connection

SPARE = 8
"""Spare codes that an account is given."""


class CodeKey(msgspec.Struct, frozen=True):
    """What an account's codes are made of.

    Attributes:
        sealed: The key, sealed.
        spare: How many spare codes are left.
    """

    sealed: str
    spare: int


async def key_of(conn: Connection, *, admin_id: int) -> CodeKey | None:
    """What an account's codes are made of; None where its login needs none.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    return await conn.one(
        CodeKey,
        "SELECT code_secret, COALESCE(JSON_LENGTH(spare_codes), 0) FROM console_accounts"
        " WHERE admin_id = %(admin_id)s AND code_secret IS NOT NULL",
        admin_id=admin_id,
    )


async def switch_on(conn: Connection, *, admin_id: int, sealed: str, used: int) -> list[str]:
    """Have logins of an account need a code from now on.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: `admin_users.id`.
        sealed: The key, sealed.
        used: The half minute whose code has shown that the telephone knows the key.

    Returns:
        Spare codes that each work once, to be shown once: only their hashes are kept.
    """
    spare = [f"{clock.suffix(4)}-{clock.suffix(4)}".lower() for _ in range(SPARE)]
    await conn.run(
        "INSERT INTO console_accounts (admin_id, code_secret, code_used, spare_codes)"
        " VALUES (%(admin_id)s, %(sealed)s, %(used)s, %(spare)s) ON DUPLICATE KEY UPDATE"
        " code_secret = VALUES(code_secret), code_used = VALUES(code_used), spare_codes = VALUES(spare_codes)",
        admin_id=admin_id,
        sealed=sealed,
        used=used,
        spare=_encoded([_hash(one) for one in spare]),
    )
    return spare


async def switch_off(conn: Connection, *, admin_id: int) -> bool:
    """Have logins of an account need no code any more.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.

    Returns:
        Whether they needed one.
    """
    done = await conn.run(
        "UPDATE console_accounts SET code_secret = NULL, code_used = NULL, spare_codes = NULL"
        " WHERE admin_id = %(admin_id)s AND code_secret IS NOT NULL",
        admin_id=admin_id,
    )
    return done.rowcount > 0


async def use(conn: Connection, *, admin_id: int, half_minute: int) -> bool:
    """Use the code of a half minute; each works once, and none that is older than one that was used.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
        half_minute: Whose code it is, counted from 1970.

    Returns:
        Whether it could be used.
    """
    done = await conn.run(
        "UPDATE console_accounts SET code_used = %(half_minute)s"
        " WHERE admin_id = %(admin_id)s AND code_secret IS NOT NULL AND COALESCE(code_used, 0) < %(half_minute)s",
        admin_id=admin_id,
        half_minute=half_minute,
    )
    return done.rowcount > 0


async def use_spare(conn: Connection, *, admin_id: int, code: str) -> bool:
    """Use a spare code, which works once.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
        code: As it was typed.

    Returns:
        Whether it was one.
    """
    done = await conn.run(
        "UPDATE console_accounts SET spare_codes ="
        " JSON_REMOVE(spare_codes, JSON_UNQUOTE(JSON_SEARCH(spare_codes, 'one', %(hashed)s)))"
        " WHERE admin_id = %(admin_id)s AND code_secret IS NOT NULL"
        " AND JSON_SEARCH(spare_codes, 'one', %(hashed)s) IS NOT NULL",
        admin_id=admin_id,
        hashed=_hash(code),
    )
    return done.rowcount > 0


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _encoded(hashes: Sequence[str]) -> str:
    return msgspec.json.encode(hashes).decode()
