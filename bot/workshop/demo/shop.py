"""The demo shop's database: created, stocked, and with rules that let a newcomer's purchase through."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.base import clock
from bot.base.sealing import keys_of
from bot.base.settings import Settings, database_admin
from repository import rules
from repository.database.connection import Connection, Database
from repository.files import files, pictures
from repository.payments import account_edits
from repository.payments.account_edits import AccountBody
from repository.schema.base.scripts import FOLDER
from repository.schema.base.session import opener
from repository.schema.change.init import init
from repository.staff.by import By
from repository.workshop import demo, history

RULES: dict[str, object] = {
    "shop_name": "Tindahan ni Aling Nena",
    "verification_orders": 0,  # a newcomer has no delivered orders, and shall see a purchase confirmed
    "verification_from": "5000",
    "payment_methods": ("cod", "gcash", "paymaya", "bank_transfer"),
}
OWNER = "Tindahan ni Aling Nena"
ACCOUNTS = (
    AccountBody(method="gcash", account_name=OWNER, account_number="0900 000 0000", display_order=1),
    AccountBody(method="paymaya", account_name=OWNER, account_number="0900 000 0001", display_order=2),
    AccountBody(
        method="bank_transfer", bank="BDO", account_name=OWNER, account_number="0000 0000 0000", display_order=3
    ),
)
"""Where the demo's shoppers send money to: numbers that nobody has."""
QR = FOLDER / "demo" / "files" / "payment-qr.png"


async def prepare(
    settings: Settings, *, pictures_url: str = "http://127.0.0.1:8080/pictures", now: datetime | None = None
) -> None:
    """Create the demo shop in its database, or whatever of it is missing. Twice is as good as once.

    Args:
        settings: Which server and database, with an account that may create it.
        pictures_url: Below which address its pictures are served.
        now: Around which moment its promos run; the present where None.
    """
    account = database_admin(settings)
    await init(opener(account, settings.offset, database=False), account.name)
    database = Database(account, settings.offset, most=2, keys=keys_of(settings.files_key))
    qr = await asyncio.to_thread(lambda: pictures.prepare(QR.read_bytes()))
    try:
        async with database.transaction() as conn:
            await demo.load(conn, pictures_url=pictures_url, now=now or clock.now())
            if await _set_rules(conn):
                await _open_accounts(conn, qr)
    finally:
        await database.close()


async def with_history(settings: Settings, *, tell: Callable[[int], None]) -> Sequence[tuple[str, str]]:
    """Give the demo shop a past of ninety days, once; returns who still waits for an order, their PSIDs and names.

    Args:
        settings: Which server and database, with the bot's account.
        tell: Told the number of each day that is done.

    Raises:
        NotEmpty: The shop has chats already.
    """
    database = Database(settings.database, settings.offset, most=2)
    try:
        async with database.connection() as conn:
            in_force = await rules.load(conn, shop_name=settings.shop_name, currency=settings.shop_currency)
        made = await history.make(database, rules=in_force, now=clock.now().astimezone(settings.offset), tell=tell)
        return made.waiting if made else ()
    finally:
        await database.close()


async def _set_rules(conn: Connection) -> bool:
    """Set the demo's rules once: whatever a merchant changes later stays. Whether it was the first time."""
    set_already = await conn.run("SELECT name FROM shop_settings")
    there = {str(row[0]) for row in set_already.rows}
    for name, value in RULES.items():
        if name not in there:
            await rules.change(conn, name=name, value=value, admin_id=None)
    return not there & RULES.keys()


async def _open_accounts(conn: Connection, qr: pictures.Picture) -> None:
    """Give the shop its accounts, GCash with the picture of its QR code where the shop can keep one."""
    for body in ACCOUNTS:
        has_picture = body.method == "gcash" and conn.keys is not None
        kept = await files.keep(conn, purpose="account", picture=qr) if has_picture else None
        await account_edits.ACCOUNTS.create(conn, body=replace(body, qr_file_id=kept), by=By())
