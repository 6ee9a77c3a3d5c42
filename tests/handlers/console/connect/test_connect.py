"""Connecting a page: each step asks Facebook, says what came back, and what it found is used at once."""

import asyncio
import html
from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest
from aiohttp import web

from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.subscriptions import FIELDS
from bot.run.app import application
from bot.run.parts import Parts, running
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.stage import Stage
from handlers.outbound import page
from repository.database.connection import Database
from tests.conftest import empty
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor
from tests.support.accounts import account
from tests.support.waiting import PATIENCE, comes

SECRETS = ("connection_steps", "shop_settings", "reply_versions", "console_audit", "console_sessions")


@pytest.fixture
async def facebook() -> AsyncIterator[Emulator]:
    """Facebook, with a page that no shop is connected with."""
    emulator = Emulator(page_name="Tindahan ni Nena", app_id="900800700600500")
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.fixture
async def other(schema: DatabaseSettings, database: Database, facebook: Emulator) -> AsyncIterator[Parts]:
    """Another process of the shop, which nobody tells anything."""
    await empty(database)
    async with running(_settings(schema, facebook), with_workers=False, shared=True) as parts:
        yield parts
    await empty(database)  # a shop that starts before its test empties the database would take this page for its own


@pytest.fixture
async def nena(other: Parts, schema: DatabaseSettings, facebook: Emulator) -> AsyncIterator[Visitor]:
    """The owner's browser, at a shop that was started without a page."""
    async with other.database.transaction() as conn:
        await account(conn, username="nena", role="super_admin")
    async with running(_settings(schema, facebook), with_workers=False, shared=True) as parts:
        runner = web.AppRunner(application(parts), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            stage = Stage(facebook, parts, f"http://127.0.0.1:{runner.addresses[0][1]}")
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
                visitor = Visitor(Shop(stage, parts.database), http)
                await visitor.logs_in()
                yield visitor
        finally:
            await runner.cleanup()


def _settings(schema: DatabaseSettings, facebook: Emulator) -> Settings:
    return Settings(database=schema, port=0, secret_key="a secret for tests", graph_api_url=facebook.base_url)


async def does(nena: Visitor, step: str, **typed: str) -> str:
    """Do a step; what the page says of it then."""
    await nena.opens("/connect")
    page = html.unescape(await nena.sends(f"/connect/{step}", **typed))
    assert nena.status == 200, page
    return page


async def test_a_page_is_connected_step_by_step_and_used_by_every_process(
    nena: Visitor, facebook: Emulator, other: Parts
) -> None:
    app, here = facebook.app, nena.base.removesuffix("/console")
    assert "Comes after the steps above" in await nena.opens("/connect")
    assert "This shop answered after" in await does(nena, "address", address=f"{here}/webhook")
    page = await does(nena, "app", app_id=app.app_id, app_secret=app.app_secret)
    assert f"The app is “{app.app_name}”, and the secret is its own." in page
    assert "The page is “Tindahan ni Nena”. Its token does not end." in await does(nena, "token", token=app.user_token)
    assert "asked" in await does(nena, "webhook")
    assert facebook.facebook.callback == f"{here}/webhook"
    for pasted in (f"{here}/privacy", f"{here}/deletion"):
        assert f"<code>{pasted}</code>" in await nena.opens("/connect"), "Facebook's dashboard asks for it"
    assert f"The page tells this app all {len(FIELDS)} fields." in await does(nena, "fields")
    assert set(facebook.facebook.subscribed) == set(FIELDS)
    assert "The greeting, Get Started, the menu and the questions are as this shop has them." in await does(
        nena, "profile"
    )
    assert "It was already as this shop has it." in await does(nena, "profile")

    async def is_used() -> bool:
        return other.graph is not None and other.shop.settings.page_access_token == app.page_token

    async def came_round() -> bool:
        return "Facebook took our answer" in await nena.opens("/connect")

    await comes(is_used, "the other process uses the page")
    assert other.shop.settings.app_id == app.app_id
    await does(nena, "trip")
    await Shopper(facebook, "Ana Cruz").says("hello", answered=False)
    await comes(came_round, "the first message is answered")
    async with other.database.connection() as conn:
        rows = repr([(await conn.run(f"SELECT * FROM {table}")).rows for table in SECRETS])
    page = await nena.opens("/connect")
    verify_token = other.shop.settings.verify_token
    for secret in (app.app_secret, app.page_token, app.user_token, verify_token):
        assert secret not in rows
        assert secret not in page


@pytest.mark.parametrize(
    ("app_id", "secret", "told"),
    [
        ("900800700600500", "0" * 32, "Copy the secret of this very app again"),
        ("123456789012345", "0" * 32, "The App ID is not one of Facebook's"),
        ("900800700600500", "EAAB" + "x" * 100, "That is a token, not the app's secret"),
    ],
)
async def test_a_wrong_app_or_secret_is_told_apart_and_not_kept(
    nena: Visitor, other: Parts, app_id: str, secret: str, told: str
) -> None:
    assert told in await does(nena, "app", app_id=app_id, app_secret=secret)
    assert await other.database.retry(lambda conn: conn.value("SELECT COUNT(*) FROM shop_settings")) == 0


async def test_what_is_wrong_with_a_token_is_said(nena: Visitor, facebook: Emulator) -> None:
    app = facebook.app
    assert "First: app and its secret." in await does(nena, "token", token=app.user_token)
    await does(nena, "app", app_id=app.app_id, app_secret=app.app_secret)
    assert "Facebook says that it is no token, or that it has ended." in await does(nena, "token", token="EAAgone")
    assert "That is the app's own token." in await does(nena, "token", token=app.app_token)
    facebook.facebook.dead_person = 463
    assert "it has ended" in await does(nena, "token", token=app.user_token)
    facebook.facebook.dead_person = None
    facebook.facebook.scopes = ("pages_messaging", "pages_show_list")
    assert "grant pages_manage_metadata" in await does(nena, "token", token=app.user_token)
    facebook.facebook.scopes = ("pages_messaging", "pages_manage_metadata")
    assert "tick your page, and grant pages_show_list" in await does(nena, "token", token=app.user_token)


async def test_a_dead_token_is_shown_everywhere_and_what_waits_goes_within_seconds_of_its_renewal(
    nena: Visitor, facebook: Emulator, other: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "STOPPED_PAUSE", 600.0)  # so that nothing goes by itself
    app, here = facebook.app, nena.base.removesuffix("/console")
    await does(nena, "address", address=f"{here}/webhook")
    await does(nena, "app", app_id=app.app_id, app_secret=app.app_secret)
    await does(nena, "token", token=app.user_token)
    await does(nena, "webhook")
    ana = Shopper(facebook, "Ana Cruz")
    facebook.facebook.dead_token = 463
    await ana.says("hello", answered=False)

    async def is_shown() -> bool:
        return "Facebook no longer accepts its token" in await nena.opens("/start")

    async def is_over() -> bool:
        return "The page cannot send" not in await nena.opens("/start")

    await comes(is_shown, "the console says that the page cannot send")
    assert "1 message waits" in nena.page
    assert "held: the page cannot send" in await nena.opens("/queues?queue=messages")
    facebook.facebook.dead_token = None
    facebook.facebook.app = msgspec.structs.replace(app, page_token="EAAB" + "y" * 60)
    assert "The page is" in await does(nena, "token", token=app.user_token)
    async with asyncio.timeout(PATIENCE):
        while not ana.person.sent:
            await ana.person.changes()
    await comes(is_over, "the console says that it can")
