"""The inbox: who waits, what was said, taking over by typing, and what cannot be sent."""

import html
import re

import aiohttp
import msgspec
import pytest

from handlers.console.inbox import feed
from repository.talks import canned
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]


async def open_chat(visitor: Visitor, shop: Shop, shopper: Chat) -> str:
    """Open a shopper's chat; its address."""
    number = await shop.look("SELECT id FROM users WHERE messenger_id = %(psid)s", psid=shopper.psid)
    path = f"/inbox/{number}"
    await visitor.opens(path)
    assert visitor.status == 200
    return path


async def write(visitor: Visitor, path: str, words: str, **fields: str) -> None:
    """Type into the composer of the page that is open, and send it."""
    known = {name: visitor.values(name)[0] for name in ("key", "typed")}
    await visitor.sends(f"{path}/write", words=words, **(known | fields))


def said(visitor: Visitor) -> list[str]:
    """The words of the thread, top down."""
    thread = visitor.page[visitor.page.index('id="thread"') : visitor.page.index('id="composer"')]
    found = re.findall(r'<(?:div class="bubble[^>]*|p dir="auto")>([^<]*)<', thread)
    return [html.unescape(words).strip() for words in found]


async def test_taking_over_by_typing_and_giving_back_by_a_button(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    assert "The bot answers here" in nena.page
    await write(nena, path, "Hi Ana, Nena here. What can I do for you?")
    await shop.settles()
    ana.hears("Hi Ana, Nena here.")
    await nena.opens(path)
    assert "The bot is quiet for" in nena.page
    assert "30 min left" in nena.page
    assert said(nena)[-1] == "Hi Ana, Nena here. What can I do for you?"
    before = len(ana.person.sent)
    await ana.says("do you have a mug?", answered=False)
    await ana.settles(answered=False)
    assert len(ana.person.sent) == before, "the bot is quiet"
    await nena.opens("/inbox")
    assert "Ana Cruz" in nena.page
    assert "do you have a mug?" in nena.page
    await nena.opens(path)
    assert "left to you" in nena.page
    await nena.sends(f"{path}/give-back")
    assert "The bot answers in this chat again." in nena.page
    await ana.says("mug")
    ana.hears("Blue mug")


async def test_a_form_that_is_sent_twice_says_it_once(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    fields = {name: nena.values(name)[0] for name in ("key", "typed", "csrf")}
    for _ in range(2):
        await nena.sends(f"{path}/write", words="One moment, please.", **fields)
    await shop.settles()
    assert await shop.look("SELECT COUNT(*) FROM outbox WHERE message LIKE '%%One moment%%'") == 1
    long = "\n".join(f"Line {number} of a long explanation of how to measure a window." for number in range(80))
    await nena.opens(path)
    await write(nena, path, long)
    await shop.settles()
    parts = [sent.bubble.words() for sent in ana.person.sent][-3:]
    assert "Line 0" in parts[0]
    assert "Line 79" in parts[-1], "more than Messenger takes at once goes out in parts, in order"


async def test_two_clerks_do_not_answer_across_each_other(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await nena.logs_in()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        jun = Visitor(shop, http)
        await jun.logs_in("jun")
        path = await open_chat(nena, shop, ana)
        await open_chat(jun, shop, ana)
        await write(nena, path, "We have it in blue.")
        await write(jun, path, "Sorry, sold out.")
        assert jun.status == 409
        assert "A colleague wrote to them meanwhile" in jun.page
        assert "Sorry, sold out." in jun.page, "what was typed is kept"
        assert "We have it in blue." in said(jun)
        await write(jun, path, "In red too.")
    await shop.settles()
    ana.hears("In red too.")
    assert not any("sold out" in sent.bubble.words() for sent in ana.person.sent)


async def test_behind_the_window_the_composer_is_closed_and_says_why(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await shop.run(
        "UPDATE conversations SET window_expires_at = NOW() - INTERVAL 2 HOUR, heard_at = NOW() - INTERVAL 26 HOUR"
    )
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    box = nena.page[nena.page.index("<textarea id=") :]
    assert "disabled" in box[: box.index(">")]
    assert "Messenger&#39;s window is closed" in nena.page
    assert "Human Agent" in nena.page
    await write(nena, path, "Are you there?")
    assert nena.status == 409
    assert await shop.count("typed_messages") == 0
    await shop.sets(human_agent=True)
    await nena.opens(path)
    assert "by hand for" in nena.page
    await write(nena, path, "Are you there?")
    await shop.settles()
    assert await shop.texts("SELECT messaging_type FROM outbox ORDER BY id DESC LIMIT 1") == ["MESSAGE_TAG"]
    await shop.run("UPDATE conversations SET heard_at = NOW() - INTERVAL 8 DAY")
    await nena.opens(path)
    assert "reach them by phone or e-mail" in nena.page
    await write(nena, path, "Hello?")
    assert nena.status == 409


async def test_what_facebook_refuses_is_shown_with_what_to_do(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    shop.stage.emulator.faults.arm("unavailable")
    await write(nena, path, "Are you there?")
    await shop.settles()
    await nena.opens(path)
    assert "Not delivered" in nena.page
    assert "blocked the page" in nena.page
    again = re.findall(r'href="/console(/inbox/\d+\?view=needs&amp;again=\d+)', nena.page)[0]
    await nena.opens(html.unescape(again))
    assert ">Are you there?</textarea>" in nena.page


async def test_everything_typed_stands_as_text(nena: Visitor, shop: Shop, ana: Chat) -> None:
    nasty = "<script>alert(1)</script> \u202egnp.exe {{ name }} &amp; '\""
    await ana.says(nasty, answered=False)
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    assert nasty in said(nena)
    assert "<script>alert" not in nena.page
    await nena.sends(f"{path}/note", note=f"note {nasty}\0")
    assert f"note {nasty}" in said(nena)
    await write(nena, path, f"re: {nasty}\0")
    await shop.settles()
    assert f"re: {nasty}" in ana.person.sent[-1].bubble.words()
    await nena.opens("/inbox?view=all&after=%5B%22x%22%5D&before=\0")
    assert nena.status == 200
    assert "<script>alert" not in nena.page


async def test_notes_are_for_colleagues_only(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    sent = len(ana.person.sent)
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    await nena.sends(f"{path}/note", note="Paid late twice.")
    await shop.settles()
    assert "Paid late twice." in said(nena)
    assert len(ana.person.sent) == sent
    assert await shop.look("SELECT quiet_since FROM conversations") is None, "a note takes nothing over"


async def test_views_assigning_and_putting_off(nena: Visitor, shop: Shop, ana: Chat, ben: Chat) -> None:
    await ana.says("hello")
    await ben.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    await nena.opens("/inbox?view=unread")
    assert "Ben Santos" in nena.page
    assert "Ana Cruz" not in nena.page
    await shop.run(
        "UPDATE conversations SET quiet_since = NOW(), quiet_reason = 'asked', waits_since = NOW() - INTERVAL"
        " IF(psid = %(psid)s, 5, 9) MINUTE",
        psid=ana.psid,
    )
    await nena.opens("/inbox")
    assert nena.page.index("Ben Santos") < nena.page.index("Ana Cruz"), "who waits longest first"
    admin_id = str(await shop.look("SELECT id FROM admin_users WHERE username = 'nena'"))
    await nena.sends(f"{path}/assign", admin_id=admin_id)
    await nena.opens("/inbox?view=mine")
    assert "Ana Cruz" in nena.page
    assert "Ben Santos" not in nena.page
    await nena.sends(f"{path}/assign", admin_id="999999")
    assert nena.status == 404
    await open_chat(nena, shop, ana)
    await nena.sends(f"{path}/snooze", until="tomorrow")
    await nena.opens("/inbox")
    assert "Ana Cruz" not in nena.page
    await ana.says("hello?", answered=False)
    await ana.settles(answered=False)
    await nena.opens("/inbox")
    assert "Ana Cruz" in nena.page, "it comes back when they write"


async def test_the_list_goes_on_page_by_page(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    async with shop.database.transaction() as conn:
        for number in range(60):
            psid = f"psid-{number:02}"
            await conn.run(
                "INSERT INTO users (messenger_id, facebook_name) VALUES (%(p)s, %(n)s)", p=psid, n=f"No{number:02}"
            )
            await conn.run(
                "INSERT INTO conversations (psid, page_id, state, heard_at) VALUES (%(p)s, '1', '{}',"
                " NOW() - INTERVAL %(m)s MINUTE)",
                p=psid,
                m=1 + number // 3,
            )
    await nena.logs_in()
    names: list[str] = []
    path = "/inbox?view=all"
    while path:
        await nena.opens(path)
        names += re.findall(r"<b><bdi>([^<]+)<", nena.page)
        found = re.findall(r'rel="next" href="/console([^"]+)"', nena.page)
        path = html.unescape(found[0]) if found else ""
    assert names[0] == "Ana Cruz"
    assert len(names) == len(set(names)) == 61


async def test_canned_replies_come_filled(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await shop.answers("warranty", "Hi {{ first_name }}, one year. {{ unknown }} - {{shop_name}}")
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    filled = "Hi Ana, one year. {{ unknown }} - Tindahan"
    found = msgspec.json.decode(await nena.gets(f"{path}/canned?q=warr"))
    assert found == {"replies": [{"keyword": "warranty", "words": filled}]}
    assert msgspec.json.decode(await nena.gets(f"{path}/canned?q=%25")) == {"replies": []}
    number = await shop.look("SELECT id FROM chatbot_replies")
    await nena.opens(f"{path}?canned={number}")
    assert f">{html.escape(filled)}</textarea>" in nena.page


@pytest.mark.parametrize(
    ("words", "filled"),
    [("{{name}} {{ x }}", "Ana {{ x }}"), ("{{ {{name}} }}", "{{ Ana }}"), ("{name|x} {left|y} {z|0}", "Ana y {z|0}")],
)
def test_what_is_not_known_stays_for_the_person(words: str, filled: str) -> None:
    assert canned.filled(words, {"name": "Ana"}) == filled


async def test_the_stream_tells_how_it_stands_and_nothing_twice(nena: Visitor, shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    seen = re.findall(r'data-seen="(\w+)"', nena.page)[0]
    await ana.says("menu")
    async with nena.listens(f"{path}/events?seen={seen}") as stream:
        told = await event_of(stream)
    assert "menu" in told["data"]
    assert told["id"] != seen
    async with nena.listens(f"{path}/events?seen={told['id']}") as stream:
        await ana.says("hello again")
        later = await event_of(stream)
    assert "hello again" in later["data"], "nothing is told again that the page shows already"
    assert later["data"].count("hello again") == told["data"].count(">menu<") == 1


async def test_what_is_said_is_told_without_waiting_for_the_next_look_at_all_the_rest(
    nena: Visitor, shop: Shop, ana: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "EVERY", 3600.0)
    await ana.says("hello")
    await nena.logs_in()
    path = await open_chat(nena, shop, ana)
    seen = re.findall(r'data-seen="(\w+)"', nena.page)[0]
    async with nena.listens(f"{path}/events?seen={seen}") as stream:
        await ana.says("menu")
        while "menu" not in (await event_of(stream))["data"]:
            pass
        await ana.says("hello again")
        while "hello again" not in (await event_of(stream))["data"]:
            pass


async def event_of(stream: aiohttp.ClientResponse) -> dict[str, str]:
    """The next event of a stream, by its fields."""
    fields: dict[str, str] = {}
    async for raw in stream.content:
        line = raw.decode().rstrip("\r\n")
        if not line and "data" in fields:
            return fields
        name, _, value = line.partition(": ")
        fields[name] = fields.get(name, "") + value
    raise AssertionError("the stream ended")
