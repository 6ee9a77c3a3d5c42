"""Wherever a process dies, what was sent is taken once: nothing is fetched twice, and nothing is lost."""

import asyncio

import pytest

from handlers.turns.sent_pictures import PicturesWait, SentPictures
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import orders_a_mug
from tests.support.pictures import photo, receipt

WAITING = "SELECT COUNT(*) FROM chat_logs WHERE turn_status = 'received'"


@pytest.fixture
def fetched(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that is asked for."""
    addresses: list[str] = []
    get = shop.stage.parts.pictures._get

    async def counted(address: str) -> bytes:
        addresses.append(address)
        return await get(address)

    monkeypatch.setattr(shop.stage.parts.pictures, "_get", counted)
    return addresses


@pytest.mark.parametrize("noted", [True, False], ids=["behind the note", "before the note"])
async def test_a_picture_is_taken_once_where_a_process_dies_in_the_middle(
    shop: Shop, ana: Chat, fetched: list[str], noted: bool
) -> None:
    await orders_a_mug(shop, ana)
    with pytest.MonkeyPatch.context() as dying:
        fetch = SentPictures.fetch

        async def dies(self: SentPictures, waiting: PicturesWait) -> None:
            if noted:
                await fetch(self, waiting)
            raise asyncio.CancelledError

        dying.setattr(SentPictures, "fetch", dies)
        await ana.sends_picture(receipt(), answered=False)
        await shop.settles()
        assert await shop.look(WAITING) == 1
        assert await shop.count("order_proofs") == 0
    await shop.stage.parts.look()
    await shop.settles()
    assert await shop.look(WAITING) == 0
    assert len(fetched) == 1
    assert await shop.look("SELECT COUNT(*) FROM order_proofs WHERE file_id IS NOT NULL") == 1
    assert "Got your screenshot" in ana.last.words()


async def test_a_message_that_comes_three_times_is_fetched_once(shop: Shop, ana: Chat, fetched: list[str]) -> None:
    await orders_a_mug(shop, ana)
    url = shop.stage.emulator.facebook.serves(receipt())
    what: dict[str, object] = {"mid": "m_thrice", "attachments": [{"type": "image", "payload": {"url": url}}]}
    await shop.gets(ana, "message", what, times=3)
    assert fetched == [url]
    assert await shop.count("order_proofs") == 1


async def test_nothing_is_fetched_for_a_shopper_who_has_nothing_to_prove(
    shop: Shop, ana: Chat, fetched: list[str]
) -> None:
    await shop.stocks("Blue mug")
    await ana.sends_picture(receipt())
    assert not fetched


async def test_what_was_sent_before_is_answered_before(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    url = shop.stage.emulator.facebook.serves(receipt())
    picture: dict[str, object] = {"mid": "m_first", "attachments": [{"type": "image", "payload": {"url": url}}]}
    before = len(ana.person.sent)
    await asyncio.gather(
        shop.gets(ana, "message", picture),
        shop.gets(ana, "message", {"mid": "m_second", "text": "1002 345 678901"}),
    )
    said = [sent.bubble.words() for sent in ana.person.sent[before:]]
    assert len(said) == 2
    assert await shop.look("SELECT COUNT(*) FROM order_proofs WHERE file_id IS NOT NULL AND reference IS NOT NULL") == 1


async def test_a_large_picture_is_kept_in_pieces_and_comes_back_whole(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    sent = photo(size=(3300, 2500), quality=92)
    assert 6_000_000 < len(sent) < 10_000_000
    await ana.sends_picture(sent)
    ana.hears("Got your screenshot")
    pieces = await shop.look("SELECT COUNT(*) FROM stored_file_pieces")
    assert int(str(pieces)) > 1
