"""Utility templates in the console: written, submitted, refused with Meta's reason, approved, and then sent."""

import re

from bot.workshop.emulator.template_api import decide
from handlers.jobs.templates import follow
from tests.conversations.conftest import Chat, Shop
from tests.conversations.notices.test_waiting import STATES, an_order, clicks, closes, news
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]

ONE = "/notices/templates/notices.shipped/en"
WORDS = "An update on your order {{number}}: it is on its way to you. Tracking number: {{tracking}}. Reply if you like."
FILIPINO = "/notices/templates/notices.shipped/fil"


async def writes(nena: Visitor, words: str = WORDS, path: str = ONE) -> None:
    await nena.opens(path)
    await nena.sends(path, words=words)


async def submits(nena: Visitor, path: str = ONE) -> None:
    await nena.opens(path)
    await nena.sends(f"{path}/submit")


async def test_a_draft_of_ours_is_submitted_approved_and_goes_out_when_the_window_is_closed(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    assert await shop.texts(STATES) == ["order_shipped|pending|window"]
    await nena.logs_in()
    (ours,) = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", await nena.opens(ONE))
    assert "{{number}}" in ours
    await nena.sends(ONE, words=ours)
    await submits(nena)
    assert "Meta has approved it" in nena.page
    shop.stage.emulator.facebook.advance(30)
    await shop.settles()
    (said,) = news(ana)
    assert "An update on your order ORD-1: it is on its way to you." in said
    assert "Tracking number: none yet." in said
    assert await shop.texts("SELECT messaging_type FROM outbox WHERE notice_id IS NOT NULL") == ["UTILITY"]


async def test_meta_refuses_with_a_reason_and_other_words_are_a_new_template(shop: Shop, nena: Visitor) -> None:
    facebook = shop.stage.emulator.facebook
    facebook.review = "reject"
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    assert "Meta has refused it." in nena.page
    assert "Meta takes it for advertising" in nena.page
    assert "(TAG_SHOULD_BE_MARKETING)" in nena.page
    facebook.review = "approve"
    await writes(nena, WORDS.replace("Reply", "Please reply"))
    await submits(nena)
    assert "Meta has approved it" in nena.page
    assert [name for name, _ in facebook.templates] == ["order_shipped", "order_shipped_2"]


async def test_a_review_is_followed_and_a_pause_is_shown(shop: Shop, nena: Visitor) -> None:
    parts, facebook = shop.stage.parts, shop.stage.emulator.facebook
    facebook.review = "later"
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    assert "Meta looks at it." in nena.page
    decide(facebook, "order_shipped", "en", "APPROVED")
    await shop.run("UPDATE utility_templates SET checked_at = NOW() - INTERVAL 1 HOUR")
    assert await follow(parts.database, parts.ways)
    assert await shop.look("SELECT status FROM utility_templates") == "approved"
    assert await follow(parts.database, parts.ways)
    facebook.templates["order_shipped", "en"] |= {"status": "PAUSED"}  # and nothing is said about it
    assert await follow(parts.database, parts.ways)
    assert await shop.look("SELECT status FROM utility_templates") == "approved", "it was asked about just now"
    await nena.opens("/notices/templates")
    await nena.sends("/notices/templates/check")
    assert "paused" in nena.page
    assert await shop.look("SELECT status FROM utility_templates") == "paused"


async def test_what_meta_says_of_a_template_has_it_asked_about_at_once(shop: Shop, nena: Visitor) -> None:
    parts, facebook = shop.stage.parts, shop.stage.emulator.facebook
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    assert await follow(parts.database, parts.ways)
    assert await shop.look("SELECT checked_at IS NOT NULL FROM utility_templates")
    decide(facebook, "order_shipped", "en", "PAUSED", "Recipients said they do not want it.")
    await shop.settles()
    assert await follow(parts.database, parts.ways)
    assert await shop.look("SELECT status FROM utility_templates") == "paused"
    await nena.opens("/notices/templates")
    assert "Recipients said they do not want it." in nena.page


async def test_what_is_approved_stays_in_use_until_the_newer_words_are(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    shop.stage.emulator.facebook.review = "later"
    await writes(nena, WORDS.replace("Reply", "Please reply"))
    await submits(nena)
    await nena.opens("/notices/templates")
    assert "the one before is used" in nena.page
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id)
    await shop.settles()
    (said,) = news(ana)
    assert "Reply if you like" in said


async def test_words_that_meta_would_refuse_are_told_before(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    for words, told in (
        ("{{number}} is on its way to you today, dear shopper.", "begins or ends with a fact"),
        ("Your order is on its way: {{nummer}} is its number, we think.", "Did you mean {{number}}?"),
        ("Order {{number}} by {{courier}}, see {{tracking}} now.", "at least three for each"),
        ("Your order {number} is on its way to you, dear shopper.", "two braces"),
    ):
        await writes(nena, words)
        assert nena.status == 422
        assert told in nena.page, told
        assert await shop.count("utility_templates") == 0


async def test_facts_go_without_the_marks_that_meta_refuses(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    order_id = await an_order(shop, ana)
    await closes(shop)
    await clicks(shop, order_id, number="ORD-#1 💛 100%")
    await shop.settles()
    (said,) = news(ana)
    assert "your order ORD-1 100 percent: it is" in said


async def test_a_template_that_facebook_refuses_to_send_leaves_its_notice_waiting(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    order_id = await an_order(shop, ana)
    await closes(shop)
    decide(shop.stage.emulator.facebook, "order_shipped", "en", "PAUSED")
    await clicks(shop, order_id)
    await shop.settles()
    assert news(ana) == []
    assert await shop.texts(STATES) == ["order_shipped|pending|window"]
    await ana.says("hi")
    await shop.settles()
    assert len(news(ana)) == 1


async def test_two_clerks_submit_once_and_without_the_right_nothing_is_seen(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    await nena.sends(f"{ONE}/submit")
    assert "It is submitted already." in nena.page
    assert len(shop.stage.emulator.facebook.templates) == 1
    await nena.sends("/logout")
    await nena.logs_in("jun")
    await nena.opens("/notices/templates")
    assert nena.status == 403


async def test_what_meta_does_not_take_in_a_fact_is_left_out_and_sent_again_once(
    shop: Shop, nena: Visitor, ana: Chat
) -> None:
    order_id = await an_order(shop, ana)
    await closes(shop)
    await nena.logs_in()
    await writes(nena)
    await submits(nena)
    shop.stage.emulator.faults.arm("error", code=100, subcode=1893043)
    await clicks(shop, order_id, number="ORD+1*A")
    await shop.settles()
    assert "An update on your order ORD 1 A: it is on its way" in ana.person.sent[-1].bubble.words()
    assert await shop.texts("SELECT CONCAT(status, '|', attempts) FROM outbox ORDER BY id DESC LIMIT 1") == ["sent|0"]
