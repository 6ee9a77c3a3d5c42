"""What is said at a question of checkout and answers another: it is heard, and nothing that was given is lost."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys, comes_to_payment, puts_in_cart

LINES = "SELECT CONCAT_WS('|', address_line1, barangay, city) FROM user_addresses ORDER BY id DESC LIMIT 1"


async def asks_address(ana: Chat) -> None:
    """Come as far as the question where it goes."""
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz")
    await ana.says("0917 123 4567")


@pytest.mark.parametrize("text", ["cod", "cod po", "cash on delivery na lang", "gcash na lang po"])
async def test_a_way_to_pay_at_a_saved_address_keeps_the_address(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(text)
    ana.hears("12 Mabini St, San Roque", "GCash" if "gcash" in text else "Cash on delivery")
    await ana.says("oo")
    ana.hears("Ana Cruz", "12 Mabini St, San Roque", "₱200.00", "GCash" if "gcash" in text else "Cash on delivery")


@pytest.mark.parametrize("place", ["La Union", "metro manila", "Cebu City", "Batangas po", "Mindanao"])
async def test_a_province_a_city_or_a_region_is_no_name_until_it_is_said_again(
    shop: Shop, ana: Chat, place: str
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(place)
    assert '"checkout.recipient"' in (await shop.turns(ana))[-1].state_after
    await ana.says("Ana Cruz")
    assert '"checkout.phone"' in (await shop.turns(ana))[-1].state_after


@pytest.mark.parametrize("name", ["Jose Rizal", "Maria Santiago", "Juan Luna", "Aurora Quezon"])
async def test_a_name_that_only_holds_a_places_is_one(shop: Shop, ana: Chat, name: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(name)
    assert '"checkout.phone"' in (await shop.turns(ana))[-1].state_after


@pytest.mark.parametrize(
    "text", ["how many days to Marikina", "ilang araw po sa Marikina?", "gaano katagal sa marikina"]
)
async def test_how_long_it_takes_to_a_place_is_said_at_a_question(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz")
    await ana.says(text)
    ana.hears("Marikina", "0917 123 4567")


@pytest.mark.parametrize("text", ["hm sf ko", "magkano po shipping fee ko?", "how much is my shipping fee", "sf po?"])
async def test_the_fee_of_the_order_is_said_and_no_list_of_zones(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.zone("Cebu", base="150.00", per_kg="0")
    await shop.answers("shipping fee", "From 79 pesos, it depends.")
    await comes_to_payment(ana, "mug")
    await ana.says(text)
    ana.hears("Marikina", "₱80.00", "(Metro Manila)")
    assert not any("Cebu" in words or "it depends" in words for words in ana.heard)


async def test_the_fee_is_said_while_a_landmark_is_asked(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await asks_address(ana)
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    await ana.says("hm po sf?")
    ana.hears("Marikina", "₱80.00", "landmark")


@pytest.mark.parametrize(
    "text", ["9 Acacia St same barangay", "9 Acacia St, same brgy po", "9 Acacia St sa parehong barangay"]
)
async def test_the_same_barangay_is_the_one_of_the_address_before(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.taps("Another address")
    await ana.says("Ana Cruz")
    await ana.says("0917 123 4567")
    await ana.says(text)
    await ana.says("skip")
    assert await shop.texts(LINES) == ["9 Acacia St|San Roque|Marikina"]


async def test_the_same_barangay_as_none_is_asked(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await asks_address(ana)
    await ana.says("9 Acacia St same barangay")
    ana.hears("Which barangay")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    await ana.taps("Skip")
    assert await shop.texts(LINES) == ["12 Mabini St|San Roque|Marikina"], "a whole address, told anew"


@pytest.mark.parametrize(
    "text", ["pwede buksan bago bayaran", "can i open before paying?", "pwede po icheck muna bago magbayad?"]
)
async def test_whether_it_may_be_opened_first_is_no_question_about_paying(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("how to pay", "COD or GCash, you choose.")
    await comes_to_payment(ana, "mug")
    await ana.says(text)
    assert not any("you choose" in words for words in ana.heard)
    await shop.answers("open before paying", "The rider waits while you look.")
    await ana.says(text)
    ana.hears("The rider waits while you look.")


@pytest.mark.parametrize("text", ["ako na po", "ako na lang po", "ako lang", "ako naman po"])
async def test_i_do_is_the_shoppers_own_name(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(text)
    assert '"checkout.phone"' in (await shop.turns(ana))[-1].state_after


async def test_what_comes_before_it_is_asked_is_kept(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("0917 123 4567")
    ana.hears("0917 123 4567", "Who will receive")
    await ana.says("bgc")
    await ana.says("cebu city")
    assert '"checkout.recipient"' in (await shop.turns(ana))[-1].state_after, "another place is no name either"
    await ana.says("Ana Cruz")
    ana.hears("Where shall we deliver")


async def test_an_address_where_the_phone_is_asked_is_kept(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Ana Cruz")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    ana.hears("12 Mabini St", "rider")
    await ana.says("0917 123 4567")
    ana.hears("landmark")


@pytest.mark.parametrize("text", ["how long will it take?", "ilang araw po bago dumating?", "kelan po darating?"])
async def test_how_long_it_takes_is_said_of_where_it_goes(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("delivery time", "Some days, it depends.")
    await asks_address(ana)
    await ana.says("12 Mabini St, Brgy San Roque, Marikina City")
    await ana.says(text)
    ana.hears("Marikina")
    assert not any("it depends" in words for words in ana.heard)


@pytest.mark.parametrize("text", ["Is it ok if my sister receives it?", "pwede po ba si mama tumanggap?"])
async def test_who_may_receive_it_asks_for_no_fees(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says(text)
    assert not any("₱80" in words for words in ana.heard)
    assert '"checkout.recipient"' in (await shop.turns(ana))[-1].state_after


@pytest.mark.parametrize("text", ["can i pay when it arrives?", "pwede po bang bayaran pag dumating?"])
async def test_paying_when_it_comes_is_cash_on_delivery(shop: Shop, ana: Chat, text: str) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("payment methods", "COD, GCash or Maya.")
    await shop.answers("cod", "Yes, pay the rider.")
    await ana.says(text)
    ana.hears("Yes, pay the rider.")
    await comes_to_payment(ana, "mug")
    await ana.says(text)
    ana.hears("Yes, pay the rider.")


@pytest.mark.parametrize(
    "text", ["eh sa cainta?", "paano naman po sa Cainta?", "how about to cainta?", "pag sa cainta po?"]
)
async def test_another_place_goes_on_with_the_fee(shop: Shop, ana: Chat, text: str) -> None:
    await shop.zone("Rizal", base="150.00", per_kg="0")
    await ana.says("magkano shipping sa marikina")
    ana.hears("₱80")
    await ana.says(text)
    ana.hears("Cainta", "₱150")
