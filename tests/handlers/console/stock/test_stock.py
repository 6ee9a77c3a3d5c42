"""Stock in the console: who holds what, a change with its reason, shelves that are counted."""

from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_stock_is_changed_with_a_reason_and_its_history_adds_up(shop: Shop, nena: Visitor) -> None:
    mug = await shop.stocks("Mug", price="100.00", left=5)
    await nena.logs_in()
    assert "Mug" in await nena.opens("/stock")
    await nena.opens(f"/stock/{mug}/0")
    await nena.sends(f"/stock/{mug}/0", reason="damaged", change="9", note="fell down")
    assert nena.status == 422
    assert "Only 5 can be taken off." in nena.page
    assert 'value="fell down"' in nena.page
    await nena.sends(f"/stock/{mug}/0", reason="damaged", change="2", note="fell down")
    assert "Saved: 3 on hand now." in nena.page
    assert "Damaged or expired: fell down" in nena.page
    assert "These 2 changes come to 3, which is what is for sale." in nena.page


async def test_shelves_are_counted_and_what_moved_meanwhile_is_told(shop: Shop, nena: Visitor) -> None:
    mug = await shop.stocks("Mug", price="100.00", left=5)
    cup = await shop.stocks("Cup", price="80.00", left=4)
    await nena.logs_in()
    await nena.opens("/stock?count=on")
    names = {f"counted-{mug}-0": "4", f"was-counted-{mug}-0": "5", f"counted-{cup}-0": "3", f"was-counted-{cup}-0": "6"}
    await nena.sends("/stock/count", query="count=on", **names)
    assert nena.status == 422
    assert "1 counted: 0 as expected, 1 put right." in nena.page
    assert "2 left meanwhile, so there should be 4 now. Please check your count." in nena.page
    assert f'name="was-counted-{cup}-0" value="4"' in nena.page


async def test_how_many_wait_for_what_has_sold_out_stands_beside_it(shop: Shop, nena: Visitor) -> None:
    shirt = await shop.stocks("Shirt", price="100.00", sizes={"Small": 0, "Large": 3})
    small = await shop.variant(shirt, "Small")
    for name, variant in (("Ana", small), ("Ben", small), ("Carla", None)):
        await shop.insert("stock_waits", user_id=await shop.shopper(name), product_id=shirt, variant_id=variant)
    await nena.logs_in()
    assert "3 waiting" in await nena.opens("/stock")
    assert "<dt>Waiting for it</dt><dd>3</dd>" in await nena.opens(f"/stock/{shirt}/{small}")
