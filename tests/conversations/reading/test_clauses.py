"""Several sentences in one message, shorthand, and what is changed by its name: each kind in several wordings."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart

LINES = (
    "SELECT CONCAT_WS('|', p.name, COALESCE(v.variant_value, ''), c.quantity) FROM cart_items c"
    " JOIN products p ON p.id = c.product_id LEFT JOIN product_variants v ON v.id = c.variant_id ORDER BY c.id"
)


async def two_mugs(shop: Shop, ana: Chat) -> None:
    """A navy and a cream mug are in the cart, which is on show."""
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Cream": 9, "Forest": 9})
    await ana.says("mug", "navy po isa", "isang cream", "cart")
    assert await shop.texts(LINES) == ["Stone mug|Navy|1", "Stone mug|Cream|1"]


@pytest.mark.parametrize(
    "text",
    ["yun lang po muna", "un lng po tnx", "okay na ako dyan", "wala na po, ok na", "yan na lahat po", "mao ra na"],
)
async def test_nothing_more_is_wanted_in_many_words(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says(text)
    ana.hears("1 × Blue mug")
    ana.sees_buttons("Checkout")


@pytest.mark.parametrize(
    "text", ["ok na to checkout na po natin", "kunin ko na po lahat", "ill take them all", "sige po order na ako"]
)
async def test_checkout_in_many_words(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("cart", text)
    assert (await shop.turns(ana))[-1].intent == "checkout"
    assert await shop.texts(LINES) == ["Blue mug||1"]


@pytest.mark.parametrize(
    "text",
    ["ilan na po lahat?", "pa compute po", "can i see what i have so far?", "hold on, ano ulit yung nasa cart ko",
     "ilan na po ung mug ko?", "how many mugs do i have"],
)  # fmt: skip
async def test_what_is_in_the_cart_is_shown(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says(text)
    ana.hears("1 × Blue mug")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("sobra, 2 lang po", "2"), ("ay mali po, isa lang pala", "1"), ("4 po pla", "4"), ("alisin ang isa", "2"),
     ("hindi na, isa lang", "1"), ("palitan ng 1 yung mug", "1")],
)  # fmt: skip
async def test_the_sentence_with_the_number_counts(shop: Shop, ana: Chat, text: str, pieces: str) -> None:
    await shop.stocks("Blue mug", price="120.00", left=50)
    await ana.says("mug", "3 po", text)
    assert await shop.texts("SELECT quantity FROM cart_items") == [pieces]


@pytest.mark.parametrize(
    "text",
    ["kukunin ko sana, mahal pala", "kukunin ko sana kaso mahal", "kuha ako isa, wag na pala", "mahal pala, wag na"],
)
async def test_what_is_taken_back_in_the_next_sentence_is_not_taken(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug", text)
    assert await shop.count("cart_items") == 0


async def test_a_no_before_a_kind_corrects(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Canvas tote", left=0, price="199.00", sizes={"Natural": 9, "Black": 9})
    await ana.says("tote", "hindi yan, black")
    assert await shop.texts(LINES) == ["Canvas tote|Black|1"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("yung cream gawin mong forest", ["Stone mug|Navy|1", "Stone mug|Forest|1"]),
        ("forest pala yung cream", ["Stone mug|Navy|1", "Stone mug|Forest|1"]),
        ("change the cream to forest", ["Stone mug|Navy|1", "Stone mug|Forest|1"]),
        ("palitan mo yung cream ng forest", ["Stone mug|Navy|1", "Stone mug|Forest|1"]),
        ("forest instead of cream", ["Stone mug|Navy|1", "Stone mug|Forest|1"]),
        ("make the cream one 2", ["Stone mug|Navy|1", "Stone mug|Cream|2"]),
        ("drop the navy one", ["Stone mug|Cream|1"]),
        ("next time na lang po yung cream", ["Stone mug|Navy|1"]),
        ("d ko n kukunin ung cream", ["Stone mug|Navy|1"]),
        ("remove the forest one", ["Stone mug|Navy|1", "Stone mug|Cream|1"]),
        ("tanggalin yung payong", ["Stone mug|Navy|1", "Stone mug|Cream|1"]),
    ],
)
async def test_a_line_is_changed_by_its_kind(shop: Shop, ana: Chat, text: str, lines: list[str]) -> None:
    await two_mugs(shop, ana)
    await ana.says(text)
    assert sorted(await shop.texts(LINES)) == sorted(lines)


async def test_another_size_keeps_the_color_and_another_color_the_size(shop: Shop, ana: Chat) -> None:
    sizes = {"White, M": 9, "White, L": 9, "Mango, M": 9, "Mango, L": 9}
    await shop.stocks("Cotton shirt", left=0, price="199.00", sizes=sizes)
    await ana.says("shirt", "mango medium dalawa", "mali, large pala yung mango")
    assert await shop.texts(LINES) == ["Cotton shirt|Mango, L|2"]


async def test_what_is_not_in_the_cart_is_not_taken_out_and_said_so(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Payong", price="250.00")
    await puts_in_cart(ana, "mug")
    await ana.says("cart", "wag na pala yung payong")
    ana.hears("Wala po iyon sa cart ninyo", "1 × Blue mug")


@pytest.mark.parametrize("text", ["ibalik mo yung mug", "pakibalik ulit yung mug", "balik mo po ulit yung mug"])
async def test_what_was_taken_out_is_offered_again(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.says("cart", "tanggalin yung mug", text)
    ana.hears("1 × Blue mug")


async def test_a_dozen_and_one_of_each_and_what_goes_with_them(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Papaya soap", price="69.00", left=50)
    await shop.stocks("Kojic soap", price="149.00", left=50)
    await shop.stocks("Lip tint", left=0, price="129.00", sizes={"Rosas": 9, "Kape": 9})
    await ana.says("papaya soap 3 tas kojic 2 pack")
    assert await shop.texts(LINES) == ["Papaya soap||3", "Kojic soap||2"]
    await ana.says("isang dosenang papaya soap pala", "lip tint rosas at kape tig isa")
    assert await shop.texts(LINES) == [
        "Papaya soap||12", "Kojic soap||2", "Lip tint|Rosas|1", "Lip tint|Kape|1",
    ]  # fmt: skip
