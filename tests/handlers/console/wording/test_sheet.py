"""All that the shop says as a file: out and in again without a change, looked at before it is written."""

import html

import msgspec
import pytest

from handlers.console.wording.sheet.planning import Plan, plan
from handlers.console.wording.sheet.reading import read_replies
from handlers.console.wording.sheet.writing import Format, file_of, rows
from repository.database.connection import Database
from repository.sheets.table import Unreadable
from repository.staff.by import By
from repository.wording import canned_edits
from repository.wording.canned_rows import CannedBody
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.handlers.console.wording.test_matching import conflicts_of

__all__ = ["nena"]


async def planned(database: Database, content: bytes) -> Plan:
    async with database.connection() as conn:
        return await plan(conn, read_replies(content), currency="PHP")


async def a_shop_with_replies(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")
    sku = str(await shop.look("SELECT sku FROM products"))
    whole = CannedBody(
        keyword="=warranty",
        phrases="@how long\n-5 days?\nano po\nwarranty nyo",
        response="+63 is our code,\n\n{first_name|suki}; \"quoted\", 'single' = ₱ 👋",
        category="-store",
        tags=("=faq", "care"),
        priority=7,
        hours="22:00-06:00",
        picture="https://shop.example/goods/x.jpg",
        sku=sku,
        buttons=f"Page = https://shop.example/?a=b\nCall = +639171234567\nMug = product {sku}",
        quick_replies="Menu = menu\nHours = reply hours",
    )
    bodies = [
        CannedBody(keyword="hours", response="8 to 5", match_rule="exact", is_active=False),
        CannedBody(keyword="hours", response="8 hanggang 5 po", language="fil", match_rule="contains"),
        whole,
        CannedBody(keyword="'=odd", response="'+1", match_rule="starts_with"),
        CannedBody(keyword="00123", response="An id"),
    ]
    async with shop.database.transaction() as conn:
        for body in bodies:
            await canned_edits.create(conn, body=body, by=By())
    await shop.answers("older", "  Of 0.1.0: {code} {{ name }} \r\n")
    await shop.rewords("cart.sold_out", "{%- if left -%}Only {{left}}{% else %}Gone{% endif %}")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
async def test_what_is_exported_imports_to_no_change(shop: Shop, kind: Format) -> None:
    await a_shop_with_replies(shop)
    async with shop.database.connection() as conn:
        found = await rows(conn)
    content = file_of(found, kind)
    if kind == "csv":
        text = content.decode("utf-8-sig")
        assert "'=warranty" in text
        assert "'+63 is our code" in text, "no cell is a formula"
    made = await planned(shop.database, content)
    assert made.errors == ()
    assert [(step.called, step.differences) for step in made.steps] == []
    assert made.unchanged == 7


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
async def test_a_file_makes_the_same_replies_in_another_shop(shop: Shop, nena: Visitor, kind: Format) -> None:
    await a_shop_with_replies(shop)
    async with shop.database.connection() as conn:
        found = [row for row in await rows(conn) if row["keyword"] != "older"]
        before = [one.body for one in await canned_edits.every(conn) if one.body.keyword != "older"]
    await shop.run("DELETE FROM chatbot_replies")
    await shop.run("DELETE FROM reply_words")
    await nena.logs_in()
    await nena.opens("/replies/import")
    await nena.sends_file("/replies/import", "sheet", file_of(found, kind))
    assert "6 new, 0 changed, 0 as they are, 0 rows refused" in nena.page
    assert await shop.count("chatbot_replies") == 0, "nothing is written until it is confirmed"
    await nena.sends(f"{nena.path.removeprefix('/console')}/apply")
    assert "6 are new, 0 changed, 0 rows were left out." in nena.page
    async with shop.database.connection() as conn:
        after = [one.body for one in await canned_edits.every(conn)]
        (link,) = [one for one in await canned_edits.every(conn) if one.body.quick_replies]
    assert sorted(after, key=repr) == sorted(before, key=repr)
    assert "Hours = reply hours" in link.body.quick_replies
    assert await shop.look("SELECT words FROM reply_words") == "{%- if left -%}Only {{left}}{% else %}Gone{% endif %}"


async def test_every_wrong_row_is_named_with_its_column_and_the_reason(shop: Shop) -> None:
    await shop.answers("wifi", "Free.")
    sheet = (
        "sep=;\nOur replies;;;;;;\n"
        "Keyword;Answer;Language;When the message;Buttons;On;Remarks\n"
        "wifi;Free and fast;English;has it;;;\n"
        "!!;Ñandú;en;;;;\n"
        "parking;;en;;;;\n"
        "pets;Hi {frist_name|x};Tagalog;;;;\n"
        "pay;Now;Klingon;;;;\n"
        "call;Ring;en;;Call me maybe;;\n"
        "menu card;Here;en;is;Go = reply nowhere;;\n"
        "menu card 2;Here;en;is;Go = reply menu card 3;maybe;\n"
        "WiFi;Fast;en;is;;yes;x\n"
        "wifi ;Faster;en;;;no;\n"
    )  # fmt: skip
    made = await planned(shop.database, sheet.encode("cp1252"))
    assert [(one.row, one.column, one.why.split(":")[0][:60]) for one in made.errors] == [
        (4, "D", "“has it” is none of word, is, exact, exactly, is exactly, st"),
        (5, "A", "“!!” has no letters or digits"),
        (6, "B", "line 1"),
        (7, "B", "line 1"),
        (8, "C", "“Klingon” is none of en, english, eng, en_us, en_gb, fil, fi"),
        (9, "E", "line 1"),
        (10, "E", "there is no reply with the keyword “nowhere”"),
        (11, "F", "“maybe” is none of on, yes, true, 1, oo, active, x, ✓, off, "),
        (13, "A", "row 12 is “wifi” in this language too"),
    ]  # fmt: skip
    (step,) = [step for step in made.steps if step.was is not None]
    assert [(one.what, one.was, one.now) for one in step.differences] == [
        ("Keyword", "wifi", "WiFi"),
        ("When the message", "word", "exact"),
        ("Answer", "Free.", "Fast"),
    ]
    assert [(one.column, one.why[:9]) for one in made.questions] == [("G", "“Remarks”")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"just,some\ncells,here\n", "No row of titles"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "no text file"),
        (b"PK\x03\x04broken", "damaged"),
        (b'{"replies": [', "The JSON is broken"),
        (b'{"other": 1}', "no list of replies"),
        (b"[1, 2]", "no list of replies"),
        (b"[]", "no reply"),
        (b'[{"keyword": "\xff"}]', "no UTF-8"),
        (b'Keyword,Answer\nwifi,"never closed', "quotation mark in row 2 has no end"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_replies(content)


async def test_json_says_what_is_wrong_with_which_reply(shop: Shop) -> None:
    told = [
        {"keyword": "a b", "answer": "x", "phrases": ["one two", "three"], "tags": ["t"], "is_active": False, "zip": 1},
        {"answer": "nobody asks"},
        {"keyword": "c d"},
        {"keyword": "e f", "answer": "x", "sku": "NO"},
        {"kind": "own words", "keyword": "cart.nothing", "answer": "x"},
        {"kind": "own words", "keyword": "cart.sold_out", "answer": "{{ nothing }}"},
        {"kind": "song", "keyword": "x", "answer": "x"},
    ]
    made = await planned(shop.database, msgspec.json.encode(told))
    assert [(one.row, one.why[:38]) for one in made.errors] == [
        (2, "please write the word or phrase that s"),
        (3, "line 1: please write what the shop ans"),
        (4, "there is no product with the SKU “NO”"),
        (5, "the bot says nothing called “cart.noth"),
        (6, "line 1: there is no variable “nothing”"),
        (7, "“song” is none of reply, canned, canne"),
    ]
    (step,) = made.steps
    assert isinstance(step.body, CannedBody)
    assert (step.body.phrases, step.body.tags, step.body.is_active) == ("one two\nthree", ("t",), False)
    assert [one.why for one in made.questions] == ["“zip” is nothing of replies: it is not read"]


async def test_the_conflicts_page_names_what_never_wins_and_what_to_do(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await shop.answers("wifi", "Free.", priority=5, match_rule="contains")
    await shop.answers("wifi password", "Ask us.", match_rule="contains")
    await shop.answers("shipping fee", "Ask us.")
    await nena.logs_in()
    page = html.unescape(await conflicts_of(nena))
    assert "In place of the bot’s own answer" in page
    assert "shipping fee" in page
    await ana.says("wifi password")
    answered = "Free." in " ".join(ana.heard)
    assert ("Phrases that never win" in page) == answered


async def test_five_thousand_replies_are_looked_at_without_a_query_for_each(database: Database) -> None:
    lines = "".join(f"question {number:04},Answer {number}\n" for number in range(5000))
    before = database.counts.round_trips
    made = await planned(database, f"Keyword,Answer\n{lines}".encode())
    assert (made.new, made.errors) == (5000, ())
    assert database.counts.round_trips - before < 12
