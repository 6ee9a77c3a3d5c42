"""The order that a pin is for."""

from datetime import UTC, datetime

from repository.chats.conversations import Decided, begin, finish_turn, open_turn
from repository.chats.referrals import Referred
from repository.database.connection import Connection, Database
from repository.database.scalars import number
from repository.referrals import pins
from tests.support.keeper import Keeper


async def test_a_pin_is_for_the_newest_order_that_has_not_left(keeper: Keeper, database: Database) -> None:
    mug, ana = await keeper.stocks("Mug", left=50), await keeper.shopper()
    zone = await keeper.zone()
    async with database.transaction() as conn:
        assert await pins.pin_open_order(conn, shopper_id=ana, pin="1.000000,2.000000") == ""
    await keeper.puts(ana, mug)
    order = await keeper.orders(ana, zone)
    async with database.transaction() as conn:
        assert await pins.pin_open_order(conn, shopper_id=ana, pin="1.000000,2.000000") == order.order_number
    assert await keeper.look("SELECT ship_pin FROM orders") == "1.000000,2.000000"
    await keeper.run("UPDATE orders SET order_status = 'shipped'")
    async with database.transaction() as conn:
        assert await pins.pin_open_order(conn, shopper_id=ana, pin="3.000000,4.000000") == ""


async def statements(conn: Connection) -> int:
    """How many statements of any kind this session has run."""
    counted = await conn.run(
        "SHOW SESSION STATUS WHERE Variable_name IN ('Com_select', 'Com_update', 'Com_insert', 'Com_delete',"
        " 'Com_insert_select', 'Com_update_multi', 'Com_delete_multi', 'Com_set_option', 'Com_call_procedure')"
    )
    return sum(number(int(str(value))) for _, value in counted.rows)


async def test_where_somebody_comes_from_costs_an_ordinary_turn_nothing(keeper: Keeper, database: Database) -> None:
    await keeper.shopper("Ana")
    psid, now = "psid-Ana", datetime(2026, 11, 28, 12, tzinfo=UTC)
    shopper_id = number(await keeper.look("SELECT id FROM users WHERE messenger_id = 'psid-Ana'"))  # type: ignore[arg-type]

    def decided(referred: Referred | None) -> Decided:
        return Decided(
            turn_id=0, psid=psid, state="{}", state_before="{}", draft=None, offered="[]", bot_response="", intent="x",
            recording="{}", response_ms=1, decided_at=now, heard_at=now, messages=["{}", "{}"], sender=None,
            window_expires_at=None, referred=referred,
        )  # fmt: skip

    async def turn(referred: Referred | None) -> int:
        async with database.transaction() as conn:
            before = await statements(conn)
            assert await open_turn(conn, psid=psid)
            ids, _ = await finish_turn(conn, decided(referred))
            count = await statements(conn) - before
        assert len(ids) == 2
        assert sorted(ids) == ids
        return count

    async with database.connection() as conn:
        await begin(conn, psid=psid, page_id="1", state="{}", name="Ana")
    ordinary = await turn(None)
    assert ordinary == 6, "two to open a turn, two to end it, one for each message"
    ref = Referred(shopper_id=shopper_id, kind="link", ref="r" * 2000, at=now)
    assert await turn(ref) == ordinary + 1
    assert await turn(None) == ordinary
    assert await keeper.look(
        "SELECT c.referral_id = r.id, LENGTH(r.ref) FROM conversations c JOIN referrals r WHERE c.psid = 'psid-Ana'"
    ) == (1, 255)
