"""Blocked shoppers, phones and addresses: found again in any spelling, once each, and written down."""

import pytest

from repository.database.connection import Database
from repository.database.errors import NotFound, Taken
from repository.orders.addresses import compared_address
from repository.staff.by import By
from repository.verification import blocked, reasons
from tests.support.keeper import Keeper

DOOR = compared_address(line="12 Mabini St.", barangay="Poblacion", city="Makati")


async def test_whatever_of_an_order_is_blocked_is_named(keeper: Keeper, database: Database) -> None:
    ana, ben = await keeper.shopper("Ana"), await keeper.shopper("Ben")
    async with database.transaction() as conn:
        for kind, value in (("shopper", str(ana)), ("phone", "+639171234567"), ("address", DOOR)):
            await blocked.block(conn, kind=kind, value=value, note="", by=By())
        assert await blocked.hits(conn, shopper_id=ana) == ("shopper",)
        assert await blocked.hits(conn, shopper_id=ben) == ()
        hits = await blocked.hits(
            conn,
            shopper_id=ben,
            phone="+639171234567",
            line="12 MABINI Street",
            barangay="Brgy Poblacion",
            city="Makati",
        )
        assert sorted(hits) == ["address", "phone"]
        assert await blocked.hits(conn, shopper_id=ben, line="13 Mabini St", barangay="Poblacion", city="Makati") == ()


async def test_a_door_that_is_blocked_without_its_barangay_is_found_with_it(database: Database) -> None:
    async with database.transaction() as conn:
        await blocked.block(
            conn, kind="address", value=compared_address(line="12 Mabini St", city="Makati"), note="", by=By()
        )
        assert await blocked.hits(conn, shopper_id=1, line="12 Mabini St", barangay="Poblacion", city="Makati") == (
            "address",
        )


async def test_one_is_blocked_once_and_unblocked_once(keeper: Keeper, database: Database) -> None:
    async with database.transaction() as conn:
        first = await blocked.block(conn, kind="phone", value="+639171234567", note="Two refused", by=By())
    with pytest.raises(Taken) as taken:
        async with database.transaction() as conn:
            await blocked.block(conn, kind="phone", value="+639171234567", note="", by=By())
    assert taken.value.subject_id == first
    async with database.transaction() as conn:
        assert (await blocked.unblock(conn, blocked_id=first, by=By())).note == "Two refused"
    with pytest.raises(NotFound):
        async with database.transaction() as conn:
            await blocked.unblock(conn, blocked_id=first, by=By())
    logged = await keeper.look(
        "SELECT GROUP_CONCAT(action, ' ', subject ORDER BY id SEPARATOR '; ') FROM console_audit"
    )
    assert logged == "blocked.added phone …4567; blocked.removed phone …4567", "the log holds no whole number"


async def test_nobody_cannot_be_blocked(database: Database) -> None:
    for kind, value in (("shopper", "999"), ("phone", ""), ("shop", "1")):
        with pytest.raises(NotFound):
            async with database.transaction() as conn:
                await blocked.block(conn, kind=kind, value=value, note="", by=By())


async def test_the_list_is_searched_and_read_in_pages(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper("Ana %_")
    async with database.transaction() as conn:
        ids = [await blocked.block(conn, kind="phone", value=f"+63917000000{n}", note="x", by=By()) for n in range(5)]
        ids.append(await blocked.block(conn, kind="shopper", value=str(ana), note="", by=By()))
        assert await blocked.count(conn) == 6
        assert await blocked.count(conn, kind="phone") == 5
        assert [one.id for one in await blocked.page(conn, limit=2)] == ids[:-3:-1]
        assert [one.id for one in await blocked.page(conn, limit=2, at=ids[4])] == [ids[3], ids[2]]
        assert [one.id for one in await blocked.page(conn, limit=2, at=ids[0], backwards=True)] == [ids[1], ids[2]]
        assert [one.shopper for one in await blocked.page(conn, limit=9, text="%_")] == ["Ana %_"]


async def test_reasons_are_offered_in_order_and_kept_for_the_past(keeper: Keeper, database: Database) -> None:
    await keeper.run("UPDATE review_reasons SET is_active = FALSE, words_fil = 'Malabo po' WHERE display_order = 1")
    async with database.connection() as conn:
        offered = await reasons.offered(conn, kind="payment")
        assert [one.name for one in offered][:2] == ["payment_amount", "payment_account"]
        assert {one.kind for one in offered} == {"payment"}
        old = await reasons.named(conn, name="payment_unreadable")
        assert old not in offered
        assert old.words("fil") == "Malabo po"
        assert old.words("ceb") == old.words("en") == old.words_en
        with pytest.raises(NotFound):
            await reasons.named(conn, name="none")
