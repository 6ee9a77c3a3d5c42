"""What was not answered is put together, answered once, and heard from then on."""

from repository.database.connection import Database
from repository.day import figures, waiting
from repository.rules import Rules
from repository.unanswered import groups
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
    await asks(ben, "pwede home credit", "pwede home credit maria@example.com", "si Ben po ito, home credit")
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|5|2|0"]
    await nena.logs_in()
    await nena.opens("/unanswered")
    assert "Asked 5 times by 2 people" in nena.page
    assert "/console/inbox/" in nena.page
    (group_id,) = nena.values("pick")
    await nena.opens(f"/unanswered/{group_id}")
    assert "home credit" in nena.page.partition('name="phrases"')[2].partition("</textarea>")[0]
    assert "maria" not in nena.page.partition('name="phrases"')[2].partition("</textarea>")[0]
    assert "Ben" not in nena.page.partition('name="phrases"')[2].partition("</textarea>")[0]
    told = await nena.sends(
        f"/unanswered/{group_id}/would", accept="application/json", reply=str(reply_id), phrases="home credit"
    )
    assert "would now answer 5 of 5." in told
    await nena.opens(f"/unanswered/{group_id}")
    await nena.sends(f"/unanswered/{group_id}/add", reply=str(reply_id), phrases="home credit")
    assert "now answers 5 of 5" in nena.page
    assert await shop.texts(STATES) == [f"answered|5|2|{reply_id}"]
    await ana.says("home credit po ba")
    ana.hears("Yes, we wrap presents for free.")
    await nena.sends(f"/unanswered/{group_id}/undo", reply=str(reply_id), phrases="home credit")
    assert await shop.texts(STATES) == ["waiting|5|2|0"]
    assert await shop.count("chatbot_reply_phrases") == 0


async def test_what_is_ignored_can_be_had_back_and_comes_back_for_nobody(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await asks(ana, "hiring po ba kayo", "pa gift wrap po", "pa reserve po")
    await shop.works()
    await nena.logs_in()
    await nena.opens("/unanswered")
    picked = nena.values("pick")
    await nena.sends_all("/unanswered/settle", ("to", "ignored"), *(("pick", one) for one in picked[:2]))
    assert "2 questions are ignored" in nena.page
    undo = [("pick", one) for one in nena.values("pick") if one in picked[:2]][:2]
    await asks(ana, "hiring?")
    await shop.works()
    assert sorted(await shop.texts("SELECT status FROM unanswered_groups")) == ["ignored", "ignored", "waiting"]
    await nena.opens("/unanswered")
    await nena.sends_all("/unanswered/settle", ("to", "waiting"), *undo)
    assert set(await shop.texts("SELECT status FROM unanswered_groups")) == {"waiting"}
    audit = "SELECT action FROM console_audit WHERE action LIKE 'unanswered%' ORDER BY id"
    assert await shop.texts(audit) == ["unanswered.ignored", "unanswered.waiting"]
    await nena.opens("/unanswered?show=ignored")
    assert "Nothing is here" in nena.page


async def test_what_a_reply_answers_leaves_by_itself_and_comes_back_once_it_does_not(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    await asks(ana, "pa gift wrap po", "gift wrap po sana")
    await shop.works()
    await shop.answers("gift wrap", "Yes po, for free.")
    await shop.works()
    (state,) = await shop.texts(STATES)
    assert state.startswith("answered|2|1|")
    await nena.logs_in()
    await nena.opens("/unanswered?show=answered")
    assert "answers 2 of 2" in nena.page
    await shop.run("UPDATE chatbot_replies SET is_active = FALSE")
    await shop.run("UPDATE unanswered_groups SET settled_at = NOW() - INTERVAL 1 MINUTE")
    await asks(ana, "pa gift wrap naman po")
    await shop.works()
    assert (await shop.texts(STATES))[0].startswith("waiting|3|1|")
    await nena.opens("/unanswered")
    assert "asked again" in nena.page


async def test_bad_input_is_said_and_nothing_is_lost(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await shop.answers("warranty", "One year.")
    reply_id = str(await shop.look("SELECT id FROM chatbot_replies"))
    await asks(ana, "<script>alert(1)</script> home credit \u202epo")
    await shop.works()
    await nena.logs_in()
    await nena.opens("/unanswered")
    assert "<script>alert" not in nena.page
    (group_id,) = nena.values("pick")
    here = f"/unanswered/{group_id}"
    for fields, told in (
        ({"reply": "", "phrases": "home credit"}, "Please choose a reply."),
        ({"reply": "99999999999999", "phrases": "home credit"}, "That reply is gone."),
        ({"reply": reply_id, "phrases": " \n "}, "Please write at least one phrase."),
        ({"reply": reply_id, "phrases": "x\nkept word"}, "“x” is one letter"),
        ({"reply": reply_id, "phrases": "y" * 300}, "255 are the most"),
        ({"reply": reply_id, "phrases": "\n".join(f"phrase {n}" for n in range(300))}, "200 are the most"),
    ):
        await nena.opens(here)
        await nena.sends(f"{here}/add", **fields)
        assert nena.status == 422, fields
        assert told in nena.page
        assert fields["phrases"].split("\n")[-1].strip() in nena.page
        told_live = await nena.sends(f"{here}/would", accept="application/json", **fields)
        assert nena.status == 200, told_live
    for wrong in ("exact;", "word", "'"):
        await nena.opens(here)
        await nena.sends(
            f"{here}/would", keyword="home credit", match_rule=wrong, priority="-9", hours="99", phrases=""
        )
        assert "would now answer 1 of 1." in nena.page
    await nena.opens(here)
    await nena.sends(f"{here}/try", reply=reply_id, phrases="home credit\nHome Crédit")
    assert "would now answer 1 of 1." in nena.page, "the same but for accents is one phrase"
    assert await shop.count("chatbot_reply_phrases") == 0
    await nena.opens("/unanswered/999999999999999999")
    assert nena.status == 404
    await nena.opens("/unanswered")
    await nena.sends("/unanswered/settle", to="ignored", pick="-1", back="show=ignored\r\nX-Y: 1")
    assert "Nothing was changed" in nena.page
    assert "X-Y" not in nena.headers


async def test_questions_go_with_their_chats(shop: Shop, nena: Visitor, ana: Chat, ben: Chat) -> None:
    await asks(ana, "pa gift wrap po", "hiring po ba kayo")
    await asks(ben, "gift wrap please")
    await shop.works()
    await shop.run("DELETE FROM chat_logs WHERE user_id = %(psid)s", psid=ana.psid)
    await shop.run("UPDATE scheduled_jobs SET next_at = NOW() - INTERVAL 1 MINUTE")
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|1|1|0"]
    await nena.logs_in()
    assert "hiring" not in await nena.opens("/unanswered")
    await nena.opens(f"/unanswered/{nena.values('pick')[0]}")
    assert "gift wrap please" in nena.page
    assert "Ana Cruz" not in nena.page


async def test_a_question_in_the_middle_of_checkout_counts_and_a_tap_does_not(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=5)
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await ana.says("checkout")
    await ana.says("pwede po ba home credit?")
    await shop.works()
    assert await shop.texts("SELECT user_message FROM chat_logs c JOIN unanswered_questions q ON q.turn_id = c.id") == [
        "pwede po ba home credit?"
    ]


async def test_the_list_and_the_day_ask_as_often_however_much_there_is(shop: Shop, ana: Chat) -> None:
    asked = []
    for texts in (("pa gift wrap po",), ("hiring po ba", "may mascot ba kayo", "pa reserve po", "gift wrap sana")):
        await asks(ana, *texts)
        await shop.works()
        alone = Database(shop.database.settings, shop.database.offset)  # the shop asks by the clock meanwhile
        async with alone.connection() as conn:
            await conn.value("SELECT 1")
            before = conn.counts.statements
            listed = await groups.page(conn, status="waiting", limit=50)
            await groups.counts(conn)
            piles = await waiting.piles(conn, rules=Rules())
            await figures.day(conn)
            asked.append(conn.counts.statements - before)
        await alone.close()
        assert piles["unanswered"].count == len(listed)
    assert asked[0] == asked[1]


async def test_what_fell_through_before_is_there_after_an_upgrade(shop: Shop) -> None:
    for text, intent, kind in (
        ("pa gift wrap po", "not_understood", "text"),
        ("gift wrap sana", "search_nothing", "text"),
        ("mug", "search", "text"),
        ("", "not_understood", "text"),
        ("x", "not_understood", "postback"),
    ):
        await shop.insert("chat_logs", user_id="7", user_message=text, intent=intent, message_type=kind)
    await shop.works()
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|2|1|0"]
    await shop.insert("chat_logs", user_id="8", user_message="gift wrap", intent="not_understood", message_type="text")
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|2|1|0"], "once"


async def test_a_question_that_is_picked_after_asking_back_counts_as_answered(shop: Shop, ana: Chat) -> None:
    await shop.answers("gift wrap free", "Yes, we wrap presents for free.")
    for at, phrase in enumerate(("do you wrap gifts", "gift wrapping", "can you wrap it as a gift"), 1):
        await shop.run(
            "INSERT INTO chatbot_reply_phrases (reply_id, position, phrase, folded)"
            " SELECT id, %(at)s, %(phrase)s, %(phrase)s FROM chatbot_replies",
            at=at,
            phrase=phrase,
        )
    await asks(ana, "would you wrap the box")
    ana.hears("not sure what you mean")
    await shop.works()
    assert await shop.texts(STATES) == ["waiting|1|1|0"]
    await ana.taps("gift wrap free")
    ana.hears("Yes, we wrap presents for free.")
    assert await shop.count("unanswered_questions") == 0
    assert await shop.texts(STATES) == ["waiting|0|1|0"]
