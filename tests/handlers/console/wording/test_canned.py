"""Writing canned replies in the console: what it says about what was saved, and about what cannot be."""

import re

import msgspec
import pytest

from tests.conversations.conftest import Chat
from tests.handlers.console.test_console import HELLO, Visitor, nena, version_of

__all__ = ["nena"]


async def writes(nena: Visitor, path: str, *, keyword: str = "wifi", response: str, **more: str) -> None:
    version = version_of(await nena.opens(path))
    await nena.sends(path, version=version, keyword=keyword, response=response, language="en", **more)


async def test_who_saves_a_reply_that_is_off_is_told_that_nobody_hears_it(nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await writes(nena, "/replies/new", response="The wifi is free.", is_active="on")
    assert "The next shopper hears it." in nena.page
    assert "What shoppers see" in nena.page
    await writes(nena, nena.path.removeprefix("/console"), response="The wifi is fast.")
    assert "It is off, so shoppers do not hear it." in nena.page
    assert "What shoppers would see" in nena.page
    await ana.says("do you have wifi?")
    assert not any("wifi is" in words for words in ana.heard)


async def test_a_keyword_that_is_taken_leads_to_the_reply_that_has_it(nena: Visitor) -> None:
    await nena.logs_in()
    await writes(nena, "/replies/new", response="The wifi is free.", is_active="on")
    first = nena.path
    await writes(nena, "/replies/new", response="No wifi.", is_active="on")
    assert nena.status == 422
    assert "No wifi." in nena.page, "what was typed is still there"
    (link,) = re.findall(r'<a href="([^"]+)">Open that reply</a>', nena.page)
    assert link == first


@pytest.mark.parametrize("preview", ["/replies/preview", f"{HELLO}/preview"], ids=["canned", "own"])
@pytest.mark.parametrize(
    ("words", "read"), [("<b>Hi</b>, 1 < 2 > 0", "b"), ("Hi</H1 >", "H1"), ("I <3 you, 1 < 2 > 0", "")]
)
async def test_html_is_said_to_be_read_as_it_stands(nena: Visitor, preview: str, words: str, read: str) -> None:
    await nena.logs_in()
    await nena.opens(HELLO)
    await nena.sends(preview, words=words)
    note = msgspec.json.decode(nena.page)["note"]
    assert note == (f"Messenger knows no HTML: shoppers read the tag “{read}” just as you wrote it." if read else "")


async def test_a_reply_answers_to_each_of_its_phrases_at_its_hours(nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    phrases = "san po kayo\n\nHow do I get  there?"
    always = {"keyword": "location", "response": "In Marikina.", "match_rule": "word", "is_active": "on"}
    await writes(nena, "/replies/new", **always, phrases=phrases)
    assert "san po kayo\nHow do I get there?" in nena.page
    path = nena.path.removeprefix("/console")
    await ana.says("how do i get there")
    ana.hears("In Marikina.")
    await writes(nena, path, **always, phrases=phrases)
    assert "Nothing was changed." in nena.page
    await writes(nena, path, **always, phrases="where exactly", hours="8-17")
    assert 'value="08:00-17:00"' in nena.page
    assert path in await nena.opens("/replies?q=exactly"), "a phrase is searched too"


async def test_what_cannot_be_a_phrase_is_said_beside_it(nena: Visitor) -> None:
    await nena.logs_in()
    await writes(nena, "/replies/new", response="Yes.", keyword="❤️", phrases="where\n👍👍", hours="all day")
    assert nena.status == 422
    for sentence in ("“❤️” has no letters", "“👍👍” has no letters", "two times of the day"):
        assert sentence in nena.page
    await writes(nena, "/replies/new", response="Yes.", keyword="wi fi", phrases="Wi-Fi")
    assert "“Wi-Fi” and “wi fi” are the same" in nena.page
