"""What the list of replies can be asked, of canned replies and of the bot's own words together."""

import pytest

from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import HELLO, Visitor, nena, version_of
from tests.handlers.console.wording.test_replies import a_reply, names

__all__ = ["nena"]

HELLO_IS, EMPTY_IS = "Hello from the shop's bot, which says that it is one", "Nothing is in the cart"


async def own_words(nena: Visitor, path: str, words: str) -> None:
    await nena.opens(path)
    await nena.sends(path, version=version_of(nena.page), words=words)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("mark=mine", ["parking", HELLO_IS, EMPTY_IS]),
        ("mark=mine&state=off", ["parking", EMPTY_IS]),
        ("mark=mine&state=on", [HELLO_IS]),
        ("mark=mine&kind=canned", ["parking"]),
        ("mark=mine&kind=own", [HELLO_IS, EMPTY_IS]),
        ("mark=mine&language=fil", [EMPTY_IS]),
        ("mark=mine&category=Cart", [EMPTY_IS]),
        ("mark=mine&q=kumusta", [HELLO_IS]),
        ("mark=mine&q=welcome.hello", [HELLO_IS]),
        ("mark=mine&q=cart+CRÈME", []),
        ("mark=unused", ["parking", "wifi"]),
        ("mark=broken", ["wifi", EMPTY_IS]),
        ("state=off", ["parking", EMPTY_IS]),
    ],
)
async def test_each_filter_holds_for_every_noun(shop: Shop, nena: Visitor, asked: str, shown: list[str]) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    await nena.sends("/replies/new", version="0", keyword="parking", response="At the gate.", language="en")
    await a_reply(shop.database, "wifi", "It is {{ free }}.")
    await own_words(nena, HELLO, "Kumusta!")
    empty = "/replies/own/cart.empty/fil"
    await own_words(nena, empty, "Wala pa po.")
    await nena.opens(empty)
    await nena.sends(f"{empty}/switch", version=version_of(nena.page), to="off")
    async with shop.database.transaction() as conn:
        await conn.run("UPDATE reply_words SET words = '{{ nobody_knows }}' WHERE name = 'cart.empty'")
    assert names(await nena.opens(f"/replies?{asked}")) == shown
