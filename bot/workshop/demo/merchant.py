"""The demo's merchant: an account with a one-time password, until they choose their own."""

import msgspec

from bot.base.settings import Settings
from repository.database.connection import Connection, Database
from repository.staff import admins, sessions
from repository.staff.admins import UnknownAccount


class OneTime(msgspec.Struct, frozen=True):
    """How to get in.

    Attributes:
        password: A password that works once; empty where the merchant has chosen their own.
    """

    password: str


async def merchant(settings: Settings, username: str) -> OneTime:
    """The demo merchant, with a new one-time password at each start until they have chosen their own.

    Args:
        settings: Which database.
        username: What they log in with.
    """
    database = Database(settings.database, settings.offset, most=1)

    async def provide(conn: Connection) -> OneTime:
        password = admins.one_time_password()
        try:
            there = await admins.named(conn, username=username)
        except UnknownAccount:
            await admins.create(
                conn,
                username=username,
                email=f"{username}@example.com",
                password=password,
                full_name="Aling Nena",
                role="super_admin",
                is_one_time=True,
            )
            return OneTime(password)
        if not there.has_one_time_password:
            return OneTime("")
        await admins.set_password(conn, admin=there, password=password, is_one_time=True)
        await sessions.end_all(conn, admin_id=there.id)
        return OneTime(password)

    try:
        return await database.retry(provide)
    finally:
        await database.close()
