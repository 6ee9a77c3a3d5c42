"""The preview beside the words, and what the list shows of them: this shop's, in the language of the words."""

import msgspec

from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def test_the_preview_is_about_this_shop_in_the_language_of_the_words(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    own = await nena.opens("/replies/own/welcome.hello/fil")
    assert "Bahay at Baon" not in own
    await nena.sends("/replies/own/welcome.hello/fil/preview", words="{{ shop_name }} / {{ language }}")
    assert "Tindahan / fil" in nena.page


async def test_the_list_shows_the_bots_own_words_as_this_shop_says_them(nena: Visitor) -> None:
    await nena.logs_in()
    found = await nena.opens("/replies?q=hello+from+the+shop")
    assert "Welcome to Tindahan." in found
    assert "Bahay at Baon" not in found, "the name of the example's shop"


async def test_the_counter_counts_words_that_cannot_be_used_too(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/replies/own/welcome.hello/en")
    await nena.sends("/replies/own/welcome.hello/en/preview", words="x" * 5000)
    shown = msgspec.json.decode(nena.page)
    assert (shown["count"], shown["most"]) == (5000, 1999)
    assert "4,000 are possible" in shown["reason"]
