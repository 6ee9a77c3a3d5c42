"""Accounts of merchants: `admin_users`, and whether the password is one that has to be changed."""

import re

import msgspec

from bot.base import clock
from repository.database.connection import Connection
from repository.database.errors import Duplicate, ShopError
from repository.staff.passwords import ROUNDS, hashed, refuse_weak

ROLES = ("super_admin", "admin", "manager", "staff")
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,63}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class AccountRefused(ShopError):
    """There can be no such account.

    Attributes:
        field: Which part is wrong: "username", "email" or "role".
        reason: Why, for the person who asked for it.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class UnknownAccount(ShopError):
    """There is no account of this name."""


class Admin(msgspec.Struct, frozen=True):
    """Somebody who may open the console.

    Attributes:
        id: `admin_users.id`.
        username: What they log in with.
        email: Theirs.
        full_name: Theirs, or empty.
        role: "super_admin", "admin", "manager" or "staff".
        is_active: Whether they may log in.
        has_one_time_password: Whether they must choose a new one first.
    """

    id: int
    username: str
    email: str
    full_name: str
    role: str
    is_active: bool
    has_one_time_password: bool


class Credentials(msgspec.Struct, frozen=True):
    """What a login is checked against."""

    id: int
    username: str
    password_hash: str
    is_active: bool


_ADMIN = """
    SELECT a.id, a.username, a.email, COALESCE(a.full_name, ''), a.role, a.is_active,
           COALESCE(c.password_is_one_time, FALSE)
    FROM admin_users a LEFT JOIN console_accounts c ON c.admin_id = a.id
"""


async def create(
    conn: Connection,
    *,
    username: str,
    email: str,
    password: str,
    full_name: str = "",
    role: str = "staff",
    is_one_time: bool = False,
    rounds: int = ROUNDS,
) -> Admin:
    """Make an account.

    Args:
        conn: An open connection. The caller owns the transaction.
        username: What they log in with: 2 to 64 letters, digits, dots, dashes and underscores.
        email: Theirs.
        password: Theirs, or one that they must change when they first log in.
        full_name: Theirs, or empty.
        role: One of `ROLES`.
        is_one_time: Whether they must choose a new password at once.
        rounds: Of bcrypt.

    Raises:
        AccountRefused: The name or address is taken or cannot be one, or there is no such role.
        PasswordRefused: The password is too weak.
    """
    if not _USERNAME.fullmatch(username):
        raise AccountRefused(
            "username", "Please use 2 to 64 letters and digits; dots, dashes and underscores are fine too."
        )
    _refuse_shape(email)
    if role not in ROLES:
        raise AccountRefused("role", f"There is no such role. Choose one of {', '.join(ROLES)}.")
    refuse_weak(password, not_like=(username, email.partition("@")[0]))
    password_hash = await hashed(password, rounds=rounds)
    try:
        made = await conn.run(
            "INSERT INTO admin_users (username, email, password_hash, full_name, role)"
            " VALUES (%(username)s, %(email)s, %(password_hash)s, NULLIF(%(full_name)s, ''), %(role)s)",
            username=username,
            email=email,
            password_hash=password_hash,
            full_name=full_name[:255],
            role=role,
        )
    except Duplicate as taken:
        field = "email" if "email" in taken.key else "username"
        raise AccountRefused(field, "Somebody has that already.") from None
    await _mark(conn, made.last_id, is_one_time=is_one_time)
    admin = await conn.one(Admin, _ADMIN + "WHERE a.id = %(admin_id)s", admin_id=made.last_id)
    assert admin is not None, "it was inserted just now"
    return admin


async def refuse_email(conn: Connection, email: str) -> None:
    """Refuse an address that cannot be one, or that an account has.

    Args:
        conn: An open connection.
        email: What was typed.

    Raises:
        AccountRefused: So it is.
    """
    _refuse_shape(email)
    if await conn.value("SELECT COUNT(*) FROM admin_users WHERE email = %(email)s", email=email):
        raise AccountRefused("email", "Somebody has an account with that address already.")


def _refuse_shape(email: str) -> None:
    if len(email) > 255 or not _EMAIL.fullmatch(email):
        raise AccountRefused("email", "That does not look like an e-mail address.")


async def named(conn: Connection, *, username: str) -> Admin:
    """The account of that name.

    Args:
        conn: An open connection.
        username: What they log in with.

    Raises:
        UnknownAccount: There is none.
    """
    admin = await conn.one(Admin, _ADMIN + "WHERE a.username = %(username)s", username=username)
    if admin is None:
        raise UnknownAccount(username)
    return admin


async def account(conn: Connection, *, username: str) -> Credentials | None:
    """What a login of that name is checked against; None where there is no such account.

    Args:
        conn: An open connection.
        username: What somebody typed.
    """
    return await conn.one(
        Credentials,
        "SELECT id, username, password_hash, is_active FROM admin_users WHERE username = %(username)s",
        username=username,
    )


async def set_password(
    conn: Connection, *, admin: Admin, password: str, is_one_time: bool = False, rounds: int = ROUNDS
) -> None:
    """Give an account another password.

    Args:
        conn: An open connection. The caller owns the transaction, and ends the sessions that must not go on.
        admin: Whose.
        password: The new one.
        is_one_time: Whether they must choose a new one when they next log in.
        rounds: Of bcrypt.

    Raises:
        PasswordRefused: The password is too weak.
    """
    refuse_weak(password, not_like=(admin.username, admin.email.partition("@")[0]))
    await conn.run(
        "UPDATE admin_users SET password_hash = %(password_hash)s WHERE id = %(admin_id)s",
        password_hash=await hashed(password, rounds=rounds),
        admin_id=admin.id,
    )
    await _mark(conn, admin.id, is_one_time=is_one_time)


async def came_in(conn: Connection, *, admin_id: int) -> None:
    """Note that somebody has logged in.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.
    """
    await conn.run(
        "UPDATE admin_users SET last_login_at = %(now)s WHERE id = %(admin_id)s", admin_id=admin_id, now=clock.now()
    )


def one_time_password() -> str:
    """A new password that is easy to read aloud: four groups of letters and digits."""
    return "-".join(clock.suffix(4).lower() for _ in range(4))


async def _mark(conn: Connection, admin_id: int, *, is_one_time: bool) -> None:
    await conn.run(
        "INSERT INTO console_accounts (admin_id, password_is_one_time, password_changed_at)"
        " VALUES (%(admin_id)s, %(is_one_time)s, %(now)s) ON DUPLICATE KEY UPDATE"
        " password_is_one_time = VALUES(password_is_one_time), password_changed_at = VALUES(password_changed_at)",
        admin_id=admin_id,
        is_one_time=is_one_time,
        now=clock.now(),
    )
