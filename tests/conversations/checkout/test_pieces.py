"""An address told piece by piece, in any order, with other things in between: nothing of it is lost or asked twice."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import CONFIRM, puts_in_cart

WHERE = "SELECT CONCAT_WS('|', ship_address_line1, ship_barangay, ship_city, ship_landmark) FROM orders"
WHO = "SELECT CONCAT_WS('|', ship_recipient_name, ship_phone) FROM orders"


async def comes_to_address(shop: Shop, chat: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(chat, "mug")
    await chat.taps("Checkout")
    await chat.says("Liezl Bautista")
    await chat.says("0917 555 0123")


@pytest.mark.parametrize(
    ("pieces", "where"),
    [
        (["12 Mabini", "brgy san roque marikina"], "12 Mabini|san roque|Marikina|tapat ng 711"),
        (["12 Mabini", "purok 2, brgy san roque, marikina city"], "12 Mabini, purok 2|san roque|Marikina|tapat ng 711"),
        (
            ["blk 3 lot 4", "san roque", "lot 4, san roque, marikina"],
            "blk 3 lot 4|san roque|Marikina|tapat ng 711",
        ),
    ],
)
async def test_a_piece_may_hold_the_others(shop: Shop, ana: Chat, pieces: list[str], where: str) -> None:
    await comes_to_address(shop, ana)
    for piece in pieces:
        await ana.says(piece)
    await ana.says("tapat ng 711")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHERE) == [where]


async def test_what_it_is_beside_is_no_city(shop: Shop, ana: Chat) -> None:
    await comes_to_address(shop, ana)
    await ana.says("12 Mabini, brgy San Roque")
    await ana.says("sa tabi ng barangay hall")
    ana.hears("sa tabi ng barangay hall")
    await ana.says("marikina")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHERE) == ["12 Mabini|San Roque|Marikina|sa tabi ng barangay hall"]


async def test_a_phone_said_to_be_wrong_is_asked_again_and_no_address(shop: Shop, ana: Chat) -> None:
    await comes_to_address(shop, ana)
    await ana.says("ay mali, 0918 po pala simula nung number")
    ana.hears("0917 555 0123")
    await ana.says("0918 555 0123")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina")
    await ana.says("skip")
    await ana.says("mali spelling, Liza Bautista")
    ana.hears("Liza Bautista")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHO) == ["Liza Bautista|+639185550123"]


async def test_a_second_number_is_kept_beside_the_first(shop: Shop, ana: Chat) -> None:
    await comes_to_address(shop, ana)
    await ana.says("kung di sumagot, 0917 222 3333 po")
    ana.hears("0917 222 3333")
    await ana.says("12 Mabini St, Brgy San Roque, Marikina")
    await ana.says("skip")
    await ana.says("cod")
    await ana.says("pa gift wrap po sana")
    ana.hears("pa gift wrap po sana")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHO) == ["Liezl Bautista|+639175550123"]
    assert "pa gift wrap" in (await shop.texts("SELECT notes FROM orders"))[0]


async def test_the_pieces_come_in_any_order(shop: Shop, ana: Chat) -> None:
    await comes_to_address(shop, ana)
    await ana.says("456 Velasquez St")
    await ana.says("Manila po")
    await ana.says("brgy 93 po")
    await ana.says("skip")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHERE) == ["456 Velasquez St|93|Manila"]


async def test_a_barangay_where_the_city_is_asked(shop: Shop, ana: Chat) -> None:
    await comes_to_address(shop, ana)
    await ana.says("456 Velasquez St")
    await ana.says("wala po")
    await ana.says("brgy 93 po")
    await ana.says("Manila")
    await ana.says("skip")
    await ana.says("cod")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHERE) == ["456 Velasquez St|93|Manila"]


async def test_labels_on_one_line(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await puts_in_cart(ana, "mug")
    await ana.taps("Checkout")
    await ana.says("Name: Jun Abad Address: 3 Rizal St, Brgy San Roque, Marikina Contact: 0935 123 4567 Payment: COD")
    await ana.says("skip")
    await ana.taps(CONFIRM)
    assert await shop.texts(WHO) == ["Jun Abad|+639351234567"]
    assert await shop.texts(WHERE) == ["3 Rizal St|San Roque|Marikina"]
