"""An order that troubles its shopper, told with nothing on show, while browsing and in checkout."""

import pytest

from tests.conversations.aftersales.clerk import has_order
from tests.conversations.conftest import Chat, Shop
from tests.conversations.paying.test_paying_otherwise import waits
from tests.support.buying import buys

FLAGS = "SELECT CONCAT_WS('|', kind, note) FROM order_flags WHERE open_kind IS NOT NULL ORDER BY id"
QUIET = "SELECT quiet_since FROM conversations"
CANCELLING = '"order.cancel"'
LONG_AGO = "UPDATE orders SET created_at = created_at - INTERVAL 40 DAY, confirmed_at = confirmed_at - INTERVAL 40 DAY"


@pytest.mark.parametrize("before", ["menu", "kettle"])
async def test_who_is_tired_of_waiting_is_told_where_it_is_and_the_bot_goes_on(
    shop: Shop, ana: Chat, before: str
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Whistling kettle", price="599.00")
    number = await has_order(shop, ana, "shipped")
    for text in ("bakit ang tagal po", "ang tagal nyo naman", "2 weeks na po wala pa", "antagal po"):
        await ana.says(before)
        await ana.says(text)
        ana.hears(number, "JT0012345678", "Dapat po itong dumating hanggang")
    assert await shop.look(QUIET) is None
    assert await shop.texts(FLAGS) == ["waits|antagal po"]


async def test_a_parcel_that_should_be_there_is_called_late(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "shipped")
    await shop.run(LONG_AGO)
    await ana.says("why is it taking so long")
    ana.hears("It should have come by", "so it's late")


async def test_what_waits_for_its_shopper_is_flagged_for_nobody(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await ana.says("ang tagal naman")
    ana.hears("₱200.00")
    ana.hears_no("Sinabihan ko na")
    assert await shop.texts(FLAGS) == []


async def test_in_checkout_the_question_is_asked_again(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "shipped")
    await ana.says("mug")
    await ana.taps("Buy now")
    asked = (await shop.turns(ana))[-1].state_after
    for text in ("bat ang tagal ng order ko", "refused ko na lang po pag dating", "nadoble po bayad ko"):
        await ana.says(text)
        ana.hears(number)
        assert (await shop.turns(ana))[-1].state_after == asked, text
    assert await shop.look(QUIET) is None


async def test_without_an_order_it_is_asked_what_is_wrong(shop: Shop, ana: Chat) -> None:
    await ana.says("ang tagal nyo naman")
    ana.hears("Ano po ang naging problema?")
    assert await shop.look(QUIET) is None
    for text in ("di ko na po tatanggapin", "sobra po yung nasend ko"):
        await ana.says(text)
        ana.hears_no("ORD-")


async def test_that_it_takes_too_long_is_why_it_was_cancelled(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "confirmed")
    await ana.says("cancel order", "yes", "it takes too long")
    ana.hears("Thank you!")
    assert await shop.look("SELECT cancellation_reason FROM orders") == "it takes too long"
    assert (await shop.look(QUIET), await shop.texts(FLAGS)) == (None, [])


@pytest.mark.parametrize("text", ["refused ko na lang po pag dating", "wag nyo na po ipadala"])
async def test_who_will_not_take_it_may_cancel_while_that_is_allowed(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await buys(ana, "mug")
    await ana.says("menu")
    await ana.says(text)
    ana.hears(number)
    assert CANCELLING in (await shop.turns(ana))[-1].state_after
    await ana.says("oo")
    assert await shop.look("SELECT order_status FROM orders") == "cancelled"


@pytest.mark.parametrize(("status", "said"), [("processing", "Pina-pack na po"), ("shipped", "sabihin lang sa rider")])
async def test_later_it_is_told_what_happens_and_a_person_sees_it(
    shop: Shop, ana: Chat, status: str, said: str
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, status)
    await ana.says("menu")
    await ana.says("pwede po ba i refuse pag dating?")
    ana.hears(said, "Wala po kayong babayaran")
    assert await shop.texts(FLAGS) == [], "a question asks nobody for anything"
    await ana.says("di ko na po tatanggapin")
    ana.hears(said, "Sinabihan ko na po ang team namin")
    assert await shop.texts(FLAGS) == ["refused|di ko na po tatanggapin"]
    assert await shop.look("SELECT order_status FROM orders") == status


@pytest.mark.parametrize("text", ["mali po yung nabayaran ko", "sobra po yung nasend ko", "I paid twice"])
async def test_money_sent_wrongly_is_shown_to_a_person_and_its_proof_taken(shop: Shop, ana: Chat, text: str) -> None:
    await waits(shop, ana)
    await ana.says(text)
    ana.hears("team", "reference number")
    assert await shop.texts(FLAGS) == [f"payment|{text}"]
    await ana.says("1002 345 678901")
    ana.hears("1002345678901")
    assert await shop.count("order_proofs") == 1


async def test_what_is_missing_of_a_payment_can_be_sent_after_it(shop: Shop, ana: Chat) -> None:
    await waits(shop, ana)
    await ana.says("kulang po yung nasend ko, ref 1002 345 678901")
    ana.hears("₱200.00", "pwede po ninyong ipadala ang kulang", "1002345678901")
    assert await shop.look("SELECT payment_status FROM orders") == "pending"
