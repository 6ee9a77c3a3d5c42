"""Accounts of the console."""

from functools import cache

import bcrypt

from repository.database.connection import Connection
from repository.staff import admins
from repository.staff.admins import Admin
from tests.support.factory import Row, Sql

PASSWORD = "sampaguita sa umaga"


async def account(
    conn: Connection,
    *,
    username: str,
    role: str = "super_admin",
    full_name: str | None = None,
    password: str = PASSWORD,
    is_one_time: bool = False,
) -> Admin:
    """An account as `admins.create` makes it, without the quarter of a second that it takes to see whether the password
    is the published one."""
    hashed = _hashed(password)
    person = {"username": username, "email": f"{username}@example.com", "password_hash": hashed, "role": role}
    made = Row("admin_users", {**person, "full_name": full_name})
    admin_id = (await conn.run(made.statement, **made.values)).last_id
    state = {"admin_id": admin_id, "password_is_one_time": is_one_time, "password_changed_at": Sql("NOW()")}
    marked = Row("console_accounts", state)
    await conn.run(marked.statement, **marked.values)
    return await admins.named(conn, username=username)


@cache
def _hashed(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()
