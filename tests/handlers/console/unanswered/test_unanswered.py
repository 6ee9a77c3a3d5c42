"""What was not answered is put together, answered once, and heard from then on."""

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]

STATES = "SELECT CONCAT_WS('|', status, asked, people, COALESCE(reply_id, 0)) FROM unanswered_groups ORDER BY id"


async def asks(who: Chat, *texts: str) -> None:
    """Ask what the bot has no answer to."""
    for text in texts:
        await who.says(text)


async def test_a_question_becomes_a_reply_that_is_heard(shop: Shop, nena: Visitor, ana: Chat, ben: Chat) -> None:
    await shop.answers("gift wrap", "Yes, we wrap presents for free.")
    reply_id = await shop.look("SELECT id FROM chatbot_replies")
    await asks(ana, "tumatanggap po ba kayo ng home credit", "home credit po?")
    await asks(ben, "pwede home credit", "pwede home credit maria@example.com")
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|4|2|0"]
    await nena.logs_in()
    await nena.opens("/unanswered")
    assert "Asked 4 times by 2 people" in nena.page
    assert "/console/inbox/" in nena.page
    (group_id,) = nena.values("pick")
    await nena.opens(f"/unanswered/{group_id}")
    assert "home credit" in nena.page.partition('name="phrases"')[2].partition("</textarea>")[0]
    assert "maria" not in nena.page.partition('name="phrases"')[2].partition("</textarea>")[0]
    told = await nena.sends(
        f"/unanswered/{group_id}/would", accept="application/json", reply=str(reply_id), phrases="home credit"
    )
    assert "would now answer 4 of 4." in told
    await nena.opens(f"/unanswered/{group_id}")
    await nena.sends(f"/unanswered/{group_id}/add", reply=str(reply_id), phrases="home credit")
    assert "now answers 4 of 4" in nena.page
    assert await shop.texts(STATES) == [f"answered|4|2|{reply_id}"]
    await ana.says("home credit po ba")
    ana.hears("Yes, we wrap presents for free.")
    await nena.sends(f"/unanswered/{group_id}/undo", reply=str(reply_id), phrases="home credit")
    assert await shop.texts(STATES) == ["waiting|4|2|0"]
    assert await shop.count("chatbot_reply_phrases") == 0
