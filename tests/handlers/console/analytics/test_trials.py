"""Two wordings of a canned reply: each shopper hears one, always the same; the page judges; one is kept."""

import pytest

from bot.workshop.emulator.shopper import Shopper
from handlers.jobs.figures import gather_due
from repository.wording.trials import Trial
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]

FIRST, SECOND = "Our wifi is free for you.", "Opo, libre ang wifi namin!"


async def tries(shop: Shop, nena: Visitor, words: str = SECOND) -> int:
    """Let a second wording be tried; the reply's id."""
    reply_id = await shop.insert("chatbot_replies", keyword="wifi", response=FIRST)
    await nena.logs_in()
    page = await nena.opens(f"/analytics/trials/new?reply={reply_id}")
    assert FIRST in page
    await nena.sends("/analytics/trials", reply=str(reply_id), words=words)
    return reply_id


async def test_each_shopper_hears_one_wording_and_the_better_one_is_kept(shop: Shop, nena: Visitor) -> None:
    reply_id = await tries(shop, nena)
    assert "half of the shoppers hear the second wording" in nena.page
    people: list[Chat] = []
    wordings: list[str] = []
    while set(wordings) != {FIRST, SECOND} and len(people) < 40:
        people.append(Chat(shop, f"Shopper {len(people)}"))
        await people[-1].says("wifi")
        wordings.append(await answer(shop, people[-1]))
        await people[-1].says("wifi po")
        assert await answer(shop, people[-1]) == wordings[-1], "the same each time"
    await gather_due(shop.database)
    count = "SELECT COUNT(*), SUM(is_wrong) FROM reply_trial_shoppers WHERE wording = %(wording)s"
    for wording, words in (("a", FIRST), ("b", SECOND)):
        found = await shop.look(count, wording=wording)
        assert isinstance(found, tuple)
        assert tuple(map(int, map(str, found))) == (wordings.count(words),) * 2, "all asked again"
    page = await nena.opens("/analytics/trials")
    assert "Too few have heard them to say which one brings more orders" in page
    trial = await shop.look("SELECT id FROM reply_trials")
    await nena.sends(f"/analytics/trials/{trial}/end", keep="b")
    assert "Everybody hears the second wording of “wifi” now." in nena.page
    assert await shop.look("SELECT response FROM chatbot_replies") == SECOND
    await people[wordings.index(FIRST)].says("wifi")
    assert await answer(shop, people[wordings.index(FIRST)]) == SECOND
    await nena.sends(f"/analytics/trials/{trial}/end", keep="a")
    assert "has ended already" in nena.page
    saves = "SELECT COUNT(*) FROM reply_versions WHERE subject_id = %(id)s AND action = 'changed'"
    assert await shop.look(saves, id=reply_id) == 1, "it can be brought back"


async def answer(shop: Shop, shopper: Shopper) -> str:
    """What the shopper heard last."""
    return str(
        await shop.look(
            "SELECT SUBSTRING_INDEX(bot_response, '\n', -1) FROM chat_logs WHERE user_id = %(psid)s"
            " ORDER BY id DESC LIMIT 1",
            psid=shopper.psid,
        )
    )


async def test_a_reply_that_is_changed_meanwhile_says_its_new_words(shop: Shop, nena: Visitor, ana: Chat) -> None:
    reply_id = await tries(shop, nena)
    await shop.run("UPDATE chatbot_replies SET response = 'No wifi today.' WHERE id = %(id)s", id=reply_id)
    await ana.says("wifi")
    assert await answer(shop, ana) == "No wifi today."
    assert "stands still" in await nena.opens("/analytics/trials")
    trial = await shop.look("SELECT id FROM reply_trials")
    await nena.sends(f"/analytics/trials/{trial}/end", keep="b")
    assert await shop.look("SELECT response FROM chatbot_replies") == "No wifi today.", "nobody's words are lost"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Please write the second wording."),
        ("{{ nonsense }}", "Line 1"),
        (FIRST, "This is the wording that the reply has."),
    ],
)
async def test_what_cannot_be_tried_is_said_beside_it(shop: Shop, nena: Visitor, words: str, says: str) -> None:
    await tries(shop, nena, words)
    assert nena.status == 422
    assert says in nena.page
    assert await shop.count("reply_trials") == 0


async def test_one_second_wording_at_a_time(shop: Shop, nena: Visitor) -> None:
    reply_id = await tries(shop, nena)
    await nena.opens(f"/analytics/trials/new?reply={reply_id}")
    await nena.sends("/analytics/trials", reply=str(reply_id), words="A third one.")
    assert "is tried already" in nena.page
    assert await shop.count("reply_trials") == 1


def test_half_of_the_shoppers_hear_the_second_wording() -> None:
    for trial_id in range(1, 6):
        trial = Trial(trial_id, "", "", None, None)  # type: ignore[arg-type]
        second = sum(trial.wording_for(shopper) == "b" for shopper in range(1, 2001))
        assert 900 < second < 1100, "and another half in each trial"
