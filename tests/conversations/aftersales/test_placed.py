"""A change by name with nothing on show: of the order that is not packed yet, of the cart, or asked which, once."""

import pytest

from tests.conversations.aftersales.clerk import has_order
from tests.conversations.conftest import Chat, Shop

HELD = "SELECT CONCAT_WS(' × ', quantity, product_name) FROM order_items ORDER BY id"
IN_CART = "SELECT CONCAT_WS('|', p.name, c.quantity) FROM cart_items c JOIN products p ON p.id = c.product_id"


async def has_mug_and_lamp(shop: Shop, ana: Chat, status: str = "confirmed") -> str:
    """An order of a mug and a green lamp, and a notebook on the shelf."""
    await shop.stocks("Blue mug", price="120.00", left=20)
    await shop.stocks("Desk lamp", price="300.00", left=0, sizes={"Red": 20, "Green": 20})
    await shop.stocks("Notebook", price="50.00", left=20)
    await ana.says("lamp", "green")
    return await has_order(shop, ana, status)


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("paalis po ng mug", ["1 × Desk lamp (Size: Green)"]),
        ("wag na po yung mug", ["1 × Desk lamp (Size: Green)"]),
        ("gawing 2 po yung lamp", ["1 × Blue mug", "2 × Desk lamp (Size: Green)"]),
        ("make it 2 mugs", ["2 × Blue mug", "1 × Desk lamp (Size: Green)"]),
        ("pa add po isang lamp", ["1 × Blue mug", "2 × Desk lamp (Size: Green)"]),
        ("padagdag po ng isa pang mug", ["2 × Blue mug", "1 × Desk lamp (Size: Green)"]),
        ("add 1 notebook please", ["1 × Blue mug", "1 × Desk lamp (Size: Green)", "1 × Notebook"]),
        ("palitan po ng red", ["1 × Blue mug", "1 × Desk lamp (Size: Red)"]),
    ],
)
async def test_with_nothing_on_show_and_an_empty_cart_it_is_the_orders(
    shop: Shop, ana: Chat, said: str, holds: list[str]
) -> None:
    number = await has_mug_and_lamp(shop, ana)
    await ana.says("menu")
    await ana.says(said)
    ana.hears(number, *holds)
    assert "\n".join(ana.heard).count(" × ") == len(holds)
    assert await shop.count("cart_items") == 0
    await ana.says("oo")
    assert sorted(await shop.texts(HELD)) == sorted(one.split(" (")[0] for one in holds)


async def test_while_browsing_what_only_the_order_has_is_changed_there(shop: Shop, ana: Chat) -> None:
    number = await has_mug_and_lamp(shop, ana)
    await ana.says("notebook")
    await ana.says("paalis po ng mug")
    ana.hears(number, "1 × Desk lamp", "Tama po ba?")
    for said, holds in (("wag na po yung mug", "1 × Desk lamp"), ("padagdag po ng isa pang mug", "2 × Blue mug"),
                        ("make it 2 mugs", "2 × Blue mug"), ("pakitanggal po yung lamp", "1 × Blue mug")):  # fmt: skip
        await ana.says(said)
        ana.hears(number, holds, "Tama po ba?")


async def test_with_the_same_in_cart_and_order_it_is_asked_which_once(shop: Shop, ana: Chat) -> None:
    number = await has_mug_and_lamp(shop, ana)
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("menu")
    await ana.says("gawing 3 po yung mug")
    ana.hears("cart", number)
    await ana.says("sa cart po")
    assert await shop.texts(IN_CART) == ["Blue mug|3"]
    await ana.says("gawing 2 po yung mug")
    assert await shop.texts(IN_CART) == ["Blue mug|2"], "the cart is on show now"
    await ana.says("menu")
    await ana.says("paalis po ng mug")
    await ana.taps(number[-13:])
    ana.hears(number, "1 × Desk lamp", "Tama po ba?")
    assert await shop.texts(IN_CART) == ["Blue mug|2"]


async def test_a_mark_is_no_orders_number(shop: Shop, ana: Chat) -> None:
    number = await has_mug_and_lamp(shop, ana)
    await ana.says("mug")
    await ana.taps("Add to cart")
    await ana.says("menu", "paalis po ng mug")
    ana.hears(number)
    await ana.says("!!")
    assert "Tama po ba?" not in "\n".join(ana.heard)
    assert await shop.texts(HELD) == ["1 × Blue mug", "1 × Desk lamp"]


async def test_what_the_cart_alone_has_is_the_carts(shop: Shop, ana: Chat) -> None:
    await has_mug_and_lamp(shop, ana)
    await ana.says("notebook")
    await ana.taps("Add to cart")
    await ana.says("menu")
    await ana.says("gawing 2 po yung notebook")
    assert await shop.texts(IN_CART) == ["Notebook|2"]
    await ana.says("menu")
    await ana.says("paalis po ng mug")
    ana.hears("1 × Desk lamp", "Tama po ba?")


async def test_once_it_is_packed_a_plain_no(shop: Shop, ana: Chat) -> None:
    number = await has_mug_and_lamp(shop, ana, "processing")
    await ana.says("menu")
    await ana.says("paalis po ng mug")
    ana.hears(number, "Pina-pack na po")


async def test_without_an_order_it_is_the_carts_as_ever(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=20)
    await ana.says("menu")
    await ana.says("pa add po isang mug")
    ana.hears("1 × Blue mug")
    await ana.says("menu")
    await ana.says("paalis po ng mug")
    ana.hears("cart")
