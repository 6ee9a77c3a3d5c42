"""The console's list and histories: found, switched, deleted, brought back, whatever is written in them."""

import html
import re

import msgspec
import pytest

from repository.database.connection import Database, Statement
from repository.staff.by import By
from repository.wording import canned_edits, reply_list
from repository.wording.canned_rows import CannedBody
from repository.wording.reply_list import Wanted
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import HELLO, Visitor, nena, version_of

__all__ = ["nena"]

HOSTILE = "<script>alert(1)</script>"


async def a_reply(database: Database, keyword: str, response: str = "Yes!", **more: object) -> int:
    """Write a canned reply as an import would."""
    body = msgspec.structs.replace(CannedBody(keyword=keyword, response=response), **more)
    async with database.transaction() as conn:
        return await canned_edits.create(conn, body=body, by=By())


def names(page: str) -> list[str]:
    """What the list shows, in order."""
    return [html.unescape(name) for name in re.findall(r'<span class="name">([^<]*)</span>', page)]


def turned(page: str, way: str) -> str:
    """Where the "next" or "prev" page of a list is; empty where there is none."""
    link = re.search(f'rel="{way}" href="/console([^"]+)"', page)
    return html.unescape(link[1]) if link else ""


async def test_the_keyword_counts_more_than_the_words_and_the_words_more_than_a_tag(database: Database) -> None:
    await a_reply(database, "zebra", "Ask us about delivery.")
    await a_reply(database, "apple", "Nothing of the kind.", tags=("delivery",))
    await a_reply(database, "fast delivery")
    await a_reply(database, "delivery fee")
    await a_reply(database, "delivery")
    await a_reply(database, "lizard")
    async with database.connection() as conn:
        wanted = Wanted(text="Delivery")
        found = await reply_list.page(conn, wanted=wanted, limit=50)
        assert [one.keyword for one in found] == ["delivery", "delivery fee", "fast delivery", "zebra", "apple"]
        best = await reply_list.page(conn, wanted=wanted, place=found[2].place, limit=1)
        assert [one.keyword for one in best] == ["zebra"], "a page begins where the one before has ended"
        back = await reply_list.page(conn, wanted=wanted, place=found[2].place, limit=9, backwards=True)
        assert [one.keyword for one in back] == ["delivery fee", "delivery"]
        assert [one.tier for one in found] == [0, 1, 2, 3, 4]
        assert await reply_list.count(conn, wanted=wanted) == 5


@pytest.mark.parametrize("text", ["100%", "a_b", r"c\d", "it's", HOSTILE, "₱50 🎁", "ñandú"])
async def test_a_search_means_just_what_is_typed(database: Database, text: str) -> None:
    await a_reply(database, "axb cxd 100 pesos")
    reply_id = await a_reply(database, f"so {text} it is")
    async with database.connection() as conn:
        found = await reply_list.page(conn, wanted=Wanted(text=text), limit=50)
    assert [one.id for one in found] == [reply_id]


async def test_every_reply_is_on_one_page_of_the_list_and_the_pages_cost_the_same(
    quiet: None, shop: Shop, nena: Visitor
) -> None:
    async with shop.database.transaction() as conn:
        await conn.batch(
            *(
                Statement(
                    "INSERT INTO chatbot_replies (keyword, response, usage_count)"
                    " VALUES (%(keyword)s, 'Yes!', %(used)s)",
                    {"keyword": f"question {number:04}", "used": number % 2},
                )
                for number in range(2000)
            )
        )
    await nena.logs_in()
    seen: list[str] = []
    trips: set[int] = set()
    onward = "/replies?kind=canned&page=1"
    for page in range(1, 41):
        before = shop.database.counts.round_trips
        await nena.opens(onward)
        assert f"page {page} of 40" in nena.page
        onward = turned(nena.page, "next")
        trips.add(shop.database.counts.round_trips - before)
        seen += names(nena.page)
    assert seen == [f"question {number:04}" for number in range(2000)]
    assert max(trips) <= 20, "no query for each row; what this process does besides is counted too"
    assert onward == "", "nothing comes after the last page"
    backward = turned(nena.page, "prev")
    for page in range(39, 0, -1):
        await nena.opens(backward)
        assert names(nena.page) == seen[(page - 1) * 50 : page * 50]
        backward = turned(nena.page, "prev")
    assert backward == ""
    await nena.opens("/replies?mark=unused")
    assert "1,000 replies" in nena.page
    await nena.opens("/replies?kind=canned&page=99999")
    assert names(nena.page)[-1] == "question 1999", "past the end is the last page"


async def test_canned_replies_and_the_bots_own_words_are_one_list(shop: Shop, nena: Visitor) -> None:
    for number in range(60):
        await a_reply(shop.database, f"cart {number:02}")
    await nena.logs_in()
    first = names(await nena.opens("/replies?q=cart"))
    second = names(await nena.opens(turned(nena.page, "next")))
    assert first == [f"cart {number:02}" for number in range(50)]
    assert second[:10] == [f"cart {number:02}" for number in range(50, 60)]
    assert "What is in the cart" in second
    assert names(await nena.opens(turned(nena.page, "prev"))) == first
    for wrong in (
        "/replies?page=0",
        "/replies?page=-1",
        "/replies?page=x",
        "/replies?kind=evil&state='",
        "/replies?q=%00%FF",
        "/replies?after=x&before=[]",
        "/replies?after=[0,false,%22%22,-1]&page=7",
        "/replies?before=[0,true,%22%22,0]&page=2",
    ):
        await nena.opens(wrong)
        assert nena.status == 200, wrong


async def test_several_are_switched_off_at_once_and_back_by_undo(shop: Shop, nena: Visitor, ana: Chat) -> None:
    ids = [await a_reply(shop.database, word, f"About {word}.") for word in ("wifi", "parking")]
    await nena.logs_in()
    await nena.opens(HELLO)
    await nena.sends(HELLO, version=version_of(nena.page), words="Kumusta!")
    await nena.opens("/replies")
    picks = [
        *(f"canned:{reply_id}" for reply_id in ids),
        "own:welcome.hello:en",
        "own:cart.empty:en",
        "canned:999",
        "x",
    ]
    await nena.sends_all("/replies/switch", ("to", "off"), ("query", "q=&page=1"), *(("pick", pick) for pick in picks))
    assert "3 replies are off now" in nena.page
    await ana.opens_chat()
    ana.hears("I'm the shop's bot")
    await ana.says("do you have parking?")
    with pytest.raises(AssertionError):
        ana.hears("About parking.")
    undo = re.search(r'action="/console/replies/switch">.*?</form>', nena.page, re.DOTALL)
    assert undo
    fields = re.findall(r'name="(to|query|pick)" value="([^"]*)"', undo[0])
    await nena.sends_all("/replies/switch", *((name, html.unescape(value)) for name, value in fields))
    assert "3 replies are on now" in nena.page
    await ana.says("do you have parking?")
    ana.hears("About parking.")
    await ana.opens_chat()
    ana.hears("Kumusta!")


async def test_what_was_deleted_comes_back_with_its_history(shop: Shop, nena: Visitor) -> None:
    reply_id = await a_reply(shop.database, "wifi", "It is free.", tags=("faq", "store"), priority=7)
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    await nena.sends(f"/replies/canned/{reply_id}/delete", version=version_of(nena.page))
    assert "Deleted." in nena.page
    kept = version_of(nena.page)
    await nena.opens(f"/replies/canned/{reply_id}")
    assert nena.status == 404
    await nena.opens("/replies")
    await nena.sends("/replies/bring-back", version=kept)
    assert nena.path == f"/console/replies/canned/{reply_id}"
    async with shop.database.connection() as conn:
        body = (await canned_edits.opened(conn, reply_id=reply_id)).body
        done = await conn.run(
            "SELECT action FROM console_audit WHERE subject = %(it)s ORDER BY id", it=f"canned {reply_id}"
        )
    assert body == CannedBody(keyword="wifi", response="It is free.", tags=("faq", "store"), priority=7)
    assert [row[0] for row in done.rows] == ["reply.created", "reply.deleted", "reply.restored"]
    await nena.sends("/replies/bring-back", version=kept)
    assert "already" in nena.page, "twice makes no second one"


async def test_nobody_deletes_what_somebody_has_just_changed(shop: Shop, nena: Visitor) -> None:
    reply_id = await a_reply(shop.database, "wifi")
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    opened_at = version_of(nena.page)
    async with shop.database.transaction() as conn:
        body = CannedBody(keyword="wifi", response="Changed meanwhile.")
        await canned_edits.save(conn, reply_id=reply_id, body=body, version=int(opened_at), by=By())
    await nena.sends(f"/replies/canned/{reply_id}/delete", version=opened_at)
    assert "has just changed this" in nena.page
    assert "Changed meanwhile." in nena.page


async def test_the_same_keyword_twice_is_told_beside_the_field_and_what_was_typed_is_kept(
    shop: Shop, nena: Visitor
) -> None:
    await a_reply(shop.database, "wifi")
    await nena.logs_in()
    await nena.opens("/replies/new")
    await nena.sends("/replies/new", version="0", keyword="WiFi", response="My words.", language="en", priority="x")
    assert nena.status == 422
    assert "whole number" in nena.page
    await nena.sends("/replies/new", version="0", keyword="WiFi", response="My words.", language="en", priority="0")
    assert nena.status == 422
    assert "has this keyword in this language already" in nena.page
    assert "My words." in nena.page


async def test_canned_words_with_variables_are_refused_since_shoppers_would_read_them(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    await nena.sends("/replies/new", version="0", keyword="wifi", response="Hi,\n{{ name }}!", language="en")
    assert nena.status == 422
    assert "Line 2:" in nena.page


async def test_what_is_written_stays_text_on_every_page(shop: Shop, nena: Visitor) -> None:
    reply_id = await a_reply(
        shop.database,
        f'"{HOSTILE}',
        f"Hello {HOSTILE}",
        category=f"'{HOSTILE}",
        tags=(HOSTILE[:30],),
        match_rule="contains",
    )
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    await nena.sends(f"/replies/canned/{reply_id}", version=version_of(nena.page), keyword=HOSTILE, response=HOSTILE)
    for path in ("", f"?q={HOSTILE}", f"/canned/{reply_id}", f"/canned/{reply_id}/history", f"/new?keyword={HOSTILE}"):
        await nena.opens(f"/replies{path}")
        assert nena.status == 200
        assert "<script>alert" not in nena.page, path
        assert "alert(1)" in nena.page, path
    await nena.opens(HELLO)
    await nena.sends(f"{HELLO}/preview", words=HOSTILE)
    assert nena.status == 200
    assert "<script>" not in nena.page
    assert "&lt;script&gt;" in nena.page


async def test_the_history_says_who_changed_which_words_and_rules(shop: Shop, nena: Visitor) -> None:
    reply_id = await a_reply(shop.database, "wifi", "The wifi is slow today.")
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    await nena.sends(
        f"/replies/canned/{reply_id}",
        version=version_of(nena.page),
        keyword="wifi",
        response="The wifi is fast today.",
        match_rule="exact",
        is_active="on",
    )
    await nena.opens(f"/replies/canned/{reply_id}/history")
    assert "<del>slow</del><ins>fast</ins>" in nena.page
    assert "<del>has this word or phrase</del> <ins>is exactly this</ins>" in nena.page
    assert "<b>nena</b>" in nena.page


async def test_words_changed_at_a_sql_prompt_are_kept_before_the_console_changes_them(
    shop: Shop, nena: Visitor
) -> None:
    reply_id = await a_reply(shop.database, "wifi", "From the console.")
    async with shop.database.connection() as conn:
        await conn.run("UPDATE chatbot_replies SET response = 'By hand.' WHERE id = %(it)s", it=reply_id)
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    await nena.sends(
        f"/replies/canned/{reply_id}", version=version_of(nena.page), keyword="wifi", response="Again.", is_active="on"
    )
    await nena.opens(f"/replies/canned/{reply_id}/history")
    assert "By hand" in html.unescape(re.sub(r"<[^>]+>", "", nena.page))


async def test_a_save_that_cannot_be_read_any_more_keeps_nobody_from_the_reply(shop: Shop, nena: Visitor) -> None:
    reply_id = await a_reply(shop.database, "wifi")
    async with shop.database.connection() as conn:
        await conn.run("UPDATE reply_versions SET body = '{}' WHERE subject_id = %(it)s", it=reply_id)
    await nena.logs_in()
    await nena.opens(f"/replies/canned/{reply_id}")
    assert nena.status == 200
    opened_at = version_of(nena.page)
    await nena.sends(
        f"/replies/canned/{reply_id}", version=opened_at, keyword="wifi", response="Still here.", is_active="on"
    )
    assert nena.status == 200
    assert "Still here." in nena.page
    now = version_of(nena.page)
    await nena.sends(f"/replies/versions/{opened_at}/restore", version=now)
    assert nena.status == 404
