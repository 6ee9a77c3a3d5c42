"""What says the same in other words is found where vectors of sentences are made, and nobody waits for them."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.base import sentences
from bot.base.exits import Failure
from bot.base.settings import Settings
from dialogs.reading.context import NOWHERE
from handlers.doctor import machine
from handlers.turns.explaining import MAY_MEAN, SAYS_IT, explain_with_shop
from repository.rules import Rules
from repository.wording import sentences as of_replies
from repository.wording.phrases import matcher_in_force
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support.waiting import comes

__all__ = ["nena"]

REPLIES = {
    "is there a place to put my car": "Yes, behind the shop.",
    "are your beans organic": "All of them.",
    "do you repair broken machines": "On Mondays.",
    "can I bring my dog inside": "Dogs are welcome.",
    "do you teach how to make coffee": "Every Sunday at ten.",
    "who owns this business": "Aling Nena does.",
    "are you looking for staff": "Send us your papers.",
    "do you have a loyalty card": "One stamp for each bag.",
    "is the milk made from plants": "We have oat and soy.",
    "may I speak at your open mic": "On Fridays.",
    "do you print our logo on cups": "From 100 cups on.",
    "is there wifi for customers": "Ask for the password.",
}
SAME = "is my puppy allowed in"
LIKE = "where could I leave a vehicle while I am visiting"


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("repository.wording.sentences._PATIENCE", 30)
    sentences.begin(is_wanted=True)
    yield
    sentences.begin(is_wanted=False)


async def teach(shop: Shop) -> None:
    for phrase, said in REPLIES.items():
        await shop.answers(phrase, said)


async def make_vectors(shop: Shop) -> None:
    async with shop.database.connection() as conn:
        await matcher_in_force(conn)
        await of_replies.made(conn.kept, patience=60)


async def test_a_question_in_other_words_is_answered_and_one_that_may_be_it_is_offered(
    shop: Shop, ana: Chat, vectors: None
) -> None:
    await teach(shop)
    await make_vectors(shop)
    await ana.says(SAME)
    ana.hears("Dogs are welcome.")
    await ana.says(LIKE)
    ana.hears("Is it one of these?")
    await ana.taps("is there a place to…")
    ana.hears("Yes, behind the shop.")
    await ana.says("do you sell purple unicorn lasers")
    assert not [said for said in ana.heard if said in {*REPLIES, *REPLIES.values()}], "nothing says that"


async def test_without_vectors_neither_is_found(shop: Shop, ana: Chat) -> None:
    await teach(shop)
    for text in (SAME, LIKE):
        await ana.says(text)
        assert not [said for said in ana.heard if any(each in said for each in (*REPLIES, *REPLIES.values()))]


async def test_why_is_told(shop: Shop, nena: Visitor, vectors: None) -> None:
    await teach(shop)
    told = await explain_with_shop(shop.database, Rules(), SAME, NOWHERE, language="en")
    assert (told.decision.row, told.decision.value) == (SAYS_IT, "Dogs are welcome.")
    assert "its sentence says what “can I bring my dog inside” says by 0." in told.decision.why
    told = await explain_with_shop(shop.database, Rules(), LIKE, NOWHERE, language="en")
    assert told.decision.kind == "unsure"
    assert MAY_MEAN in {one.row for one in told.candidates}
    await nena.logs_in()
    page = await nena.opens(f"/replies/try?text={SAME.replace(' ', '+')}")
    assert "By its sentence" in page
    assert "The shop answers with it: “Dogs are welcome.”" in page


async def test_a_new_phrase_says_something_a_moment_later(shop: Shop, vectors: None) -> None:
    await teach(shop)
    await make_vectors(shop)
    await shop.answers("can you send a bill to my company", "Of course.")

    async def is_known() -> bool:
        async with shop.database.connection() as conn:
            await matcher_in_force(conn)
            found = await of_replies.alike(conn.kept, "I need an invoice for our firm")
        return bool(found) and found[0].phrase == "can you send a bill to my company"

    await comes(is_known, "the new phrase says something")


async def test_a_phrase_that_is_gone_says_nothing_any_more(shop: Shop, ana: Chat, vectors: None) -> None:
    await teach(shop)
    await make_vectors(shop)
    await shop.run("UPDATE chatbot_replies SET keyword = 'cats' WHERE keyword = 'can I bring my dog inside'")
    await ana.says(SAME)
    assert not [said for said in ana.heard if "Dogs" in said]


async def test_vectors_are_made_in_a_thread_and_nobody_is_held_up(
    shop: Shop, ana: Chat, vectors: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await teach(shop)
    await make_vectors(shop)
    model, let, threads = sentences._model, threading.Event(), set[int]()
    assert model is not None
    query = model.query

    def slowly(text: str) -> object:
        threads.add(threading.get_ident())
        let.wait(30)
        return query(text)

    monkeypatch.setattr(model, "query", slowly)
    monkeypatch.setattr("repository.wording.sentences._PATIENCE", 0.1)
    try:
        async with shop.database.connection() as conn:
            assert await of_replies.alike(conn.kept, SAME) == (), "it goes on without"
            await shop.answers("one more phrase", "Yes.")
            await asyncio.wait_for(matcher_in_force(conn), 20)
        await ana.says("is there wifi for customers")
        ana.hears("Ask for the password.")
    finally:
        let.set()
    assert threads
    assert threading.get_ident() not in threads


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.base.sentences.find_spec", lambda _: None)
    with pytest.raises(Failure, match=r"run \.venv/bin/pip install '\.\[meaning\]'"):
        sentences.begin(is_wanted=True)
    assert not sentences.is_on()
    (look,) = machine.extras(Settings(sentence_vectors=True))
    assert (look.light, look.what_to_do) == ("broken", f"Run {sentences.INSTALL}, or set SENTENCE_VECTORS=no.")
    assert machine.extras(Settings()) == []
