"""The database's clock goes back by hours: what waits in the queues waits no longer for that than it was meant to."""

from repository.database.connection import Database
from repository.work import going_back
from tests.handlers.jobs.crew import Crew, order, said
from tests.support.keeper import Keeper

AHEAD = "UPDATE {} SET created_at = created_at + INTERVAL 6 HOUR, scheduled_at = scheduled_at + INTERVAL 6 HOUR"
MINUTES = (
    "SELECT ROUND(TIMESTAMPDIFF(SECOND, NOW(), scheduled_at) / 60) FROM order_processing_queue WHERE payload LIKE {}"
)


async def test_an_order_of_times_to_come_is_confirmed_now(keeper: Keeper, crew: Crew) -> None:
    ana = await keeper.shopper()
    number = await keeper.order(ana, await order(keeper, ana))
    await keeper.run(AHEAD.format("order_processing_queue"))
    await crew.work()
    assert (await keeper.order(ana, number.id)).status == "confirmed"
    assert len(await said(keeper)) == 1


async def test_what_is_due_later_stays_as_far_away(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    order_id = await order(keeper, ana, payment="gcash")
    await keeper.run(
        "INSERT INTO order_processing_queue (order_id, queue_type, scheduled_at, payload)"
        " VALUES (%(id)s, 'payment', NOW() + INTERVAL 50 MINUTE, '{\"step\": \"later\"}')",
        id=order_id,
    )
    await keeper.run(AHEAD.format("order_processing_queue"))
    async with database.connection() as conn:
        assert await going_back.catch_up(conn) >= 1
        assert await going_back.catch_up(conn) == 0
    assert await keeper.look(MINUTES.format("'%%later%%'")) == 50


async def test_notices_of_times_to_come_are_said_now_and_all_else_is_left_alone(
    keeper: Keeper, database: Database
) -> None:
    ana = await keeper.shopper()
    notice = (
        "INSERT INTO notification_queue (user_id, notification_type, channel, recipient, message, scheduled_at)"
        " VALUES (%(ana)s, 'custom', 'messenger', 'psid-Ana', %(words)s, NOW() + INTERVAL %(days)s DAY)"
    )
    await keeper.run(notice, ana=ana, words="soon", days=0)
    await keeper.run(AHEAD.format("notification_queue"))
    await keeper.run(notice, ana=ana, words="in a week", days=7)
    async with database.connection() as conn:
        assert await going_back.catch_up(conn) == 1
    assert (
        await keeper.look("SELECT GROUP_CONCAT(message) FROM notification_queue WHERE scheduled_at <= NOW()") == "soon"
    )
