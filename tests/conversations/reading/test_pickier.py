"""What picky shoppers type early, where one wrong turn loses the rest: a kind, a number beside an offer, a doubt."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart

TUMBLER = {"Teal": 9, "Blush": 9, "Charcoal": 9}
TAKEN = """SELECT CONCAT_WS('|', v.variant_value, c.quantity) FROM cart_items c
    JOIN product_variants v ON v.id = c.variant_id"""


@pytest.mark.parametrize(
    ("text", "taken"),
    [("yung blush po sana, 2 pcs", "Blush|2"), ("blush po", "Blush|1"), ("charcoal 3 pcs po", "Charcoal|3")],
)
async def test_a_variants_own_name_is_that_variant(shop: Shop, ana: Chat, text: str, taken: str) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("may tumbler po kayo?")
    await ana.says(text)
    assert await shop.texts(TAKEN) == [taken]


async def test_several_kinds_by_their_own_names(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Paper bag", price="12.00", left=0, sizes={"Black": 90, "Kraft": 90})
    await ana.says("paper bag")
    await ana.says("6 black and 6 kraft")
    assert sorted(await shop.texts(TAKEN)) == ["Black|6", "Kraft|6"]


async def test_a_color_that_there_is_not_is_no_search(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("tumbler")
    await ana.says("coral po sana 2")
    ana.hears("coral")
    ana.sees_buttons("Teal", "Blush", "Charcoal")
    await ana.says("teal na lang")
    assert await shop.texts(TAKEN) == ["Teal|2"]


async def test_a_color_of_several_on_show_is_of_those_that_come_in_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Sling bag", price="229.00", left=0, sizes={"Black": 9, "Tan": 9})
    await shop.stocks("Beach bag", price="349.00")
    await shop.stocks("Black pants", price="300.00")
    await ana.says("bag")
    await ana.says("ung itim po")
    ana.hears("1 × Sling bag (Black)")
    await ana.says("2 po")
    assert await shop.texts(TAKEN) == ["Black|2"]


async def test_a_number_beside_an_offer_is_how_many_of_it(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rain boots", left=0, sizes={"41": 4, "42": 4})
    await ana.says("rain boots")
    await ana.says("size 42 po meron?")
    ana.hears("1 × Rain boots (42)")
    await ana.says("1 po")
    assert await shop.texts(TAKEN) == ["42|1"]


async def test_one_of_the_list_is_told_more_of(shop: Shop, ana: Chat) -> None:
    for name in ("Blue mug", "Red mug", "Steel mug"):
        await shop.stocks(name, price="120.00")
    await ana.says("mug")
    await ana.says("tell me more about the third one")
    assert await shop.count("cart_items") == 0
    ana.sees_buttons("Add to cart", "Buy now")
    await ana.says("mug")
    await ana.says("yung pang lima po")
    ana.hears("Alin po sa mga ito")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("waterproof po ba?", "Kausapin ang seller"),
        ("kasya po ba sa maliit na table?", "Kausapin ang seller"),
        ("is it washable?", "Talk to a person"),
    ],
)
async def test_how_something_is_is_asked_of_what_is_on_show(shop: Shop, ana: Chat, text: str, person: str) -> None:
    await shop.stocks("Ring light", price="649.00")
    await shop.stocks("Waterproof speaker for a table, washable", price="799.00")
    await ana.says("ring light")
    await ana.says(text)
    ana.sees_buttons(person)
    assert not any("speaker" in words for words in ana.heard), "nothing is looked for"
    await ana.says("sige 1 pc po")
    assert await shop.texts("SELECT p.name FROM cart_items c JOIN products p ON p.id = c.product_id") == ["Ring light"]


@pytest.mark.parametrize("text", ["pwede 500 na lang?", "750 last na", "ang mahal naman po", "too expensive"])
async def test_bargaining_is_answered_and_nothing_is_put_in(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Rice dispenser", price="899.00", left=2000)
    await shop.answers("discount", "Type promos.")
    await shop.answers("last price", "Our prices are fixed.")
    await ana.says("rice dispenser")
    await ana.says(text)
    ana.hears("Our prices are fixed.")
    assert await shop.count("cart_items") == 0


async def test_who_what_number_and_where_in_one_go(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Liza Ramos 09175550144 12 Mabini St Brgy Pinyahan Quezon City")
    ana.hears("landmark")


async def test_an_area_of_a_city_costs_what_the_city_does(shop: Shop, ana: Chat) -> None:
    await shop.zone("Metro Manila", base="79.00", per_kg="0", estimated_days="1-3 days")
    await ana.says("how much shipping to taft manila")
    ana.hears("Manila (Metro Manila)")


async def test_checkout_while_a_kind_is_asked_asks_for_it_and_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("tumbler", "2 po", "checkout na po")
    ana.sees_buttons("Teal", "Blush", "Charcoal")
    await ana.says("Grace Lim, 09171234567, 4 Camia St, Brgy Kapitolyo, Pasig City")
    ana.hears("Grace Lim", "0917 123 4567")
    ana.sees_buttons("Teal", "Blush", "Charcoal")
    await ana.says("teal po")
    ana.hears("landmark")
    assert await shop.texts(TAKEN) == ["Teal|2"]


@pytest.mark.parametrize(
    "text", ["mahal naman po", "last price po", "pwede 300 na lang?", "can i get it for 300 each?"]
)
async def test_bargaining_while_a_kind_is_asked_names_none(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await shop.answers("last price", "Our prices are fixed.")
    await ana.says("tumbler", "2 po")
    await ana.says(text)
    ana.hears("Our prices are fixed.")


async def test_pieces_that_are_said_with_a_kind_are_those(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("tumbler", "3 po", "dagdag po isang teal")
    assert await shop.texts(TAKEN) == ["Teal|1"]


async def test_what_is_taken_is_not_taken_twice(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Backpack", price="749.00", left=0, sizes={"Charcoal": 9, "Navy": 9})
    await ana.says("may backpack po ba", "ung navy", "kasya po ba ang laptop")
    await ana.says("cge po kunin ko na")
    ana.hears("1 × Backpack")
    assert await shop.texts(TAKEN) == ["Navy|1"]
    await ana.says("tama na po yan")
    ana.sees_buttons("Checkout")


async def test_a_line_of_the_cart_goes_by_its_name(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Organic red rice", price="199.00")
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("1 mug, 2 red rice")
    await ana.taps("Change items")
    await ana.says("red rice")
    ana.hears("Organic red rice")
    await ana.says("4")
    assert await shop.texts("SELECT quantity FROM cart_items ORDER BY id") == ["1", "4"]


async def test_a_greeting_in_front_is_no_search(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("gud pm po meron po ba kayong mug")
    ana.hears("“mug”")


async def test_the_total_while_a_kind_is_asked_shows_what_each_costs(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Tumbler", price="349.00", left=0, sizes=TUMBLER)
    await ana.says("tumbler", "2 po", "magkano lahat")
    ana.sees_buttons("Teal", "Blush", "Charcoal")
    await ana.says("teal po")
    assert await shop.texts(TAKEN) == ["Teal|2"]
