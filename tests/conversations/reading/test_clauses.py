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


@pytest.mark.parametrize(
    "text", ["ung isa pa nga, ung payong", "yung isa pa po", "hindi na pala, mug lang", "ung isa naman"]
)
async def test_the_other_one_is_no_piece_of_this_one(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red mug", price="120.00")
    await ana.says("mug", "yung una", text)
    assert await shop.count("cart_items") == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [("yung forest ilan pa stock?", "7 pa po ang stock"), ("how many forest are left?", "7 left"),
     ("ilan po natitira nung forest", "7 pa po ang stock")],
)  # fmt: skip
async def test_how_many_are_left_is_said_in_numbers(shop: Shop, ana: Chat, text: str, said: str) -> None:
    await shop.stocks("Stone mug", left=0, price="120.00", sizes={"Navy": 9, "Forest": 7})
    await ana.says("mug", text)
    ana.hears(said)


async def test_the_kind_that_was_asked_about_is_taken(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Rubber ball", left=0, price="99.00", sizes={"Red": 9, "Green": 9})
    await ana.says("may ball ba kayong green")
    ana.hears("1 × Rubber ball (Green)")
    await ana.says("magkano po pag dalawa")
    ana.hears("2 × Rubber ball (Green): ₱198.00")
    await ana.says("sige dalawa")
    assert await shop.texts(LINES) == ["Rubber ball|Green|2"]


async def test_a_limit_is_one_of_the_list_on_show_and_items_are_of_the_whole_shop(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Gold mug", price="620.00")
    await shop.stocks("Payong", price="150.00")
    await ana.says("mug", "below 200 po")
    ana.sees_cards("Blue mug")
    await ana.says("show items 100 to 200")
    ana.sees_cards("Blue mug", "Payong")


@pytest.mark.parametrize("text", ["ano ano na po nasa wishlist ko?", "patingin po ng wishlist ko"])
async def test_asking_for_the_wishlist_saves_nothing(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("mug", text)
    assert await shop.count("wishlists") == 0


async def test_what_is_saved_is_named_in_its_sentence(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Ring light", price="649.00")
    await ana.says("paki save muna yung ring light, sa sahod na ako oorder")
    assert await shop.count("wishlists") == 1


async def test_another_thing_that_is_small_is_no_small_one_of_what_is_on_show(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Plant pot", left=0, price="119.00", sizes={"Small": 9, "Large": 9})
    await shop.stocks("Wall clock", price="319.00")
    await ana.says("plant pot", "may small ba?", "meron ba kayong wall clock na maliit")
    ana.sees_cards("Wall clock")


async def test_what_was_asked_which_one_is_meant_is_not_put_beside_another_thing(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Red mug", price="120.00")
    await shop.stocks("Candle", price="249.00")
    await ana.says("mug", "isa po nito", "candle 1")
    assert await shop.texts(LINES) == ["Candle||1"]
