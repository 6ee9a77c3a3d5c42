"""Whom a broadcast is for; that each gets it once, whoever dies; pace, stop and figures."""

import asyncio

import msgspec
import pytest

from repository.broadcasts import figures, people, sending
from repository.broadcasts.edits import BROADCASTS, BroadcastBody
from repository.broadcasts.people import Reach
from repository.database.connection import Connection, Database
from repository.database.errors import Unfit
from repository.settings.row import MustStay
from repository.staff.by import By
from tests.handlers.jobs.crew import Crew
from tests.support.keeper import EASY, Keeper

NOBODY = By()
BODY = BroadcastBody(title="Mugs", words="Bagong mugs!", per_minute=6000)
EARLIER = "UPDATE conversations SET heard_at = NOW() - INTERVAL 1 HOUR"


async def made(database: Database, body: BroadcastBody = BODY) -> int:
    async with database.transaction() as conn:
        return await BROADCASTS.create(conn, body=body, by=NOBODY)


async def begun(database: Database, body: BroadcastBody = BODY) -> int:
    one = await made(database, body)
    async with database.transaction() as conn:
        version = (await BROADCASTS.opened(conn, one)).version
        await sending.begin(conn, broadcast_id=one, version=version, by=NOBODY)
    return one


async def shoppers(keeper: Keeper, count: int) -> list[int]:
    made = [await keeper.shopper(f"Shopper{number}") for number in range(count)]
    await keeper.run(EARLIER)
    return made


async def works(keeper: Keeper, crew: Crew, times: int = 1) -> None:
    """Let workers look as often as that, as if a second lay between."""
    for _ in range(times):
        await keeper.run("UPDATE broadcasts SET taken_at = NULL")
        await crew.work()


async def test_who_is_reached(keeper: Keeper, database: Database) -> None:
    inside, outside, stopped, gold = await shoppers(keeper, 4)
    await keeper.run(
        "UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 MINUTE WHERE psid = 'psid-Shopper1'"
    )
    await keeper.run("UPDATE users SET promos_stopped_at = NOW() WHERE id = %(id)s", id=stopped)
    await keeper.run("UPDATE users SET customer_tier = 'gold' WHERE id = %(id)s", id=gold)
    mug = await keeper.stocks("Mug", category="Kitchen")
    await keeper.puts(inside, mug)
    await keeper.orders(inside, await keeper.zone(), nonce="one", rules=EASY)
    await keeper.run("UPDATE orders SET created_at = NOW() - INTERVAL 40 DAY")
    sku = str(await keeper.look("SELECT sku FROM products"))
    changed = msgspec.structs.replace
    async with database.connection() as conn:
        assert await people.reach(conn, body=BODY) == Reach(2, 1, 1)
        assert await people.reach(conn, body=changed(BODY, from_tier="silver")) == Reach(1, 0, 0)
        assert await people.reach(conn, body=changed(BODY, bought=sku)) == Reach(1, 0, 0)
        assert await people.reach(conn, body=changed(BODY, bought="Kitchen")) == Reach(1, 0, 0)
        assert await people.reach(conn, body=changed(BODY, bought="Garden")) == Reach(0, 0, 0)
        assert await people.reach(conn, body=changed(BODY, away_least=30)) == Reach(1, 0, 0)
        assert await people.reach(conn, body=changed(BODY, away_least=30, away_most=35)) == Reach(0, 0, 0)
        assert await people.reach(conn, body=changed(BODY, away_most=41)) == Reach(1, 0, 0)
    assert outside


async def test_everybody_gets_it_once_however_many_work_on_it(keeper: Keeper, database: Database) -> None:
    await shoppers(keeper, 12)
    one = await begun(database)
    crews = [Crew(database) for _ in range(3)]
    for _ in range(3):
        await keeper.run("UPDATE broadcasts SET taken_at = NULL")
        await asyncio.gather(*(crew.work() for crew in crews))
    heard = "SELECT CONCAT(COUNT(*), ' to ', COUNT(DISTINCT psid)) FROM outbox"
    assert await keeper.look(heard) == "12 to 12"
    assert await keeper.look("SELECT DISTINCT messaging_type FROM outbox") == "UPDATE"
    await keeper.run("UPDATE outbox SET status = 'failed' WHERE psid = 'psid-Shopper3'")
    await keeper.run("UPDATE outbox SET status = 'sent' WHERE status = 'queued'")
    await works(keeper, crews[0])
    async with database.connection() as conn:
        found = await figures.figures(conn, broadcast_id=one)
    assert (found.status, found.total, found.sent, found.failed, found.waiting) == ("done", 12, 11, 1, 0)


async def test_who_dies_in_between_writes_to_nobody_twice(
    keeper: Keeper, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shoppers(keeper, 5)
    one = await begun(database)
    hands_over, calls = sending.hand_over, []

    async def dies(conn: Connection, **values: object) -> list[int]:
        calls.append(1)
        ids = await hands_over(conn, **values)  # type: ignore[arg-type]
        if len(calls) == 3:
            raise RuntimeError("killed before the commit")
        return ids

    monkeypatch.setattr(sending, "hand_over", dies)
    with pytest.raises(RuntimeError):
        await works(keeper, Crew(database))
    assert await keeper.look("SELECT COUNT(*) FROM outbox") == 2
    monkeypatch.setattr(sending, "hand_over", hands_over)
    await works(keeper, Crew(database), times=2)
    assert await keeper.look("SELECT CONCAT(COUNT(*), ' to ', COUNT(DISTINCT psid)) FROM outbox") == "5 to 5"
    assert one


async def test_its_pace_and_stop(keeper: Keeper, database: Database) -> None:
    await shoppers(keeper, 9)
    one = await begun(database, msgspec.structs.replace(BODY, per_minute=180))
    crew = Crew(database)
    await works(keeper, crew)
    assert await keeper.look("SELECT COUNT(*) FROM outbox") == 3
    await crew.work()
    assert await keeper.look("SELECT COUNT(*) FROM outbox") == 3, "a second has not gone by"
    await works(keeper, crew)
    async with database.transaction() as conn:
        assert await sending.stop(conn, broadcast_id=one, by=NOBODY)
    await works(keeper, crew, times=2)
    async with database.connection() as conn:
        found = await figures.figures(conn, broadcast_id=one)
        assert not await sending.stop(conn, broadcast_id=one, by=NOBODY)
    assert (found.status, found.total, found.waiting, found.handed) == ("stopped", 9, 3, 6)


async def test_who_may_not_hear_it_any_more_is_left_out(keeper: Keeper, database: Database) -> None:
    stopped, closed, complains, chats, _ = await shoppers(keeper, 5)
    one = await begun(database)
    await keeper.run("UPDATE users SET promos_stopped_at = NOW() WHERE id = %(id)s", id=stopped)
    psid = "psid = (SELECT messenger_id FROM users WHERE id = %(id)s)"
    await keeper.run(f"UPDATE conversations SET window_expires_at = NOW() WHERE {psid}", id=closed)
    await keeper.run(f"UPDATE conversations SET quiet_since = NOW() WHERE {psid}", id=complains)
    await keeper.run(f"UPDATE conversations SET heard_at = NOW() WHERE {psid}", id=chats)
    crew = Crew(database)
    await works(keeper, crew)
    assert await keeper.look("SELECT GROUP_CONCAT(psid) FROM outbox") == "psid-Shopper4"
    await keeper.run(f"UPDATE conversations SET heard_at = NOW() - INTERVAL 3 MINUTE WHERE {psid}", id=chats)
    await works(keeper, crew)
    assert await keeper.look("SELECT GROUP_CONCAT(psid ORDER BY psid) FROM outbox") == "psid-Shopper3,psid-Shopper4"
    async with database.connection() as conn:
        assert (await figures.figures(conn, broadcast_id=one)).skipped == 3


async def test_nobody_is_handed_over_while_the_page_cannot_send(keeper: Keeper, database: Database) -> None:
    await shoppers(keeper, 2)
    await begun(database)
    await keeper.run(
        "INSERT INTO page_troubles (kind, error_code, reason, began_at, last_at)"
        " VALUES ('token', '190/0', 'expired', NOW(3), NOW(3))"
    )
    crew = Crew(database)
    await works(keeper, crew)
    assert await keeper.look("SELECT COUNT(*) FROM outbox") == 0
    await keeper.run("UPDATE page_troubles SET ended_at = NOW(3)")
    await works(keeper, crew)
    assert await keeper.look("SELECT COUNT(*) FROM outbox") == 2


async def test_what_was_sent_stays_and_what_was_not_seen_is_not_sent(keeper: Keeper, database: Database) -> None:
    one = await made(database)
    async with database.connection() as conn:
        version = (await BROADCASTS.opened(conn, one)).version
        for seen, called in ((version - 1, "broadcast"), (version, "nobody")):
            with pytest.raises(MustStay) as kept:
                await sending.begin(conn, broadcast_id=one, version=seen, by=NOBODY)
            assert kept.value.called == called
    await shoppers(keeper, 1)
    async with database.transaction() as conn:
        assert await sending.begin(conn, broadcast_id=one, version=version, by=NOBODY) == 1
    async with database.connection() as conn:
        with pytest.raises(MustStay):
            await BROADCASTS.save(conn, subject_id=one, body=BODY, version=version, by=NOBODY)
        with pytest.raises(MustStay):
            await BROADCASTS.delete(conn, subject_id=one, version=version, by=NOBODY)
        with pytest.raises(MustStay):
            await sending.begin(conn, broadcast_id=one, version=version, by=NOBODY)
        for wrong in ({"product": "none"}, {"bought": "none"}, {"away_least": 9, "away_most": 3}):
            with pytest.raises(Unfit):
                await BROADCASTS.create(conn, body=msgspec.structs.replace(BODY, **wrong), by=NOBODY)
