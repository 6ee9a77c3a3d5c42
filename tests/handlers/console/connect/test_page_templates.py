"""Templates of a shop with several pages: Meta reviews them for each, and a notice goes out by those of its page."""

import asyncio
import html
import re

from bot.run.parts import Parts
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.emulator.template_api import decide
from handlers.jobs.templates import follow
from repository.chats.notices import notice_statement
from tests.handlers.console.connect.test_connect import does, facebook, nena, other
from tests.handlers.console.connect.test_pages import CEBU, adds, connects, hears
from tests.handlers.console.test_console import Visitor
from tests.support.waiting import PATIENCE, comes

__all__ = ["facebook", "nena", "other"]
ONE = "/notices/templates/notices.shipped/en"
WORDS = "An update on your order {{number}}: it is on its way to you. Tracking number: {{tracking}}. Reply if you like."


async def ordered(parts: Parts, shopper: Shopper, number: str) -> int:
    """An order of somebody who has written, a day ago."""
    await shopper.says("hello", answered=False)
    await hears(shopper)
    async with parts.database.transaction() as conn:
        await conn.run("UPDATE conversations SET window_expires_at = NOW() - INTERVAL 1 HOUR")
        made = await conn.run(
            "INSERT INTO orders (order_number, user_id, total_amount, order_status)"
            " SELECT %(number)s, id, 100, 'shipped' FROM users WHERE messenger_id = %(psid)s",
            number=number,
            psid=shopper.psid,
        )
    return made.last_id


async def shipped(parts: Parts, order_id: int, number: str) -> None:
    """A click that says that an order is on its way."""
    async with parts.database.transaction() as conn:
        facts: dict[str, str | int] = {"order_id": order_id, "number": number}
        await conn.batch(notice_statement(order_id, "order_shipped", "notices.shipped", facts))


async def reads(shopper: Shopper, words: str) -> None:
    """Wait until somebody has been told."""
    async with asyncio.timeout(PATIENCE):
        while not any(words in sent.bubble.words() for sent in shopper.person.sent):
            await shopper.person.changes()


async def test_a_notice_goes_out_by_what_meta_has_approved_for_its_own_page(
    nena: Visitor, facebook: Emulator, other: Parts
) -> None:
    cebu = await facebook.adds_page(CEBU)
    await connects(nena, facebook)
    await adds(nena, cebu.app.page_token)

    async def is_known() -> bool:
        return other.ways.are_several

    await comes(is_known, "the other process answers on both pages")
    ana, ben = Shopper(facebook, "Ana Cruz"), Shopper(cebu, "Ben Reyes")
    first, second = await ordered(other, ana, "ORD-1"), await ordered(other, ben, "ORD-2")
    cebu.facebook.review = "later"
    await nena.opens(ONE)
    await nena.sends(ONE, words=WORDS)
    page = html.unescape(await nena.sends(f"{ONE}/submit"))
    assert "Meta has approved it" in page
    assert f"<b>{CEBU}</b>: Meta looks at it." in page
    assert (list(facebook.facebook.templates), list(cebu.facebook.templates)) == ([("order_shipped", "en")],) * 2
    await shipped(other, first, "ORD-1")
    await shipped(other, second, "ORD-2")
    facebook.facebook.advance(30)
    await reads(ana, "An update on your order ORD-1")

    async def waits() -> bool:
        async with other.database.connection() as conn:
            return await conn.value("SELECT COUNT(*) FROM notification_queue WHERE waits_for = 'window'") == 1

    await comes(waits, "for Cebu's page nothing is approved yet")
    decide(cebu.facebook, "order_shipped", "en", "APPROVED")
    cebu.facebook.advance(30)
    assert await follow(other.database, other.ways, at_once=True)
    await reads(ben, "An update on your order ORD-2")
    decide(cebu.facebook, "order_shipped", "en", "PAUSED", "TAG_SHOULD_BE_MARKETING")
    await nena.opens("/notices/templates")
    page = html.unescape(await nena.sends("/notices/templates/check"))
    assert f'<small>{CEBU}: <span class="badge bad">paused</span></small>' in page
    page = html.unescape(await nena.opens(ONE))
    assert "Meta has approved it" in page, "the first page's stays"
    assert "Meta takes it for advertising" in page


async def test_a_page_that_is_connected_later_is_given_the_templates_of_the_first(
    nena: Visitor, facebook: Emulator
) -> None:
    await connects(nena, facebook)
    await nena.opens("/notices/templates")
    page = html.unescape(await nena.sends("/notices/templates/submit"))
    count = len(facebook.facebook.templates)
    assert count >= 10
    assert f"{count} are with Meta now." in page
    assert "Submit all that are ready" not in page, "there is nothing left"
    cebu = await facebook.adds_page(CEBU)
    page = await adds(nena, cebu.app.page_token)
    assert f"{count} are with Meta, which looks at them." in page
    assert cebu.facebook.templates.keys() == facebook.facebook.templates.keys()
    number = re.search(r"/connect/pages/(\d+)/history", page)
    assert number
    page = html.unescape(await nena.sends(f"/connect/pages/{number[1]}/templates"))
    assert "Meta has all for this page that it has for the first." in page


async def test_another_first_page_is_given_what_the_one_before_had(nena: Visitor, facebook: Emulator) -> None:
    await connects(nena, facebook)
    await nena.opens("/notices/templates")
    await nena.sends("/notices/templates/submit")
    count = len(facebook.facebook.templates)
    cebu = await facebook.adds_page(CEBU)
    cebu.facebook.review = "later"
    page = await does(nena, "token", token=cebu.app.page_token)
    assert f"{count} templates of notices were submitted for it" in page
    assert len(cebu.facebook.templates) == count
    page = html.unescape(await nena.opens(ONE))
    assert "Meta has approved it" not in page, "that was said of the page before"
    page = await does(nena, "token", token=facebook.app.page_token)
    assert f"{count} templates of notices were submitted for it" in page
    assert "Meta has approved it" in html.unescape(await nena.opens(ONE)), "the page before had them already"


async def test_a_page_that_did_not_take_a_template_is_given_it_by_a_button(nena: Visitor, facebook: Emulator) -> None:
    await connects(nena, facebook)
    await nena.opens(ONE)
    await nena.sends(ONE, words=WORDS)
    await nena.sends(f"{ONE}/submit")
    cebu = await facebook.adds_page(CEBU)
    cebu.facebook.templates["order_shipped", "en"] = {"id": "1", "name": "order_shipped", "language": "en"}
    page = await adds(nena, cebu.app.page_token)
    assert f"{CEBU}: Meta did not take it:" in page, page[page.index("How it stands") :]
    cebu.facebook.templates.clear()
    cebu.facebook.dead_token = 463
    page = html.unescape(await nena.sends(f"{ONE}/submit", page=cebu.app.page_id))
    assert f"{CEBU}: Meta did not take it:" in page
    cebu.facebook.dead_token = None
    cebu.facebook.review = "reject"
    page = html.unescape(await nena.sends(f"{ONE}/submit", page=cebu.app.page_id))
    assert f"<b>{CEBU}</b>: Meta has refused it." in page
    assert "Meta takes it for advertising" in page
    assert f"Submit for {CEBU}" not in page
    assert "Meta has approved it" in page
