"""A crowd at a live sale: a thousand comments for twenty codes with two hundred pieces, and buyers beside it."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.events import Comment
from dialogs.conversation import TABLE
from handlers.jobs.posts.commenting import Commenting
from handlers.outbound.ways import Ways
from handlers.turns.in_force import Shop
from repository.database.connection import Database
from repository.database.errors import ShopError
from repository.posts import comments, taking
from tests.support.keeper import EASY, Keeper

PEOPLE, CODES, PIECES = 1000, 20, 10
BUYERS = 8
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)


def said(number: int, rolled: random.Random) -> Comment:
    """One of the comments; some want several pieces, and Facebook's times are whole seconds."""
    code = rolled.randrange(CODES)
    text = rolled.choice(("mine a{}", "A{} po", "a{} x2", "MINE A{} 3pcs")).format(code)
    return Comment(
        page_id="1", sent_at=BEGAN + timedelta(seconds=rolled.randrange(60)), verb="add", comment_id=f"7_{number}",
        post_id="1_7", from_id=f"psid-{number}", from_name=f"Shopper {number}", text=text,
    )  # fmt: skip


async def test_no_piece_is_held_or_sold_twice(keeper: Keeper, database: Database, schema: DatabaseSettings) -> None:
    rolled = random.Random(7)
    post = await keeper.insert("page_posts", post_id="1_7", is_sale=True, asked_at="2026-11-01 00:00:00")
    goods = [await keeper.stocks(f"Thing number {code}", left=PIECES) for code in range(CODES)]
    for code, product_id in enumerate(goods):
        await keeper.insert("post_products", post=post, product_id=product_id, code=f"a{code}")
    zone = await keeper.zone()
    crowd = [said(number, rolled) for number in range(PEOPLE)]
    shop = Shop(Settings(database=schema, secret_key="a secret for tests"), database, TABLE)
    seers = [Commenting(shop, Ways(shop.settings), settles=0) for _ in range(2)]

    async def writes() -> None:
        for first in range(0, PEOPLE, 50):
            async with database.connection() as conn:
                await comments.keep(conn, comments=crowd[first : first + 50], posts=[])
                await comments.keep(conn, comments=crowd[first : first + 5], posts=[])  # Facebook says some twice

    async def buys(number: int) -> None:
        shopper = await keeper.shopper(f"buyer-{number}")
        for nonce in range(5):
            try:
                await keeper.puts(shopper, rolled.choice(goods), rolled.randrange(1, 4))
                await keeper.orders(shopper, zone, nonce=f"{number}-{nonce}")
            except ShopError:
                await keeper.run("DELETE FROM cart_items WHERE user_id = %(id)s", id=shopper)

    async def sees(seer: Commenting) -> None:
        while await keeper.look("SELECT COUNT(*) FROM post_comments WHERE status <> 'new'") != PEOPLE:
            await seer.run_due()
            await asyncio.sleep(0.01)

    async with asyncio.timeout(300):
        await writes()
        await asyncio.gather(*(buys(number) for number in range(BUYERS)), *(sees(seer) for seer in seers))
    await _balances(keeper, goods)
    await _who_was_first_has_it(keeper)

    # Some who hold something order it, the time of the others is over, and everything still adds up.
    holders = await _ids(database, "SELECT comment FROM post_claims WHERE status = 'held' ORDER BY id LIMIT 20")
    for comment in holders:
        name = await keeper.look("SELECT from_name FROM post_comments WHERE id = %(id)s", id=comment)
        shopper = await keeper.shopper(str(name))
        await keeper.run(
            "UPDATE post_comments SET status = 'answered', psid = %(psid)s WHERE id = %(id)s",
            psid=f"psid-{name}", id=comment,
        )  # fmt: skip
        await database.retry(partial(taking.take_up, shopper_id=shopper, comment=comment, rules=EASY))
        await keeper.orders(shopper, zone, nonce=f"c{comment}")
    assert len(await _ids(database, "SELECT id FROM post_claims WHERE status = 'ordered'")) == len(holders)
    await keeper.run("UPDATE post_claims SET held_until = NOW() - INTERVAL 1 SECOND WHERE status = 'held'")
    await seers[0].run_due()
    await _balances(keeper, goods)


async def _ids(database: Database, sql: str) -> list[int]:
    async with database.connection() as conn:
        return [int(str(row[0])) for row in (await conn.run(sql)).rows]


async def _balances(keeper: Keeper, goods: list[int]) -> None:
    """Of each product as many pieces are left, held and sold as there ever were, and its history says the same."""
    assert len(goods) == CODES
    wrong = await keeper.look(
        "SELECT COUNT(*) FROM products p WHERE (p.stock_quantity < 0 OR p.stock_quantity"
        " + (SELECT COALESCE(SUM(c.held), 0) FROM post_claims c WHERE c.product_id = p.id AND c.status = 'held')"
        " + (SELECT COALESCE(SUM(r.quantity), 0) FROM inventory_reservations r WHERE r.product_id = p.id"
        " AND r.status IN ('reserved', 'committed')) <> %(pieces)s OR p.stock_quantity <>"
        " (SELECT SUM(l.quantity_change) FROM inventory_logs l WHERE l.product_id = p.id))",
        pieces=PIECES,
    )
    assert wrong == 0
    assert await keeper.look("SELECT COUNT(*) FROM post_claims WHERE (status = 'held') <> (held > 0)") == 0


async def _who_was_first_has_it(keeper: Keeper) -> None:
    """Nobody holds what somebody waits for who was read in the same look and had asked before."""
    assert await keeper.look("SELECT COUNT(*) FROM post_claims") == PEOPLE
    jumped = await keeper.look(
        "SELECT COUNT(*) FROM post_claims w JOIN post_claims h ON h.product_id = w.product_id AND h.status = 'held'"
        " AND h.id < w.id AND (h.placed_at > w.placed_at) WHERE w.status = 'waiting'"
    )
    assert jumped == 0
