"""Questions as shoppers type them: the merchant's answer is found, an order is found, and nothing is made up."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys, puts_in_cart
from tests.support.workers.rows import each


@pytest.fixture
async def answering(shop: Shop) -> Shop:
    """The shop, with soap on the shelf and a few answers of its merchant."""
    await shop.stocks("Kojic soap", price="89.00")
    await shop.stocks("Power bank 10000 mAh", price="899.00")
    for keyword, response in (
        ("location", "We pack in Marikina."),
        ("store hours", "From 9 to 6."),
        ("installment", "No installments yet."),
        ("available", "What you can add to your cart is there."),
        ("legit", "You pay when you have it."),
        ("return policy", "Within seven days."),
    ):
        await shop.answers(keyword, response)
    return shop


ASKED = [
    ("san po shop nyo", "We pack in Marikina."),
    ("saan location nyo", "We pack in Marikina."),
    ("may branch po ba kayo", "We pack in Marikina."),
    ("nasaan kayo", "We pack in Marikina."),
    ("where are you located?", "We pack in Marikina."),
    ("open ba kayo", "From 9 to 6."),
    ("open po ba kayo pag linggo", "From 9 to 6."),
    ("bukas po ba kayo ngayon?", "From 9 to 6."),
    ("pwede hulugan", "No installments yet."),
    ("may stock pa ba", "What you can add to your cart is there."),
    ("scam po ba kayo", "You pay when you have it."),
    ("pano po magreturn", "Within seven days."),
]


async def test_a_question_finds_the_answer_in_whatever_words(answering: Shop) -> None:
    async def is_answered(text: str, answer: str) -> None:
        ana = Chat(answering, "Ana Cruz")
        await ana.says(text)
        ana.hears(answer)
        ana.sees_buttons("Menu")

    await each(ASKED, is_answered)


@pytest.mark.parametrize("text", ["san po shop nyo", "nasaan kayo", "pwede hulugan", "open ba kayo?", "legit po ba"])
async def test_a_question_without_an_answer_is_no_search(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Kojic soap", price="89.00")
    await shop.stocks("Open shelf", price="899.00")
    await ana.says(text)
    ana.hears_no("Kojic soap", "Open shelf")
    ana.sees_buttons("Kausapin ang seller")


@pytest.mark.parametrize(
    ("text", "found"), [("power bank po", "Power bank"), ("may sabon po ba? soap", "Kojic"), ("kojik soap", "Kojic")]
)
async def test_a_product_is_still_found(answering: Shop, ana: Chat, text: str, found: str) -> None:
    await ana.says(text)
    ana.hears(found)


@pytest.mark.parametrize("text", ["di ko gets", "please flip a dice", "its 5 o clock", "hoo"])
async def test_nothing_is_claimed_that_is_no_match(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Red rice, 500 g", price="199.00")
    await shop.stocks("Hooded towel", price="99.00")
    await shop.run("UPDATE products SET description = 'Gets soft, made with care' WHERE name = 'Hooded towel'")
    await ana.says(text)
    ana.hears_no("Red rice", "Hooded towel")
    ana.sees_buttons("Menu")


@pytest.mark.parametrize(
    "text",
    [
        "where is my order?",
        "asan na order ko",
        "nasaan na po yung order ko",
        "track my order",
        "status ng order",
        "san na po parcel ko",
        "kelan po dating ng order ko",
        "wala pa po yung order ko",
        "has my order been shipped",
    ],
)
async def test_where_is_my_order(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("where is my order", "Please wait.")
    await shop.answers("kelan", "Sandali lang po.", language="fil")
    number = await buys(ana, "mug")
    await ana.says(text)
    ana.hears(number, "1 × Blue mug")
    ana.hears_no("Please wait", "Sandali lang")
    ana.hears("Items:" if text.split(maxsplit=1)[0] in ("where", "track", "has") else "Mga item:")


async def test_where_are_my_orders_when_there_are_several_or_none(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ben.says("where is my order?")
    ben.hears("You have no orders yet.")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Pay another way")
    await ana.taps("Cash on delivery")
    await ana.taps("✅ Confirm order")
    await ana.says("asan na po mga order ko")
    ana.hears("Mga order ninyo")


async def test_a_question_about_orders_in_general_is_no_tracking(shop: Shop, ana: Chat) -> None:
    await shop.answers("how to order", "Tap Add to cart.")
    await shop.answers("cancel my order", "Open it and cancel it.")
    await ana.says("how to order po")
    ana.hears("Tap Add to cart.")
    await ana.says("can i cancel my order?")
    ana.hears("Open it and cancel it.")


@pytest.mark.parametrize(
    "text", ["change address", "wrong address po", "pa change ng address", "mali po yung address ko"]
)
async def test_another_address_is_not_where_the_shop_is(answering: Shop, ana: Chat, text: str) -> None:
    await answering.answers("change my address", "Type your order number and the new address.")
    await answering.answers("sira", "Pasensya na po sa sira.", language="fil")
    await ana.says(text)
    ana.hears("Type your order number and the new address.")


@pytest.mark.parametrize("text", ["same address", "my address is 12 Mabini St"])
async def test_a_shoppers_address_does_not_ask_where_the_shop_is(answering: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    ana.hears_no("We pack in Marikina.")


@pytest.mark.parametrize("text", ["address?", "what's your address?", "address nyo po", "saan po address ng shop"])
async def test_where_the_shop_is_may_be_asked_as_its_address(answering: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    ana.hears("We pack in Marikina.")


async def test_an_english_question_gets_no_filipino_answer_by_its_meaning(shop: Shop, ana: Chat) -> None:
    await shop.answers("pwede bang i-cancel", "Pwede po habang pending pa.", language="fil")
    await ana.says("how to cancel")
    ana.hears_no("Pwede po")
    ana.hears("You have no orders yet")
    await ana.says("paano po magcancel")
    ana.hears("Pwede po habang pending pa.")


async def test_the_number_of_the_shop_is_no_product(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Clock with big numbers", price="89.00")
    await ana.says("ano po number nyo?")
    ana.hears_no("Clock")


@pytest.mark.parametrize("text", ["may stock pa po ba?", "hm po", "available pa ba ito sis", "anong sizes po meron"])
async def test_a_question_about_the_product_on_show_shows_it(answering: Shop, ana: Chat, text: str) -> None:
    await ana.says("soap")
    await ana.taps("Details")
    await ana.says(text)
    ana.hears("Kojic soap", "₱89.00 · May stock")


@pytest.mark.parametrize("text", ["pwede po ba sa Leyte", "nagdedeliver po ba kayo sa Cebu", "do you ship to Davao?"])
async def test_a_question_about_a_place_is_about_shipping(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Kojic soap", price="89.00")
    await ana.says(text)
    ana.hears("Metro Manila", "₱80.00")


@pytest.mark.parametrize(
    "text", ["c.o.d.", "C.O.D po ba?", "cash on dilivery po ba", "cash on deliveri?", "pwede po ba bayad pag dating"]
)
async def test_cash_on_delivery_is_asked_in_any_spelling(answering: Shop, ana: Chat, text: str) -> None:
    await answering.answers("cod", "Yes, you can pay the rider.")
    await ana.says(text)
    ana.hears("Yes, you can pay the rider.")


@pytest.mark.parametrize("text", ["mgkno poh ung kojic soap", "magkno kojik soap", "hm kojic soap nmn"])
async def test_every_spelling_of_a_small_word_is_known_everywhere(answering: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    ana.sees_cards("Kojic soap")
