"""Several kinds in one message, sizes from one number to another, one thing in place of another, what comes later."""

import pytest

from tests.conversations.conftest import Chat, Shop

CART = """SELECT CONCAT_WS(' ', c.quantity, p.name, v.variant_value) FROM cart_items c
    JOIN products p ON p.id = c.product_id LEFT JOIN product_variants v ON v.id = c.variant_id ORDER BY c.id"""
TINT = {"Rosas": 9, "Gumamela": 9, "Kape": 9}


@pytest.mark.parametrize(
    ("text", "cart"),
    [
        ("rosas isa gumamela isa", ["1 Lip tint Rosas", "1 Lip tint Gumamela"]),
        ("2 rosas 1 kape", ["2 Lip tint Rosas", "1 Lip tint Kape"]),
        ("rosas dalawa, kape isa po", ["2 Lip tint Rosas", "1 Lip tint Kape"]),
    ],
)
async def test_several_kinds_each_with_its_number(shop: Shop, ana: Chat, text: str, cart: list[str]) -> None:
    await shop.stocks("Lip tint", price="129.00", left=0, sizes=TINT)
    await ana.says("lip tint", text)
    assert await shop.texts(CART) == cart


async def test_several_kinds_of_the_one_of_a_list_that_has_them(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Bath towel", price="229.00", left=0, sizes={"Rose": 9, "Gray": 9})
    await shop.stocks("Baby towel", price="279.00", left=0, sizes={"Gray": 9, "Mint": 9})
    await ana.says("towel", "rose isa, gray dalawa")
    assert await shop.texts(CART) == ["1 Bath towel Rose", "2 Bath towel Gray"]


async def test_a_kind_of_what_is_on_show_and_another_thing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Backpack", price="749.00", left=0, sizes={"Navy": 9, "Cream": 9})
    await shop.stocks("Tumbler", price="349.00", left=0, sizes={"Teal": 9, "Navy": 9})
    await ana.says("backpack", "2 navy po at 1 teal na tumbler")
    assert await shop.texts(CART) == ["2 Backpack Navy", "1 Tumbler Teal"]


async def test_what_is_on_show_in_the_kind_searched_for_and_another(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Powerbank", price="899.00", left=0, sizes={"Navy": 9, "White": 9})
    await shop.stocks("Earbuds", price="699.00", left=0, sizes={"Black": 9, "White": 9})
    await ana.says("powerbank po na puti", "sige isa, tsaka yung earbuds na black")
    assert await shop.texts(CART) == ["1 Powerbank White", "1 Earbuds Black"]


@pytest.mark.parametrize(
    ("text", "cart"), [("yung slides, 38-39", "1 Slides 38-39"), ("38-39 po dalawa", "2 Slides 38-39")]
)
async def test_a_size_from_one_number_to_another(shop: Shop, ana: Chat, text: str, cart: str) -> None:
    await shop.stocks("Slides", price="249.00", left=99, sizes={"36-37": 9, "38-39": 9, "40-41": 9})
    await ana.says("slides", text)
    assert await shop.texts(CART) == [cart]


async def test_months_from_one_number_to_another(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Onesie", price="299.00", left=0, sizes={"0-3 months": 9, "3-6 months": 9, "6-12 months": 9})
    await ana.says("onesie", "yung 3-6 months po isa")
    assert await shop.texts(CART) == ["1 Onesie 3-6 months"]


async def test_a_size_that_there_is_not_is_said(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rain boots", price="359.00", left=0, sizes={"37": 4, "38": 4})
    await ana.says("may rain boots ba kayo na size 36")
    ana.hears("36")
    ana.sees_buttons("37", "38")


@pytest.mark.parametrize(
    "text", ["wag na yung polvoron, palitan ng banana chips", "remove the polvoron and replace it with banana chips"]
)
async def test_one_thing_in_place_of_another(shop: Shop, ana: Chat, text: str) -> None:
    for name in ("Dried mangoes", "Polvoron", "Banana chips"):
        await shop.stocks(name, price="99.00", left=20)
    await ana.says("2 dried mangoes tsaka isang polvoron")
    await ana.says(text)
    assert await shop.texts(CART) == ["2 Dried mangoes", "1 Banana chips"]


@pytest.mark.parametrize(
    "text", ["okay that's all for today, will checkout later", "yun lang po, bukas na lang ako checkout"]
)
async def test_all_for_now_shows_the_cart(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Kettle", price="599.00", left=20)
    await ana.says("kettle", "2 po", text)
    ana.sees_buttons("Checkout")
    assert await shop.texts(CART) == ["2 Kettle"]


@pytest.mark.parametrize("text", ["pass na lang pala sa earbuds", "pass na muna sa earbuds", "pass muna sa earbuds"])
async def test_what_is_passed_on_is_not_looked_for(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Earbuds", price="699.00", left=20)
    await shop.stocks("Capiz lamp", price="899.00", left=20)
    await ana.says("capiz lamp", "isa po", text)
    ana.hears("Wala po iyon sa cart ninyo")
    assert await shop.texts(CART) == ["1 Capiz lamp"]
    await ana.says("earbuds", "1 po", text)
    assert await shop.texts(CART) == ["1 Capiz lamp"]


@pytest.mark.parametrize("text", ["at 2 medyas", "lagay mo na rin yung medyas, 2 pcs", "pakilagay yung medyas 2 pcs"])
async def test_a_thing_besides_is_offered(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Ankle socks (medyas)", price="99.00", left=20)
    await ana.says(text)
    ana.hears("2 × Ankle socks (medyas)")
    assert await shop.count("cart_items") == 0


@pytest.mark.parametrize(
    ("text", "cart"),
    [
        ("alisin lahat maliban sa kettle", ["1 Kettle"]),
        ("remove everything except the kawali and kettle", ["1 Kettle", "1 Kawali"]),
        ("tanggalin lahat bukod sa payong", ["1 Kettle", "1 Kawali", "1 Walis"]),
    ],
)
async def test_all_but_what_is_named_is_taken_out(shop: Shop, ana: Chat, text: str, cart: list[str]) -> None:
    for name in ("Kettle", "Kawali", "Walis"):
        await shop.stocks(name, price="99.00", left=20)
    await ana.says("1 kettle, 1 kawali, 1 walis", text)
    assert await shop.texts(CART) == cart


@pytest.mark.parametrize("text", ["swaddle na clouds print isa", "isang swaddle na clouds", "1 swaddle clouds design"])
async def test_a_kind_that_is_no_color_is_heard_beside_the_name(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Swaddle blanket", price="199.00", left=0, sizes={"Clouds": 9, "Stars": 9})
    await ana.says(text)
    ana.hears("1 × Swaddle blanket (Clouds)")


async def test_the_opened_product_and_another_and_a_line_of_the_cart(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Pillow", price="499.00", left=20)
    await shop.stocks("Kumot", price="299.00", left=0, sizes={"Plum": 9, "Navy": 9})
    await ana.says("pillow")
    await ana.taps("Details")
    await ana.says("2 sets po tsaka isang kumot na plum")
    assert await shop.texts(CART) == ["2 Pillow", "1 Kumot Plum"]
    await ana.says("kumot")
    await ana.taps("Detalye")
    await ana.says("bawasan ng isa yung pillow")
    assert await shop.texts(CART) == ["1 Pillow", "1 Kumot Plum"]


@pytest.mark.parametrize("text", ["xl na lang yung isa", "palitan ng xl yung isa po"])
async def test_another_size_of_one_piece_leaves_the_other(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Shorts", price="159.00", left=0, sizes={"M": 9, "L": 9, "XL": 9})
    await ana.says("shorts", "2 large po", text)
    assert sorted(await shop.texts(CART)) == ["1 Shorts L", "1 Shorts XL"]
