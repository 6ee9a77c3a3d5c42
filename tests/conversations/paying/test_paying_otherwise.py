"""An order that waits for its money, and a shopper who would rather pay in another way, a part first, or later."""

import pytest

from tests.conversations.aftersales.clerk import has_order
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import COD, CONFIRM, comes_to_summary

HOW = """SELECT CONCAT_WS('|', order_status, payment_method, payment_status, verification_required,
    verification_expires_at IS NOT NULL) FROM orders"""
WAYS = ("cod", "gcash", "paymaya", "bank_transfer")


async def waits(shop: Shop, ana: Chat, *, price: str = "120.00", pay: str = "GCash") -> None:
    """An order that waits for its money, and is not on show any more."""
    await shop.sets(payment_methods=WAYS)
    for method, number in (("gcash", "0917 555 4567"), ("paymaya", "0917 555 4568")):
        await shop.insert("payment_accounts", method=method, account_name="Maria S.", account_number=number)
    await shop.stocks("Blue mug", price=price, left=5)
    await comes_to_summary(ana, "mug", pay=pay)
    await ana.taps(CONFIRM)
    await shop.works()
    await ana.says("menu")


@pytest.mark.parametrize("said", ["pwede cod na lang?", "cod na lang po", "can i change to cash on delivery instead",
                                  "palit po ng payment, cod", "wala po akong gcash, cod na lang"])  # fmt: skip
async def test_cash_instead_is_offered_and_one_tap_away(shop: Shop, ana: Chat, said: str) -> None:
    await waits(shop, ana)
    await ana.says(said)
    ana.hears("GCash")
    await ana.taps(COD)
    ana.hears("₱200.00")
    await shop.works()
    assert await shop.look(HOW) == "confirmed|cod|pending|0|0"
    ana.hears("confirmed")
    assert await shop.look("SELECT what FROM order_edits") == "payment method"


async def test_a_typed_yes_changes_it_and_a_no_leaves_it(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await ana.says("can I pay by maya instead?")
    await ana.says("no")
    ana.hears("Waiting for your GCash payment of ₱200.00")
    await ana.says("can I pay by maya instead?")
    await ana.says("yes")
    ana.hears("0917 555 4568")
    await shop.works()
    assert await shop.look(HOW) == "pending|paymaya|pending|0|1"
    await ana.says("EB8C C4C5 C67B")
    ana.hears("Got reference EB8CC4C5C67B")


async def test_no_window_grows_by_it_and_the_stock_is_held_as_long(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    until = "SELECT verification_expires_at FROM orders"
    before = await shop.look(until)
    await ana.says("change payment method")
    await ana.taps("Maya")
    assert await shop.look(until) == before
    held = "SELECT COUNT(*) FROM inventory_reservations WHERE status = 'reserved' AND expires_at >= NOW()"
    assert await shop.look(held) == 1


async def test_cash_that_must_be_verified_waits_for_that(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_from="150")
    await waits(shop, ana)
    await ana.says("cod na lang po")
    await ana.says("opo")
    await shop.works()
    assert await shop.look(HOW) == "pending|cod|pending|1|1"


async def test_what_was_paid_or_proved_is_for_a_person(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await ana.says("1002 345 678901")
    await ana.says("cod na lang po")
    ana.hears("bayad")
    assert COD not in [one.title for one in ana.tappable]
    assert await shop.look(HOW) == "pending|gcash|pending|0|1"


async def test_an_old_button_changes_nothing_any_more(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await ana.says("cod na lang po")
    await shop.run("UPDATE orders SET order_status = 'cancelled'")
    await ana.taps(COD)
    assert await shop.look("SELECT CONCAT_WS('|', order_status, payment_method) FROM orders") == "cancelled|gcash"


@pytest.mark.parametrize("said", ["half muna", "pwede po ba down muna kalahati", "pwede po bang installment"])
async def test_a_part_alone_does_not_do(shop: Shop, ana: Chat, said: str) -> None:
    await waits(shop, ana)
    await ana.says(said)
    ana.hears("₱200.00")
    assert COD in [one.title for one in ana.tappable]


@pytest.mark.parametrize("said", ["bukas na lang ako magbayad", "can i pay tomorrow", "wala pa po akong pambayad"])
async def test_how_long_it_is_held_is_said_to_whoever_pays_later(shop: Shop, ana: Chat, said: str) -> None:
    await waits(shop, ana)
    await ana.says(said)
    ana.hears("₱200.00", ":")


async def test_without_an_order_it_is_the_merchants_question(shop: Shop, ana: Chat) -> None:
    await shop.answers("cod", "Yes, we take COD!")
    await ana.says("cod na lang po pwede?")
    ana.hears("Yes, we take COD!")


async def test_a_way_that_the_shop_does_not_take_is_said_plainly(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await shop.sets(payment_methods=("cod", "gcash"))
    await ana.says("can I pay by maya instead?")
    ana.hears("can't be paid by Maya")
    assert COD in [one.title for one in ana.tappable]


async def test_a_confirmed_order_stays_as_it_is_paid(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await has_order(shop, ana, "confirmed")
    await ana.says("gcash na lang po")
    ana.hears("Cash on delivery")
    assert await shop.look(HOW) == "confirmed|cod|pending|0|0"


async def test_a_large_amount_is_told_in_parts_whenever_it_is_asked_for(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_id_from="1000000")
    await waits(shop, ana, price="60000.00")
    await ana.says("san po magbabayad")
    ana.hears("0917 555 4567", "₱50,000.00 + ₱10,000.00")
