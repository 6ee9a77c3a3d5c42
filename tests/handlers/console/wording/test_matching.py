"""Trying messages, and replies that stand in each other's way."""

from itertools import count

import pytest

from bot.language.phrases.conflicts import SamePhrase, caught, same_phrases, ties
from bot.language.phrases.matcher import Matcher
from bot.language.phrases.taught import Taught
from handlers.console.wording import looked
from handlers.turns import conflicting
from repository.database.connection import Database
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support.waiting import comes

__all__ = ["nena"]

TRACKING = Taught(id=1, phrases=("where is my parcel", "my order has not arrived", "status of my order"))
RETURNS = Taught(id=2, phrases=("i want to return it", "refund my money", "Status of my order!"))


async def conflicts_of(visitor: Visitor) -> str:
    """The page of conflicts, once everything is looked through."""

    async def is_found() -> bool:
        return "are being looked through" not in await visitor.opens("/replies/conflicts")

    await comes(is_found, "everything is looked through")
    return visitor.page


def test_a_phrase_of_two_replies_and_messages_between_them_are_found() -> None:
    assert [(one.phrase, one.replies) for one in same_phrases((TRACKING, RETURNS))] == [
        ("status of my order", (TRACKING, RETURNS))
    ]
    matcher = Matcher((TRACKING, RETURNS, Taught(id=3, phrases=TRACKING.phrases)))
    (tie,) = ties(matcher, ["where is my parcel", "refund my money", "where is my parcel"], minute=0)
    assert ({tie.one.id, tie.other.id}, tie.texts) == ({1, 3}, ("where is my parcel",))
    said = ["where is my parcel?", "blue mug", "where is my parcel?"]
    assert caught(matcher, 1, said, minute=0) == ["where is my parcel?"] * 2
    assert caught(matcher, 9, said, minute=0) == []


async def test_what_stands_in_the_way_is_found_however_much_is_typed_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked, "WAITED", 0.0)
    matcher = Matcher((TRACKING, RETURNS))
    typed = count()
    async with database.connection() as conn:

        async def found() -> list[SamePhrase]:
            there = await looked.found(conn, matcher, [f"message {next(typed)}"], minute=0)
            return there.same if there else []

        async def is_found() -> bool:
            return bool(await found())

        await comes(is_found, "everything is looked through")
        assert [one.phrase for one in await found()] == ["status of my order"], "while it is looked for anew"


async def test_a_message_is_tried(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.answers("wifi", "The wifi is free.")
    await nena.logs_in()
    assert "finds no reply" not in await nena.opens("/replies/try")
    page = await nena.opens("/replies/try?text=do+you+have+wifi")
    assert "its phrase stands in it" in page
    assert "The shop answers with it: “The wifi is free.”" in page
    assert "All that it may mean" in page
    assert "A keyword may stand in it" in page or "it speaks of" in page.casefold()
    assert "No other reading takes these words" in page, "what else was weighed, and why"
    page = await nena.opens("/replies/try?text=my+cart")
    assert "finds no reply" in page
    assert "what stands on a button" in page or "a command" in page
    assert await shop.look("SELECT SUM(usage_count) FROM chatbot_replies") == 0
    await ana.says("any wifi?")
    reply_id = await shop.look("SELECT id FROM chatbot_replies")
    page = await nena.opens(f"/replies/canned/{reply_id}")
    assert "Of the last 1 message, it would have answered 1." in page
    assert "“any wifi?”" in page


async def test_conflicts_are_shown_and_replies_that_say_the_same_merged_when_it_is_asked(
    nena: Visitor, shop: Shop
) -> None:
    await nena.logs_in()
    assert "No reply stands in another’s way." in await conflicts_of(nena)
    await shop.answers("wifi", "It is free.")
    await shop.answers("internet", "It is free.", usage_count=3)
    await shop.answers("my cart", "Look in your bag.")
    page = await conflicts_of(nena)
    assert "wifi, internet: “It is free.”" in page
    assert "“my cart” of" in page
    ids = await shop.look("SELECT GROUP_CONCAT(id ORDER BY id) FROM chatbot_replies WHERE response = 'It is free.'")
    first = str(ids).partition(",")[0]
    assert "Merge these" in (page := await nena.opens(f"/replies/canned/{first}"))
    assert f'value="{ids}"' in page
    other = await shop.look("SELECT id FROM chatbot_replies WHERE keyword = 'my cart'")
    assert "Merge these" not in await nena.opens(f"/replies/canned/{other}")
    await nena.sends("/replies/merge", ids=str(ids))
    assert "Merged." in nena.page
    assert await shop.look("SELECT COUNT(*) FROM chatbot_replies WHERE response = 'It is free.'") == 1
    assert await shop.look("SELECT phrase FROM chatbot_reply_phrases") == "internet"
    assert await shop.look("SELECT SUM(usage_count) FROM chatbot_replies") == 3
    await nena.sends("/replies/merge", ids=str(ids))
    assert "These have changed meanwhile." in nena.page
    await nena.sends("/replies/merge", ids="x")
    assert "There is nothing to merge." in nena.page


def test_a_phrase_is_read_once_however_often_the_page_is_opened() -> None:
    replies = [Taught(id=number, phrases=(f"my cart {number}", f"salamat {number}")) for number in range(50)]
    conflicting.answered_before(replies)
    before = conflicting.reads()
    assert conflicting.answered_before(replies) == conflicting.answered_before(reversed(replies))[::-1]
    assert conflicting.reads() == before
    conflicting.answered_before([*replies, Taught(id=99, phrases=("a phrase that nobody has read yet",))])
    assert conflicting.reads() == before + 1
