"""Shoppers who come back: what they ordered with, their points, and the promos that are theirs."""

from decimal import Decimal

import pytest

from repository.database.connection import Database
from repository.database.errors import PromoRefused
from repository.orders import addresses, placed_orders, promos
from repository.orders.coming import suki
from repository.rules import Rules
from tests.support.keeper import EASY, HOME, Keeper


async def test_the_usual_is_the_last_address_and_the_last_payment(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    async with database.connection() as conn:
        assert await suki.usual(conn, shopper_id=ana, rules=EASY) == suki.Usual()
    zone = await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    await keeper.orders(ana, zone, nonce="one", rules=EASY, payment="gcash")
    async with database.transaction() as conn:
        kept = await addresses.save(conn, shopper_id=ana, draft=HOME)
    await keeper.run("UPDATE users SET customer_tier = 'gold', loyalty_points = 512 WHERE id = %(id)s", id=ana)
    async with database.connection() as conn:
        usual = await suki.usual(conn, shopper_id=ana, rules=EASY)
        assert (usual.addresses[0].id, usual.method, usual.tier, usual.points) == (kept.id, "gcash", "gold", 512)
        only_cod = Rules(payment_methods=("cod",))
        assert (await suki.usual(conn, shopper_id=ana, rules=only_cod)).method == ""
    await keeper.run("UPDATE orders SET order_status = 'cancelled'")
    async with database.connection() as conn:
        assert (await suki.usual(conn, shopper_id=ana, rules=EASY)).method == ""


async def test_points_and_how_far_the_next_tier_is(keeper: Keeper, database: Database) -> None:
    ana = await keeper.shopper()
    await keeper.run(
        "UPDATE users SET customer_tier = 'silver', loyalty_points = 245, total_spent = 24500 WHERE id = %(id)s", id=ana
    )
    await keeper.promo("EVERYBODY")
    await keeper.promo("GOLD")
    await keeper.promo("SILVER")
    await keeper.run("UPDATE promos SET for_tier = LOWER(promo_code) WHERE promo_code <> 'EVERYBODY'")
    async with database.connection() as conn:
        found = await suki.loyalty(conn, shopper_id=ana, rules=Rules())
        assert (found.tier, found.points, found.next_tier, found.to_next) == ("silver", 245, "gold", Decimal(25500))
        assert found.promos == 1
        assert {promo.code for promo in await promos.live(conn, shopper_id=ana)} == {"EVERYBODY", "SILVER"}
        assert {promo.code for promo in await promos.live(conn)} == {"EVERYBODY"}
    await keeper.run("UPDATE users SET customer_tier = 'platinum' WHERE id = %(id)s", id=ana)
    async with database.connection() as conn:
        top = await suki.loyalty(conn, shopper_id=ana, rules=Rules())
        assert (top.next_tier, top.to_next, top.promos) == ("", Decimal(0), 2)


async def test_a_promo_for_some_is_refused_to_others_also_where_they_know_its_code(
    keeper: Keeper, database: Database
) -> None:
    ana = await keeper.shopper()
    zone = await keeper.zone()
    await keeper.puts(ana, await keeper.stocks("Mug"))
    await keeper.promo("SUKI")

    async def quoted() -> str:
        async with database.connection() as conn:
            try:
                quote = await placed_orders.quote(
                    conn, shopper_id=ana, zone_id=zone, promo_code="suki", payment_method="cod", rules=EASY
                )
            except PromoRefused as refused:
                return refused.reason
            return f"-{quote.discount}"

    assert await quoted() == "-10.00"
    await keeper.run("UPDATE promos SET for_tier = 'silver'")
    assert await quoted() == "tier"
    await keeper.run("UPDATE users SET customer_tier = 'gold'")
    assert await quoted() == "-10.00"
    await keeper.run("UPDATE promos SET away_days = 30")
    assert await quoted() == "not_away", "somebody who has never ordered does not come back"
    await keeper.orders(ana, zone, nonce="one", rules=EASY)
    await keeper.puts(ana, await keeper.stocks("Lamp"))
    assert await quoted() == "not_away"
    await keeper.run("UPDATE orders SET created_at = NOW() - INTERVAL 31 DAY")
    assert await quoted() == "-10.00"


@pytest.mark.parametrize("tier", ["regular", "silver", "gold", "platinum"])
async def test_whoever_is_new_has_no_points(keeper: Keeper, database: Database, tier: str) -> None:
    ana = await keeper.shopper()
    await keeper.run("UPDATE users SET customer_tier = %(tier)s", tier=tier)
    async with database.connection() as conn:
        found = await suki.loyalty(conn, shopper_id=ana, rules=Rules())
        assert (found.tier, found.points) == (tier, 0)
