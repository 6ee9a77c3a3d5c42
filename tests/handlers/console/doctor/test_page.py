"""The doctor's page: who may see it, what it says, and what it mends by itself."""

from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_an_admin_sees_what_is_wrong_and_lets_it_mend_itself(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/doctor")
    assert "keep the shop from working" in nena.page or "keeps the shop from working" in nena.page
    assert "none is on sale" in nena.page
    assert "the page is not subscribed" in nena.page
    assert shop.stage.emulator.app.page_token not in nena.page
    await nena.sends("/doctor")
    assert "The page sends this app all" in nena.page
    await nena.opens("/doctor")
    assert "the page is not subscribed" not in nena.page


async def test_who_runs_no_shop_does_not_see_it(nena: Visitor) -> None:
    await nena.logs_in("jun")
    await nena.opens("/doctor")
    assert nena.status == 403
