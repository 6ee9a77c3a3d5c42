"""What can be made to go wrong, does, and only as often as was asked."""

import asyncio

import aiohttp
import msgspec
import pytest

from bot.workshop.emulator import Emulator, Shopper, meta_errors
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.faults import KINDS, Faults
from tests.bot.workshop.emulator.conftest import done
from tests.bot.workshop.emulator.peer import Peer, text_of
from tests.bot.workshop.emulator.test_sending import refusal
from tests.support.waiting import PATIENCE, comes


@pytest.fixture
async def ben(peer: Peer, ana: Shopper) -> Shopper:
    """Somebody who has written, so that the window is open."""
    await ana.says("hello", answered=False)
    return ana


@pytest.mark.parametrize(("code", "subcode"), sorted(meta_errors.documented()))
async def test_every_documented_error_can_be_had_once(
    peer: Peer, emulator: Emulator, ben: Shopper, code: int, subcode: int
) -> None:
    emulator.faults.arm("error", code=code, subcode=subcode)
    assert refusal(await peer.send(ben.psid, {"text": "x"}))[1:] == (code, subcode)
    assert (await peer.send(ben.psid, {"text": "x"}))[0] == 200
    assert len(emulator.sent(ben.psid)) == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("window_closed", (403, 10, 2018278)),
        ("unavailable", (403, 551, 1545041)),
        ("token_dead", (401, 190, 463)),
        ("rate_limited", (400, 613, 0)),
        ("app_rate_limited", (400, 4, 0)),
        ("temporary", (503, 2, 0)),
        ("not_in_control", (403, 10, 2018300)),
    ],
)
async def test_the_errors_by_name(
    peer: Peer, emulator: Emulator, ben: Shopper, name: str, wanted: tuple[int, int, int]
) -> None:
    emulator.faults.arm(name, times=2)
    assert [refusal(await peer.send(ben.psid, {"text": "x"})) for _ in range(3)] == [wanted, wanted, (200, 0, 0)]


async def test_a_rate_limit_says_when_to_come_back(emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("rate_limited", minutes=7)
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "RESPONSE", "message": {"text": "x"}}
    url = f"{emulator.base_url}/v26.0/me/messages?access_token={emulator.app.page_token}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answered:
        (use,) = msgspec.json.decode(answered.headers["X-Business-Use-Case-Usage"])[emulator.app.page_id]
    assert (use["call_count"], use["estimated_time_to_regain_access"]) == (100, 7)


async def test_a_500_is_no_json(emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("http_500")
    body: Json = {"recipient": {"id": ben.psid}, "messaging_type": "RESPONSE", "message": {"text": "x"}}
    url = f"{emulator.base_url}/v26.0/me/messages?access_token={emulator.app.page_token}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answered:
        assert (answered.status, answered.content_type) == (500, "text/html")
    assert emulator.sent(ben.psid) == ()


async def test_a_slow_graph_answers_all_the_same(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("slow", seconds=0.1)
    began = asyncio.get_running_loop().time()
    assert (await peer.send(ben.psid, {"text": "x"}))[0] == 200
    assert asyncio.get_running_loop().time() - began >= 0.1


async def test_what_is_slow_goes_on_when_faults_are_cleared(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("slow", seconds=10 * PATIENCE)
    sending = asyncio.create_task(peer.send(ben.psid, {"text": "x"}))
    await comes(lambda: is_met(emulator), "the send met the fault")
    emulator.faults.clear("hang")
    assert emulator.sent(ben.psid) == ()
    emulator.faults.clear()
    assert (await sending)[0] == 200
    assert len(emulator.sent(ben.psid)) == 1


async def is_met(emulator: Emulator) -> bool:
    return not emulator.faults.armed()


async def test_a_hanging_graph_takes_nothing(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await peer.send(ben.psid, {"text": "x"})
    assert emulator.sent(ben.psid) == ()
    emulator.faults.arm("hang", seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await peer.send(ben.psid, {"text": "x"})
    assert emulator.sent(ben.psid) == ()


async def test_a_lost_answer_leaves_the_message_sent_and_echoed(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("accepted_then_timeout", seconds=0.01)
    with pytest.raises(aiohttp.ClientError):
        await peer.send(ben.psid, {"text": "x", "metadata": "our id"})
    await emulator.courier.idle()
    assert [sent.bubble.metadata for sent in emulator.sent(ben.psid)] == ["our id"]
    (echo,) = peer.items("echo")
    message = echo["message"]
    assert isinstance(message, dict)
    assert message["metadata"] == "our id"


async def test_deliver_twice(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("twice")
    await ben.says("again", "once", answered=False)
    assert [text_of(item) for item in peer.items("message")] == ["hello", "again", "again", "once"]


async def test_deliver_late_lets_others_pass(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("late", seconds=0.5)
    await ben.says("late", "early", answered=False)
    assert [text_of(item) for item in peer.items("message")] == ["hello", "early", "late"]


async def test_deliver_out_of_order(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("out_of_order", seconds=0.02)
    await ben.says("one", "two", "three", answered=False)
    assert [text_of(item) for item in peer.items("message")] == ["hello", "three", "two", "one"]
    stamps = [int(str(item["timestamp"])) for item in peer.items("message")[1:]]
    assert stamps == sorted(stamps, reverse=True)


async def test_deliver_in_one_batch(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("one_batch", seconds=0.02)
    await ben.says("one", "two", "three", answered=False)
    assert [text_of(item) for item in peer.heard[-1].items] == ["one", "two", "three"]


async def test_lose_the_echo_only(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    emulator.faults.arm("echo_lost")
    await peer.send(ben.psid, {"text": "one"})
    await peer.send(ben.psid, {"text": "two"})
    await emulator.courier.idle()
    assert (len(peer.items("echo")), len(peer.items("delivery"))) == (1, 2)


async def test_a_wrong_signature_is_tried_once_and_the_event_is_lost(
    peer: Peer, emulator: Emulator, ben: Shopper
) -> None:
    emulator.faults.arm("wrong_signature")
    await ben.says("forged", answered=False)
    assert [heard.signed for heard in peer.heard] == [True, False]
    assert emulator.courier.outcomes[-1].status == 403
    assert [text_of(item) for item in peer.items("message")] == ["hello"]


async def test_a_fault_for_one_person_spares_the_others(peer: Peer, emulator: Emulator, ben: Shopper) -> None:
    carla = Shopper(emulator, "Carla Santos", idle=done)
    await carla.says("hello", answered=False)
    emulator.faults.arm("unavailable", psid=carla.psid, times=None)
    assert (await peer.send(ben.psid, {"text": "x"}))[0] == 200
    assert refusal(await peer.send(carla.psid, {"text": "x"}))[1] == 551
    assert refusal(await peer.send(carla.psid, {"text": "x"}))[1] == 551
    emulator.faults.clear("unavailable")
    assert (await peer.send(carla.psid, {"text": "x"}))[0] == 200


def test_the_same_seed_makes_the_same_sends_fail() -> None:
    def met(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.arm("temporary", times=None, chance=0.3)
        return [faults.next_send("1") is not None for _ in range(200)]

    assert met(7) == met(7)
    assert met(7) != met(8)
    assert 30 <= sum(met(7)) <= 90


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("nonsense", {}),
        ("error", {}),
        ("slow", {"times": 0}),
        ("slow", {"chance": 0.0}),
        ("slow", {"chance": 1.5}),
        ("slow", {"seconds": -1.0}),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(name: str, figures: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"no fault is called|needs a code|times is 1 or more"):
        msgspec.convert({"name": name, **figures}, Arming).arm(Faults())


class Arming(msgspec.Struct):
    """The figures that a fault is armed with."""

    name: str
    times: int | None = 1
    chance: float = 1.0
    seconds: float | None = None

    def arm(self, faults: Faults) -> None:
        """Arm it."""
        faults.arm(self.name, times=self.times, chance=self.chance, seconds=self.seconds)


async def test_faults_are_told_over_http_too(emulator: Emulator) -> None:
    url = f"{emulator.base_url}/simulator/api/faults"
    async with aiohttp.ClientSession(headers={"X-Simulator": "test"}) as session:
        async with session.post(url, json={"name": "late", "times": 3, "seconds": 1.5, "seed": 4}) as answered:
            assert answered.status == 201
        async with session.get(url) as answered:
            found = await answered.json()
        assert {kind["name"] for kind in found["kinds"]} == set(KINDS)
        assert [(each["fault"]["name"], each["left"]) for each in found["armed"]] == [("late", 3)]
        async with session.post(url, json={"name": "nonsense"}) as answered:
            assert answered.status == 400
        async with session.delete(url, params={"name": "late"}) as answered:
            assert (await answered.json())["armed"] == []
