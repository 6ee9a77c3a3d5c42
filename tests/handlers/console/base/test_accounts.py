"""Accounts of the console: roles, one-time passwords, sessions that others end, and the demo's merchant."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.base.settings import Settings
from bot.workshop.demo.merchant import merchant
from handlers.console.app import PAGES
from handlers.console.base.roles import PERMISSIONS, ROLES, may
from repository.database.connection import Database
from repository.staff import admins, audit, passwords, sessions
from repository.staff.admins import AccountRefused
from repository.staff.passwords import PasswordRefused
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor
from tests.support.accounts import PASSWORD, account

OWN = "a password of my own"


@pytest.fixture
async def bea(shop: Shop) -> AsyncIterator[Visitor]:
    """A browser of somebody who was given a one-time password."""
    async with shop.database.transaction() as conn:
        await account(conn, username="bea", role="manager", is_one_time=True)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Visitor(shop, http)


@pytest.mark.parametrize(
    ("method", "path", "permission"), [(page.method, page.path, page.permission) for page in PAGES]
)
def test_every_page_that_changes_something_needs_a_right(method: str, path: str, permission: str) -> None:
    assert permission in PERMISSIONS or path in ("/", "/logout")
    if method == "POST" and path.startswith("/replies") and path.endswith(("/delete", "/bring-back")):
        assert not may("staff", permission)


def test_a_role_that_nobody_knows_may_nothing() -> None:
    assert not any(may("owner", permission) for permission in PERMISSIONS)
    assert set(ROLES) == set(admins.ROLES)


async def test_a_one_time_password_opens_only_the_page_that_replaces_it(bea: Visitor) -> None:
    await bea.logs_in("bea")
    assert bea.path == "/console/password"
    await bea.opens("/replies")
    assert bea.path == "/console/password"
    await bea.sends("/password", old=PASSWORD, new="short", again="short")
    assert bea.status == 422
    assert "10 characters" in bea.page
    await bea.sends("/password", old=PASSWORD, new=OWN, again=OWN)
    assert bea.path == "/console/start"
    await bea.sends("/logout")
    await bea.logs_in("bea")
    assert bea.path == "/console/login"
    await bea.logs_in("bea", OWN)
    assert bea.path == "/console/start"


async def test_a_session_that_was_ended_elsewhere_is_over_at_once(bea: Visitor, shop: Shop) -> None:
    await bea.logs_in("bea")
    async with shop.database.connection() as conn:
        found = await admins.named(conn, username="bea")
        assert await sessions.end_all(conn, admin_id=found.id) == 1
    await bea.sends("/password", old=PASSWORD, new=OWN, again=OWN)
    assert bea.path == "/console/login" or bea.status in (401, 403)
    async with shop.database.connection() as conn:
        assert (await admins.named(conn, username="bea")).has_one_time_password, "nothing was changed"


async def test_an_account_that_is_switched_off_is_out_at_once(bea: Visitor, shop: Shop) -> None:
    await bea.logs_in("bea")
    async with shop.database.connection() as conn:
        await conn.run("UPDATE admin_users SET is_active = FALSE WHERE username = 'bea'")
    await bea.opens("/password")
    assert bea.path == "/console/login"


async def test_the_login_goes_on_only_to_pages_of_the_console(bea: Visitor) -> None:
    await bea.opens("/login")
    await bea.sends("/login", username="bea", password=PASSWORD, next="https://evil.example/console/")
    assert bea.path == "/console/password"


async def test_five_guesses_on_a_name_are_the_most_even_at_once(database: Database) -> None:
    async with database.connection() as conn:
        allowed = [await audit.may_try(conn, username="Nena ", network="192.0.2.1") for _ in range(8)]
        assert allowed == [True] * audit.ATTEMPTS_ON_NAME + [False] * 3
        assert not await audit.may_try(conn, username="nena", network="192.0.2.1")
        assert await audit.may_try(conn, username="nena", network="192.0.2.2")


@pytest.mark.parametrize("password", ["short", "x" * 73, "aaaaaaaaaaaa", "password123", "AlingNena1!", "1234567890"])
def test_passwords_that_are_tried_first_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        passwords.refuse_weak(password, not_like=("alingnena",))


async def test_two_accounts_cannot_have_one_name(database: Database) -> None:
    async with database.connection() as conn:
        await account(conn, username="nena")
        with pytest.raises(AccountRefused) as refused:
            await admins.create(conn, username="nena", email="other@example.com", password=PASSWORD, rounds=4)
        assert refused.value.field == "username"


async def test_the_demos_merchant_gets_new_passwords_until_they_choose(database: Database, shop: Shop) -> None:
    settings: Settings = shop.stage.parts.settings
    first, second = await merchant(settings, "nena"), await merchant(settings, "nena")
    assert first.password
    assert first.password != second.password
    async with database.transaction() as conn:
        stored = await admins.account(conn, username="nena")
        assert stored is not None
        assert not await passwords.matches(first.password, stored.password_hash)
        assert await passwords.matches(second.password, stored.password_hash)
        nena = await admins.named(conn, username="nena")
        assert nena.role == "super_admin"
        await admins.set_password(conn, admin=nena, password=OWN, rounds=4)
    assert (await merchant(settings, "nena")).password == ""
