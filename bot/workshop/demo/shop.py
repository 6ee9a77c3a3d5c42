"""The demo shop's database: created, stocked, and with rules that let a newcomer's purchase through."""

from bot.base import clock
from bot.base.settings import Settings, database_admin
from repository import rules
from repository.database.connection import Connection, Database
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.workshop import demo

RULES: dict[str, object] = {
    "shop_name": "Tindahan ni Aling Nena",
    "verification_orders": 0,  # a newcomer has no delivered orders, and shall see a purchase confirmed
    "verification_from": "5000",
    "payment_account": "GCash 0900 000 0000 (Tindahan ni Aling Nena)",
}


async def prepare(settings: Settings, *, pictures_url: str = "http://127.0.0.1:8080/pictures") -> None:
    """Create the demo shop in its database, or whatever of it is missing. Twice is as good as once.

    Args:
        settings: Which server and database, with an account that may create it.
        pictures_url: Below which address its pictures are served.
    """
    account = database_admin(settings)
    await init(opener(account, settings.offset, database=False), account.name)
    database = Database(account, settings.offset, most=2)
    try:
        async with database.transaction() as conn:
            await demo.load(conn, pictures_url=pictures_url, now=clock.now())
            await _set_rules(conn)
    finally:
        await database.close()


async def _set_rules(conn: Connection) -> None:
    """Set the demo's rules once: whatever a merchant changes later stays."""
    set_already = await conn.run("SELECT name FROM shop_settings")
    there = {str(row[0]) for row in set_already.rows}
    for name, value in RULES.items():
        if name not in there:
            await rules.change(conn, name=name, value=value, admin_id=None)
