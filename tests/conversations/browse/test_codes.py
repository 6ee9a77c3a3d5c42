"""What is found by its code: scanned from the box, typed from the label, or read off a list."""

import pytest

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys

TUMBLER = "4800016110016"


@pytest.fixture
async def coded(shop: Shop) -> Shop:
    """A shop whose things have barcodes."""
    tumbler = await shop.stocks("Steel tumbler", price="350.00")
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red, L": 5, "Blue, L": 5})
    await shop.stocks("Blue mug", price="120.00")
    coded = "UPDATE products SET barcode = %(code)s, sku = %(sku)s WHERE id = %(id)s"
    await shop.run(coded, code=TUMBLER, sku="TUM-500", id=tumbler)
    await shop.run(coded, code=None, sku="SHIRT", id=shirt)
    await shop.run(
        "UPDATE product_variants SET barcode = '012345678905', sku_suffix = 'RED7' WHERE product_id = %(id)s"
        " ORDER BY id LIMIT 1",
        id=shirt,
    )
    return shop


@pytest.mark.parametrize("typed", [TUMBLER, "480 0016 110016", "TUM-500", "tum-500", f"meron po ba kayong {TUMBLER}?"])
async def test_a_product_is_found_by_its_barcode_and_its_sku(coded: Shop, ana: Chat, typed: str) -> None:
    await ana.says("hello")
    await ana.says(typed)
    ana.hears("Steel tumbler", "₱350.00")


@pytest.mark.parametrize("typed", ["012345678905", "0012345678905", "SHIRTRED7", "may shirtred7 pa?"])
async def test_a_product_is_found_by_the_code_of_one_of_its_kinds(coded: Shop, ana: Chat, typed: str) -> None:
    await ana.says("hello")
    await ana.says(typed)
    ana.hears("Cotton shirt", "₱200.00")


async def test_a_scanned_product_is_on_the_screen_and_can_be_bought(coded: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await ana.says(TUMBLER)
    await ana.says("2 po nito")
    ana.hears("Steel tumbler × 2")


async def test_a_barcode_is_no_proof_of_the_order_that_waits_and_a_reference_is_no_barcode(
    coded: Shop, ana: Chat
) -> None:
    await buys(ana, "mug", pay="GCash")
    await ana.says(TUMBLER)
    ana.hears("Steel tumbler", "₱350.00")
    assert await coded.count("order_proofs") == 0
    await ana.says("9012 345 678901")
    assert await coded.count("order_proofs") == 1


async def test_a_code_that_nothing_has_and_what_is_sold_no_more_are_not_found(coded: Shop, ana: Chat) -> None:
    await coded.run("UPDATE products SET status = 'inactive' WHERE sku = 'TUM-500'")
    await ana.says("hello")
    for typed in ("TUM-500", "TUM-501"):
        await ana.says(typed)
        assert "Steel tumbler" not in str(ana.person.sent[-1].bubble.words())
