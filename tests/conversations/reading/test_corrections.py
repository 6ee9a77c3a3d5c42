"""Changes of mind, interruptions and doubtful answers: few chats with many lines, each with what must come."""

from collections.abc import Sequence

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import comes_to_payment, comes_to_summary, puts_in_cart

SAMPAGUITA = "45 Sampaguita St, Brgy Holy Spirit, Quezon City"

AT_SUMMARY: Sequence[tuple[str, str]] = (
    ("pa change ng number 09285550143", "0928 555 0143"),
    ("gcash na lang pala", "GCash"),
    ("oo pero gawin mong cod", "Cash on delivery"),
    ("palitan ang name sa Pedro Penduko", "Pedro Penduko"),
    ("gawin mong 2 yung mug", "2 × Blue mug"),
    ("3 na lang yung mug pala", "3 × Blue mug"),
    ("wag na yung kettle", "Total"),
    ("gawin mong 2 po", "2 × Blue mug"),
    ("make it 2", "2 × Blue mug"),
    ("add 1 more mug", "3 × Blue mug"),
    ("0928 555 0143", "0928 555 0143"),
    ("cod po", "Cash on delivery"),
    ("change the name to Lourdes Reyes please", "Lourdes Reyes"),
    ("actually gcash instead", "GCash"),
)


async def test_at_the_summary_each_part_is_changed_and_the_rest_stays(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await puts_in_cart(ana, "kettle")
    await comes_to_summary(ana, "mug")
    for text, comes in AT_SUMMARY:
        await ana.says(text)
        ana.hears(comes, "12 Mabini St", "Blue mug")
        assert await shop.count("orders") == 0, text
    await ana.says("opo")
    row = (
        "SELECT CONCAT_WS('|', ship_recipient_name, ship_phone, payment_method, ship_city,"
        " (SELECT GROUP_CONCAT(quantity) FROM order_items i WHERE i.order_id = o.id)) FROM orders o"
    )
    assert await shop.texts(row) == ["Lourdes Reyes|+639285550143|gcash|Marikina|3"]


@pytest.mark.parametrize(
    "contradiction",
    ["send it to my office instead", "sige pero bukas na lang",
     "sa Cainta na lang po ipadala", "hindi po yan, mali yung address", "actually make it red instead",
     "wag na yung payong", "gawin mong 2 yung payong"],
)  # fmt: skip
async def test_nothing_is_placed_on_what_was_just_contradicted(shop: Shop, ana: Chat, contradiction: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    for text in (contradiction, "ok", "yes", "sige po"):
        await ana.says(text)
        assert await shop.count("orders") == 0, text


async def test_a_new_address_is_the_one_that_is_placed(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_summary(ana, "mug")
    await ana.says(f"please send it to {SAMPAGUITA} instead")
    ana.hears("45 Sampaguita St")
    await ana.says("ok")  # no landmark
    ana.hears("45 Sampaguita St", "Total")
    assert await shop.count("orders") == 0
    await ana.says("yes")
    assert await shop.texts("SELECT ship_address_line1 FROM orders") == ["45 Sampaguita St"]


AT_THE_NAME = (
    "skip", "yes", "language", "teka may tanong ako", "pa change ng number 09285550143", "kettle po muna", "hm kettle",
    "magkano po lahat", "cod po", "hi po", "mug", "1234", "😀", "buy now",
)  # fmt: skip


async def test_what_is_no_name_is_heard_for_what_it_is(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    for text in AT_THE_NAME:
        if text not in ("yes", "mug"):  # "yes" is for oneself; a name may be one small word
            await ana.says(text)
            ana.hears("tatanggap" if (await _language(shop)) == "fil" else "Who will receive")
    await ana.says("It is for my sister Lourdes Reyes in Iloilo")
    await ana.says("12 Rizal St, Brgy Molo")
    await ana.says("cancel")
    draft = (await shop.turns(ana))[-2].recording
    assert '"recipient":"Lourdes Reyes"' in draft
    assert '"province":"Iloilo"' in draft
    assert '"phone":"+639285550143"' in draft


async def _language(shop: Shop) -> str:
    return str(await shop.look("SELECT language FROM users LIMIT 1"))


async def test_a_place_that_cannot_be_one_is_asked_again_once_then_taken_with_a_mark(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.zone("Laguna")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    for text, comes in (
        ("Ana Cruz", "Which number"), ("0917 123 4567", "Where shall we"), ("hi there", "Where shall we"),
        ("12 Xyzzy Road", "Which barangay"), ("mug", "Blue mug"), ("Qwertyville", "don't know a barangay"),
        ("Qwertyville", "Which city"), ("kettle", "don't know a city"), ("kettle", "Which province"),
        ("Laguna", "landmark"), ("skip", "How would you like to pay"), ("cod", "kettle"), ("yes", "Thank you"),
    ):  # fmt: skip
        await ana.says(text)
        ana.hears(comes)
    assert await shop.texts("SELECT CONCAT(kind, ': ', note) FROM order_flags") == [
        "address: Given twice, though it looks odd: barangay, city"
    ]


async def test_interruptions_come_back_to_where_they_were(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await comes_to_payment(ana, "mug")
    for text in ("my orders", "track", "menu", "mug", "talk to a person", "cart"):
        await ana.says(text)
        await ana.says("checkout")
        ana.hears("How would you like to pay")
    await ana.says("cod")
    for text in ("promos", "help", "magkano ulit lahat?", "cart"):
        await ana.says(text)
    await ana.says("checkout")
    ana.hears("12 Mabini St", "Total")
    await ana.says("menu")
    await ana.says("gcash na lang pala")
    ana.hears("GCash", "12 Mabini St", "Total")
    assert await shop.count("orders") == 0


async def test_a_promo_that_was_accepted_stays_when_a_second_is_refused(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="500.00")
    await shop.promo("WELCOME10", value="10")
    await comes_to_summary(ana, "mug")
    await ana.says("WELCOME10")
    ana.hears("WELCOME10", "50.00")
    await ana.says("LIBRESHIP2")
    await ana.taps("Go on without")
    ana.hears("WELCOME10", "50.00")
