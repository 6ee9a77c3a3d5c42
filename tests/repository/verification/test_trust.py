"""Trusted buyers: granted with who and when, taken back, and never over somebody else's decision."""

from datetime import datetime

import pytest

from repository.database.connection import Connection, Database
from repository.database.errors import NotFound, Stale
from repository.orders.moves import Actor, move
from repository.rules import Rules
from repository.staff.by import By
from repository.verification import trust
from tests.support.accounts import account
from tests.support.keeper import Keeper


async def _nena(database: Database) -> By:
    async with database.transaction() as conn:
        admin = await account(conn, username="nena", full_name="Nena R.")
    return By(admin.id, "203.0.113.9")


async def _grant(conn: Connection, shopper_id: int, by: By, opened: datetime | None = None, **more: str) -> None:
    level, note = more.get("level", "silver"), more.get("note", "")
    await trust.grant(conn, shopper_id=shopper_id, level=level, skips=True, note=note, opened=opened, by=by)


async def test_trust_is_granted_with_who_and_when_and_taken_back(keeper: Keeper, database: Database) -> None:
    by, ana = await _nena(database), await keeper.shopper()
    async with database.transaction() as conn:
        await _grant(conn, ana, by, note="Pays at once")
        granted = await trust.trust_of(conn, shopper_id=ana)
        assert granted is not None
        assert (granted.level, granted.skips, granted.note, granted.granted_by) == (
            "silver",
            True,
            "Pays at once",
            "Nena R.",
        )
    async with database.transaction() as conn:
        assert await trust.take_back(conn, shopper_id=ana, opened=granted.granted_at, by=by)
        assert await trust.trust_of(conn, shopper_id=ana) is None
        assert not await trust.take_back(conn, shopper_id=ana, opened=None, by=by)
    logged = await keeper.look(
        "SELECT GROUP_CONCAT(action ORDER BY id) FROM console_audit WHERE subject LIKE 'shopper%'"
    )
    assert logged == "trust.granted,trust.taken_back"


async def test_the_second_merchant_is_told_who_was_first(keeper: Keeper, database: Database) -> None:
    by, ana = await _nena(database), await keeper.shopper()
    async with database.transaction() as conn:
        await _grant(conn, ana, by)
    for change in (_grant, trust.take_back):
        with pytest.raises(Stale) as refusal:
            async with database.transaction() as conn:
                if change is _grant:
                    await _grant(conn, ana, by, level="gold")
                else:
                    await trust.take_back(conn, shopper_id=ana, opened=None, by=by)
        assert refusal.value.saved_by == "Nena R."
    assert await keeper.look("SELECT trust_level FROM trusted_buyers") == "silver"


async def test_nobody_and_no_level_are_refused(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    for shopper_id, level in ((ana, "diamond"), (ana + 1, "gold")):
        with pytest.raises(NotFound):
            async with database.transaction() as conn:
                await _grant(conn, shopper_id, By(), level=level)


@pytest.mark.parametrize(
    ("delivered", "level"),
    [(0, ""), (2, ""), (3, "bronze"), (9, "bronze"), (10, "silver"), (25, "gold"), (49, "gold"), (50, "platinum")],
)
def test_a_level_is_suggested_by_the_orders_that_were_delivered(delivered: int, level: str) -> None:
    assert trust.suggested(delivered, rules=Rules()) == level


async def test_a_level_that_a_merchant_gave_stays_when_orders_are_counted(keeper: Keeper, database: Database) -> None:
    by, ana, zone = await _nena(database), await keeper.shopper(), await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    order_id = (await keeper.orders(ana, zone)).order_id
    async with database.transaction() as conn:
        await _grant(conn, ana, by, level="gold")
    async with database.transaction() as conn:
        for to in ("confirmed", "processing", "shipped", "delivered"):
            await move(conn, order_id=order_id, to=to, actor=Actor("Nena", "admin"), rules=Rules())
    row = await keeper.look("SELECT trust_level, successful_orders, verification_skip_enabled FROM trusted_buyers")
    assert row == ("gold", 1, 1)
