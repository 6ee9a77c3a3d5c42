"""The console: who gets in, what a save does to the next reply, and what is refused."""

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from http.cookies import Morsel, SimpleCookie
from io import BytesIO

import aiohttp
import pytest
from yarl import URL

from repository.staff.published import PUBLISHED_HASH
from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import PASSWORD, account

__all__ = ["PASSWORD"]

HELLO = "/replies/own/welcome.hello/en"


class Visitor:
    """A browser without pictures."""

    def __init__(self, shop: Shop, http: aiohttp.ClientSession) -> None:
        self._http = http
        self.base = f"{shop.stage.url}/console"
        self.status = 0
        self.page = ""
        self.path = ""
        self.headers: Mapping[str, str] = {}

    async def opens(self, path: str) -> str:
        async with self._http.get(self.base + path) as answer:
            return await self._read(answer)

    async def sends(
        self, path: str, *, csrf: str | None = None, origin: str = "", accept: str = "", here: str = "", **fields: str
    ) -> str:
        token = _csrf(self.page) if csrf is None else csrf
        sent = (("Origin", origin), ("Accept", accept), ("Referer", here and self.base + here))
        headers = {name: value for name, value in sent if value}
        async with self._http.post(self.base + path, data={"csrf": token, **fields}, headers=headers) as answer:
            return await self._read(answer)

    async def sends_all(self, path: str, *fields: tuple[str, str]) -> str:
        """Send a form in which a field occurs several times."""
        form = [("csrf", _csrf(self.page)), *fields]
        async with self._http.post(self.base + path, data=aiohttp.FormData(form)) as answer:
            return await self._read(answer)

    async def sends_file(self, path: str, file: str, content: bytes, *, csrf: str | None = None, **fields: str) -> str:
        """Send a form with a file in it."""
        form = aiohttp.FormData({"csrf": _csrf(self.page) if csrf is None else csrf, **fields})
        form.add_field(file, BytesIO(content), filename=f"{file}.png", content_type="image/png")
        async with self._http.post(self.base + path, data=form) as answer:
            return await self._read(answer)

    async def status_of(self, path: str) -> int:
        """How an address answers; what it says is not read, which of a stream would take for ever."""
        async with self._http.get(self.base + path) as answer:
            return answer.status

    async def gets(self, path: str) -> bytes:
        """What is at an address, as it is."""
        async with self._http.get(self.base + path) as answer:
            assert answer.status == 200
            return await answer.read()

    async def sends_raw(self, path: str, body: bytes, kind: str) -> str:
        """Send something that no browser would."""
        headers = {"Content-Type": kind}
        async with self._http.post(self.base + path, data=body, headers=headers) as answer:
            return await self._read(answer)

    def listens(self, path: str) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Open a stream of events."""
        return self._http.get(self.base + path, headers={"Accept": "text/event-stream"})

    def cookie(self, name: str) -> Morsel[str]:
        """A cookie that the browser keeps."""
        return next(cookie for cookie in self._http.cookie_jar if cookie.key == name)

    def takes_cookie(self, name: str, value: str) -> None:
        """Put a cookie into the browser."""
        made: SimpleCookie = SimpleCookie()
        made[name] = value
        made[name]["path"] = "/console/"
        self._http.cookie_jar.update_cookies(made, URL(self.base))

    def values(self, field: str) -> list[str]:
        """What the page's forms hold in a field."""
        return re.findall(f'name="{field}" value="([^"]*)"', self.page)

    def session_of_this_browser(self) -> str:
        """What the account's page calls this browser's session."""
        here = self.page[self.page.index("this one") :]
        return str(re.findall('name="session" value="([^"]*)"', here)[0])

    async def logs_in(self, username: str = "nena", password: str = PASSWORD) -> None:
        await self.opens("/login")
        await self.sends("/login", username=username, password=password, next="")

    async def _read(self, answer: aiohttp.ClientResponse) -> str:
        self.headers = answer.headers
        self.status, self.page, self.path = answer.status, await answer.text(), answer.url.path
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        return self.page


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    return found[1] if found else ""


def version_of(page: str) -> str:
    """The number of the save that the form was opened at."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, "the page has no form"
    return found[1]


@pytest.fixture
async def nena(shop: Shop) -> AsyncIterator[Visitor]:
    """A browser; there is an account of the owner, and one of somebody on the staff."""
    async with shop.database.transaction() as conn:
        for name, role in (("nena", "super_admin"), ("jun", "staff")):
            await account(conn, username=name, role=role)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Visitor(shop, http)


async def test_nobody_sees_a_page_without_logging_in(nena: Visitor) -> None:
    await nena.opens("/replies")
    assert nena.path == "/console/login"
    await nena.logs_in(password="something else")
    assert nena.path == "/console/login"
    await nena.logs_in()
    assert nena.path == "/console/start"
    assert "welcome" in (await nena.opens("/replies")).casefold()


async def test_unknown_names_and_wrong_passwords_are_told_the_same(nena: Visitor) -> None:
    def told() -> str:
        found = re.search(r'id="problem">.*?</svg>([^<]+)<', nena.page)
        assert found, nena.page[:400]
        return found[1]

    await nena.logs_in(password="not the password")
    wrong = told()
    await nena.logs_in(username="nobody", password="not the password")
    assert told() == wrong


async def test_guessing_is_stopped(nena: Visitor) -> None:
    for _ in range(25):
        await nena.logs_in(password="a guess that is wrong")
    await nena.logs_in()
    assert nena.path == "/console/login", "the right password must not work while somebody is guessing"


async def test_the_published_password_opens_nothing(shop: Shop, nena: Visitor) -> None:
    async with shop.database.connection() as conn:
        await conn.run("UPDATE admin_users SET password_hash = %(hash)s WHERE username = 'nena'", hash=PUBLISHED_HASH)
    for guess in ("admin123", "password", "secret", PASSWORD):
        await nena.logs_in(password=guess)
        assert nena.path == "/console/login"


async def test_a_form_without_its_token_or_from_elsewhere_changes_nothing(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens(HELLO)
    version = version_of(nena.page)
    await nena.sends(HELLO, csrf="guess", version=version, words="Hacked")
    assert nena.status == 403
    await nena.opens(HELLO)
    await nena.sends(HELLO, origin="https://evil.example", version=version, words="Hacked")
    assert nena.status == 403
    async with shop.database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM reply_words") == 0


async def test_staff_may_write_and_not_delete(nena: Visitor) -> None:
    await nena.logs_in("jun")
    await nena.opens(HELLO)
    await nena.sends(HELLO, version="0", words="Mine now")
    assert nena.status == 200
    await nena.opens("/replies/new")
    await nena.sends("/replies/new", keyword="hours", language="en", match_rule="word", response="Nine to five")
    where = nena.path.removeprefix("/console")
    assert where.startswith("/replies/canned/")
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert nena.status == 403
    await nena.opens(where)
    assert nena.status == 200, "nothing was deleted"


async def test_what_is_saved_is_in_the_next_reply(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await ana.opens_chat()
    ana.hears("I'm the shop's bot")
    await nena.logs_in()
    await nena.opens(HELLO)
    await nena.sends(
        HELLO, version=version_of(nena.page), words="Kumusta {{ first_name }}! Bot ako ng {{ shop_name }}."
    )
    assert "your words" in nena.page
    await ana.opens_chat()
    ana.hears("Kumusta Ana! Bot ako ng Tindahan.")
    await nena.opens(HELLO)
    await nena.sends(f"{HELLO}/switch", version=version_of(nena.page), to="off")
    await ana.opens_chat()
    ana.hears("I'm the shop's bot")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Hi {{ first_nam }}", "Did you mean “first_name”?"),
        ("one\ntwo {{ first_name", "Line 2"),
        ("{{ 'a' * 999999999 }}", "Only {{ variables }}"),
        ("{% for x in shop_name %}{{ x }}{% endfor %}", "Only {{ variables }}"),
        ("{{ first_name.__class__ }}", "__class__"),
        ("{{ 1e999999999|money }}", "This number is too large"),
        ("{{ '-1e999999999'|money }}", "only be used with an amount"),
    ],
)
async def test_words_that_would_break_a_turn_are_refused_and_kept_in_the_form(
    shop: Shop, nena: Visitor, words: str, reason: str
) -> None:
    await nena.logs_in()
    await nena.opens(HELLO)
    await nena.sends(HELLO, version=version_of(nena.page), words=words)
    seen = html.unescape(nena.page)
    assert reason in seen
    assert words in seen
    async with shop.database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM reply_words") == 0


async def test_two_who_edit_at_once_do_not_overwrite_each_other(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens(HELLO)
    opened_at = version_of(nena.page)
    await nena.sends(HELLO, version=opened_at, words="First {{ first_name }}")
    await nena.opens(HELLO)
    await nena.sends(HELLO, version=opened_at, words="Second {{ first_name }}")
    assert nena.status == 409
    assert "while you were writing" in nena.page
    assert "Second" in nena.page
    async with shop.database.connection() as conn:
        assert await conn.value("SELECT words FROM reply_words") == "First {{ first_name }}"


async def test_an_earlier_save_can_be_restored(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    for words in ("One {{ first_name }}", "Two {{ first_name }}"):
        await nena.opens(HELLO)
        await nena.sends(HELLO, version=version_of(nena.page), words=words)
    await nena.opens(HELLO)
    saves = re.findall(r"/replies/versions/(\d+)/restore", nena.page)
    await nena.sends(f"/replies/versions/{saves[-1]}/restore", version=version_of(nena.page))
    async with shop.database.connection() as conn:
        assert await conn.value("SELECT words FROM reply_words") == "One {{ first_name }}"


async def test_a_canned_reply_is_made_used_and_deleted(nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    await nena.sends(
        "/replies/new",
        version="0",
        keyword="wifi",
        response="The wifi is <b>free</b> & fast.",
        match_rule="word",
        language="en",
        category="",
        tags="",
        priority="0",
        is_active="on",
    )
    assert nena.status == 200, nena.page[:500]
    await ana.says("do you have wifi?")
    ana.hears("The wifi is <b>free</b> & fast.")
    await nena.opens("/replies?q=wifi")
    assert "<b>free</b>" not in nena.page, "what a merchant writes is text, not HTML"
    assert "wifi" in nena.page


async def test_logging_out_ends_the_session_on_the_server(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens("/account")
    assert "this one" in nena.page
    await nena.sends("/account/sessions/end-all")
    await nena.opens("/replies")
    assert nena.path == "/console/login"
    async with shop.database.connection() as conn:
        assert await conn.value("SELECT COUNT(*) FROM console_sessions WHERE admin_id IS NOT NULL") == 0
