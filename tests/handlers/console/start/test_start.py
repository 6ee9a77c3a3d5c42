"""The first steps: in order, each done once it really is."""

from handlers.console.start.screen import steps_of
from repository.desk.first_steps import FirstSteps
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_a_new_shop_begins_with_its_first_steps(shop: Shop, nena: Visitor) -> None:
    await shop.run("DELETE FROM shipping_zones")
    await nena.logs_in()
    assert nena.path == "/console/start"
    assert "0 of 7 done. Next: name your shop." in nena.page or "1 of 7 done" in nena.page
    await nena.opens("/products/new")
    await nena.sends("/products/new", name="Mug", price="100", status="active", new_category="Mugs", stock="1")
    assert "/products/new" not in await nena.opens("/start")
    await nena.opens("/")
    assert nena.path == "/console/day"


def test_a_draft_is_to_be_put_on_sale_next() -> None:
    there = FirstSteps(True, False, True, False, False, False, False, False)
    product = steps_of(there, is_connected=False)[1]
    assert (product.is_done, product.path) == (False, "/products?state=inactive")
