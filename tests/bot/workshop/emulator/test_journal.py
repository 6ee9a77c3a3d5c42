"""A demo that is stopped or killed goes on where it was."""

from pathlib import Path

from bot.workshop.emulator import Shopper
from bot.workshop.emulator.people import Said
from tests.bot.workshop.emulator.conftest import a_peer, an_emulator, done
from tests.bot.workshop.emulator.tiny_shop import PROFILE

PROOF = b"\x89PNG\r\n\x1a\nproof"


async def test_people_chats_pictures_profile_and_time_are_there_again(tmp_path: Path) -> None:
    async with an_emulator(tmp_path) as first, a_peer(first) as peer:
        peer.script = lambda item: [{"text": "Hello ₱"}]
        await peer.post("me/messenger_profile", PROFILE)
        ana = Shopper(first, "Ana Cruz", idle=done)
        gone = Shopper(first, "Somebody Else", idle=done)
        await gone.says("hi")
        await ana.sends_picture(PROOF)
        first.facebook.forget(gone.person)
        first.facebook.advance(48)
        ahead = first.time.now()

    async with an_emulator(tmp_path) as second, a_peer(second) as peer:
        assert second.base_url != first.base_url
        (person,) = second.facebook.people
        said, sent = person.chat
        assert (person.psid, person.name) == (ana.psid, "Ana Cruz")
        assert isinstance(said, Said)
        assert [each.bubble.text for each in second.sent(ana.psid)] == ["Hello ₱"]
        assert second.facebook.profile.get_started == "GET_STARTED"
        assert second.time.now() >= ahead
        assert await peer.fetch(said.pictures[0]) == (200, "image/png", PROOF)
        assert (await peer.send(ana.psid, {"text": "after the window"}))[0] == 403
        assert said.number < sent.number < person.chat[-1].number


async def test_a_line_that_a_crash_cut_short_loses_only_itself(tmp_path: Path) -> None:
    async with an_emulator(tmp_path) as first:
        first.meet("Ana Cruz")
    path = tmp_path / "messenger.jsonl"
    path.write_bytes(path.read_bytes() + b'{"psid":"1","it')
    async with an_emulator(tmp_path) as second:
        assert [person.name for person in second.facebook.people] == ["Ana Cruz"]
        second.meet("Ben Reyes")
    async with an_emulator(tmp_path) as third:
        assert [person.name for person in third.facebook.people] == ["Ana Cruz", "Ben Reyes"]
