"""Sessions of the console: what the browser keeps, how they end, and what no guess and no odd form gets past."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from click.testing import CliRunner

from bot.base import clock
from bot.base.settings import DatabaseSettings
from bot.cli import cli
from dialogs.conversation import TABLE
from handlers.console.app import setup_console
from handlers.console.base.storage import COOKIE
from handlers.turns.in_force import Shop as TurnShop
from repository.database.connection import Database
from repository.staff import admins, audit, passwords, sessions
from repository.staff.published import PUBLISHED_HASH
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor, nena, version_of
from tests.support.accounts import PASSWORD

__all__ = ["nena"]


@pytest.fixture
async def second(shop: Shop) -> AsyncIterator[Visitor]:
    """Another browser."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Visitor(shop, http)


async def test_the_cookie_is_a_long_secret_that_scripts_cannot_read_and_the_database_does_not_know(
    shop: Shop, nena: Visitor
) -> None:
    await nena.logs_in()
    cookie = nena.cookie(COOKIE)
    assert len(cookie.value) >= 43, "256 random bits"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/console/"
    assert not cookie["secure"], "this shop has no HTTPS"
    async with shop.database.connection() as conn:
        stored = await conn.run("SELECT token_hash, session FROM console_sessions")
    assert [row[0] for row in stored.rows] == [hashlib.sha256(cookie.value.encode()).digest()]
    assert cookie.value not in str(stored.rows[0][1])


async def test_the_cookie_travels_over_https_alone_where_the_shop_has_it(shop: Shop) -> None:
    import msgspec

    settings = msgspec.structs.replace(shop.stage.parts.settings, public_url="https://shop.example.com")
    app = web.Application()
    setup_console(app, TurnShop(settings, shop.database, TABLE), rounds=4)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/console/login"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        assert answer.cookies["quicksell_visitor"]["secure"]
    await runner.cleanup()


async def test_a_login_begins_a_new_session_and_ends_the_one_before(shop: Shop, nena: Visitor) -> None:
    nena.takes_cookie(COOKIE, "a session that an attacker has chosen for the victim")
    await nena.logs_in()
    first = nena.cookie(COOKIE).value
    assert "attacker" not in first
    await nena.sends("/logout")
    nena.takes_cookie(COOKIE, first)
    await nena.opens("/replies")
    assert nena.path == "/console/login", "the old cookie is worth nothing"


@pytest.mark.parametrize(
    ("unused_for", "open_for", "is_open"),
    [
        (timedelta(hours=11), timedelta(hours=11), True),
        (sessions.IDLE + timedelta(minutes=1), timedelta(days=1), False),
        (timedelta(hours=1), sessions.LONGEST + timedelta(minutes=1), False),
    ],
)
async def test_a_session_ends_after_twelve_idle_hours_or_two_weeks(
    shop: Shop, nena: Visitor, unused_for: timedelta, open_for: timedelta, is_open: bool
) -> None:
    await nena.logs_in()
    now = clock.now()
    async with shop.database.connection() as conn:
        await conn.run(
            "UPDATE console_sessions SET created_at = %(began)s, seen_at = %(seen)s, expires_at = %(ends)s",
            began=now - open_for,
            seen=now - unused_for,
            ends=min(now - unused_for + sessions.IDLE, now - open_for + sessions.LONGEST),
        )
    await nena.opens("/account")
    assert (nena.path == "/console/account") == is_open


async def test_using_a_session_keeps_it_but_never_past_two_weeks(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    now = clock.now()
    began = now - sessions.LONGEST + timedelta(hours=2)
    async with shop.database.connection() as conn:
        await conn.run(
            "UPDATE console_sessions SET created_at = %(began)s, seen_at = %(seen)s",
            began=began,
            seen=now - timedelta(minutes=5),
        )
        await nena.opens("/account")
        left = await conn.value("SELECT TIMESTAMPDIFF(MINUTE, NOW(), expires_at) FROM console_sessions")
    assert 115 <= int(str(left)) <= 120


async def test_one_browser_logs_out_another(nena: Visitor, second: Visitor) -> None:
    await nena.logs_in()
    await second.logs_in()
    await second.opens("/account")
    listed = second.values("session")
    assert len(listed) == 2
    own = second.session_of_this_browser()
    (other,) = [one for one in listed if one != own]
    await second.sends("/account/sessions/end", session=other)
    assert "That browser is logged out." in second.page
    await nena.opens("/replies")
    assert nena.path == "/console/login"
    await second.opens("/replies")
    assert second.path == "/console/replies"


async def test_nobody_ends_the_session_of_somebody_else(nena: Visitor, second: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/account")
    (session,) = nena.values("session")
    await second.logs_in("jun")
    await second.opens("/account")
    await second.sends("/account/sessions/end", session=session)
    await nena.opens("/replies")
    assert nena.path == "/console/replies"


async def test_a_new_password_logs_out_every_other_browser(nena: Visitor, second: Visitor) -> None:
    await nena.logs_in()
    await second.logs_in()
    await second.opens("/account")
    await second.sends("/password", old="wrong", new="another of my own", again="another of my own")
    assert "not your password" in second.page
    await second.sends("/password", old=PASSWORD, new="another of my own", again="another of my own")
    assert "Your new password is set." in second.page
    await nena.opens("/replies")
    assert nena.path == "/console/login"


async def test_a_hundred_guesses_at_once_are_no_more_than_five(database: Database) -> None:
    async def guess() -> bool:
        async with database.connection() as conn:
            return await audit.may_try(conn, username="nena", network="192.0.2.1")

    allowed = await asyncio.gather(*(guess() for _ in range(100)))
    assert sum(allowed) <= audit.ATTEMPTS_ON_NAME


async def test_one_address_cannot_guess_at_many_names(database: Database) -> None:
    async with database.connection() as conn:
        allowed = [await audit.may_try(conn, username=f"name{n}", network="192.0.2.1") for n in range(40)]
    assert sum(allowed) == audit.ATTEMPTS_FROM


async def test_right_passwords_are_not_counted_as_guesses(shop: Shop, nena: Visitor) -> None:
    for _ in range(12):
        await nena.logs_in()
        assert nena.path == "/console/start"
        await nena.sends("/logout")


async def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(nena: Visitor) -> None:
    async def seconds(password_hash: str | None) -> float:
        """Of processor time, in whichever thread: what else the machine does counts for nothing."""
        began = time.process_time()
        assert not await passwords.matches("a guess", password_hash, rounds=8)
        return time.process_time() - began

    real = await passwords.hashed(PASSWORD, rounds=8)
    await passwords.matches("first", None, rounds=8)
    for told in (None, "", "not a hash", PUBLISHED_HASH):
        # The quickest of several in turn: whatever else this machine does only ever adds time.
        spent = [(await seconds(real), await seconds(told)) for _ in range(7)]
        there, nobody = (min(column) for column in zip(*spent, strict=True))
        assert 0.4 < nobody / there < 2.5, told


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"username=%FF%FE&password=\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"username=a", "application/x-www-form-urlencoded; charset=nonsense", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 403),
        (b"x", "multipart/form-data", 403),
        (b"{}", "application/json", 403),
        (b"", "application/x-www-form-urlencoded", 403),
        (b"a=" + b"x" * 300_000, "application/x-www-form-urlencoded", 413),
    ],
)
@pytest.mark.parametrize("path", ["/login", "/promos/new"])
async def test_odd_forms_get_an_answer_in_words(nena: Visitor, path: str, body: bytes, kind: str, status: int) -> None:
    await nena.logs_in()
    await nena.sends_raw(path, body, kind)
    assert nena.status == status
    assert "Traceback" not in nena.page


async def test_every_page_says_to_keep_and_frame_nothing(nena: Visitor) -> None:
    for path in ("/login", "/replies", "/nowhere", "/account"):
        await nena.opens(path)
        assert nena.headers["Cache-Control"] == "no-store"
        assert nena.headers["X-Frame-Options"] == "DENY"
        assert nena.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in nena.headers["Content-Security-Policy"]
        assert "<style" not in nena.page
        assert " style=" not in nena.page
        assert not any(f" on{event}=" in nena.page for event in ("click", "load", "error", "submit", "change"))


async def test_what_is_written_down_holds_no_secrets(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in(password="a wrong secret")
    await nena.logs_in()
    await nena.opens("/replies/own/welcome.hello/en")
    await nena.sends("/replies/own/welcome.hello/en", version=version_of(nena.page), words="Words of the merchant")
    async with shop.database.connection() as conn:
        rows = (await conn.run("SELECT action, subject, details FROM console_audit ORDER BY id")).rows
    assert [row[0] for row in rows] == ["login_tried", "login_tried", "login", "words.created"]
    for secret in ("a wrong secret", PASSWORD, "Words of the merchant", nena.cookie(COOKIE).value):
        assert secret not in str(rows)


async def test_accounts_are_made_by_command(database: Database, schema: DatabaseSettings) -> None:
    environment = {
        "DB_SOCKET": schema.socket,
        "DB_HOST": schema.host,
        "DB_PORT": str(schema.port),
        "DB_USER": schema.user,
        "DB_PASSWORD": schema.password,
        "DB_NAME": schema.name,
        "SECRET_KEY": "a secret for tests, long enough",
    }

    async def quicksell(*arguments: str) -> str:
        done = await asyncio.to_thread(CliRunner().invoke, cli, arguments, None, environment)
        return done.output if done.exit_code == 0 else str(done.exception)

    made = await quicksell("admin", "create", "--username", "lito", "--email", "lito@example.com", "--role", "manager")
    one_time = made.split("One-time password: ")[1].strip()
    async with database.connection() as conn:
        lito = await admins.named(conn, username="lito")
        account = await admins.account(conn, username="lito")
    assert (lito.role, lito.has_one_time_password) == ("manager", True)
    assert account is not None
    assert account.password_hash.startswith("$2b$12$")
    assert await passwords.matches(one_time, account.password_hash)
    again = await quicksell("admin", "create", "--username", "lito", "--email", "other@example.com")
    assert "already" in again
    renewed = await quicksell("admin", "password", "lito")
    assert one_time not in renewed
    assert "no account" in await quicksell("admin", "password", "nobody")
