"""Each fault that somebody put in is named, with the one thing to do; following it puts the light out."""

import socket
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.commands.doctor import lines, redacted
from bot.messenger.answers import TokenState
from bot.messenger.subscriptions import FIELDS, NICE_SCOPES, SCOPES
from bot.workshop.emulator.emulator import Emulator
from handlers.doctor import machine
from handlers.doctor.examining import GROUPS, examine
from handlers.doctor.facebook import judge_token
from handlers.doctor.looks import Look
from handlers.doctor.mending import mend
from repository.database.connection import Database
from tests.support import factory
from tests.support.keeper import Keeper

APP = "900800700600500"


@pytest.fixture
async def facebook() -> AsyncIterator[Emulator]:
    """Facebook with a page that nobody has subscribed yet."""
    emulator = Emulator(app_id=APP)
    await emulator.start()
    yield emulator
    await emulator.stop()


@pytest.fixture
def settings(schema: DatabaseSettings, database: Database, facebook: Emulator) -> Settings:
    """A shop's settings, with an empty database and a page."""
    assert database.settings == schema
    app = facebook.app
    return Settings(
        database=schema,
        port=0,
        page_access_token=app.page_token,
        app_secret=app.app_secret,
        app_id=app.app_id,
        page_id=app.page_id,
        verify_token=app.verify_token,
        graph_api_url=facebook.base_url,
        secret_key="s" * 32,
        files_key="00" * 32,
    )


def wrong(looks: list[Look]) -> Mapping[str, Look]:
    """What is not good, by what was looked at."""
    return {look.what: look for look in looks if look.light in ("broken", "warning")}


async def test_an_empty_shop_is_told_what_it_lacks_and_its_page_that_it_hears_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    looks = await examine(settings, tmp_path)
    assert list(dict.fromkeys(look.group for look in looks)) == [
        one for one in GROUPS if one in {x.group for x in looks}
    ]
    found = wrong(looks)
    assert found["Products"].found == "none is on sale"
    assert "shipping zone" in found["Shipping"].what_to_do
    assert found["Payment accounts"].found == "none for GCash"
    assert found["Subscription"].found == "the page is not subscribed: Facebook sends nothing"
    assert all(look.what_to_do for look in looks if look.light in ("broken", "warning"))
    assert not any(secret in str(looks) for secret in (settings.page_access_token, settings.app_secret))

    mended = await mend(settings, tmp_path, looks)
    assert mended == [
        f"The page sends this app all {len(FIELDS)} fields now.",
        "The greeting, Get Started, the menu and the questions are set.",
    ]
    after = wrong(await examine(settings, tmp_path))
    assert "Subscription" not in after
    assert "Messenger profile" not in after


async def test_products_without_price_or_picture_are_counted(
    settings: Settings, tmp_path: Path, keeper: Keeper
) -> None:
    await keeper.make(factory.product("Mug", columns={"base_price": 0}))
    await keeper.make(factory.product("Cup"))
    found = wrong(await examine(settings, tmp_path))
    assert found["Prices"].found == "1 of them cost nothing"
    assert found["Pictures"].found == "2 of them without one"


async def test_what_waits_or_was_given_up_is_seen(settings: Settings, tmp_path: Path, database: Database) -> None:
    async with database.connection() as conn:
        await conn.run(
            "INSERT INTO chat_logs (user_id, turn_status, created_at) VALUES"
            " ('1', 'buried', NOW()), ('2', 'received', NOW() - INTERVAL 3 HOUR)"
        )
    found = wrong(await examine(settings, tmp_path))
    assert found["Queue: From shoppers"].found == "stuck: 1"
    assert found["Shoppers' messages"].found == "the oldest has waited 3 h"
    assert found["Servers and workers"].what_to_do.startswith("Start `./quicksell serve`")


async def test_a_dead_token_and_a_wrong_secret_are_told_apart(
    settings: Settings, tmp_path: Path, facebook: Emulator
) -> None:
    dead = wrong(await examine(replace(settings, page_access_token="gone"), tmp_path))
    assert dead["Token"].found == "it is dead"
    assert "App" not in dead
    secret = wrong(await examine(replace(settings, app_secret="another app's"), tmp_path))
    assert (
        secret["App"].what_to_do
        == "Compare APP_ID and APP_SECRET with the app's page, or connect the app anew in the console."
    )


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (TokenState(is_valid=True, type="USER", app_id=APP), "it is a token of a person"),
        (TokenState(is_valid=True, type="APP", app_id=APP), "it is the app's own token"),
        (TokenState(is_valid=True, type="PAGE", app_id="1"), "it belongs to another app"),
        (TokenState(is_valid=True, type="PAGE", app_id=APP, scopes=("pages_messaging",)), "it lacks pages_manage"),
    ],
)
def test_a_token_of_the_wrong_kind_is_named_in_words(state: TokenState, found: str) -> None:
    (look, *_) = judge_token(state, APP, clock.now())
    assert look.light == "broken"
    assert look.found.startswith(found)


def test_a_token_that_dies_within_two_weeks_is_told_before() -> None:
    soon = int((clock.now() + timedelta(days=13)).timestamp())
    state = TokenState(is_valid=True, type="PAGE", app_id=APP, scopes=SCOPES, expires_at=soon)
    looks = {look.what: look.light for look in judge_token(state, APP, clock.now())}
    assert looks == {
        "Token": "good",
        **{f"Permission {scope}": "warning" for scope in NICE_SCOPES},
        "Until when the token works": "warning",
    }


async def test_a_port_that_a_stranger_has_is_not_ours(settings: Settings, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = int(stranger.getsockname()[1])
        looks = await examine(replace(settings, port=port), tmp_path)
    found = wrong(looks)[f"127.0.0.1:{port}"]
    assert found.found == "something else answers there"
    assert f"sport = :{port}" in found.what_to_do


@pytest.mark.parametrize("version", ["v20.0", "v1.0"])
async def test_a_version_that_is_over_is_named(settings: Settings, tmp_path: Path, version: str) -> None:
    found = wrong(await examine(replace(settings, graph_api_version=version, app_id=""), tmp_path))
    assert found["Graph API version"].found == f"{version} is over"


async def test_a_clock_that_is_wrong_is_seen(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = clock.now
    monkeypatch.setattr(clock, "now", lambda: true() + timedelta(minutes=3))
    found = wrong(await examine(settings, tmp_path))["Clock"]
    assert found.found.endswith(" s apart from this machine's")
    assert int(found.found.split()[0]) in range(175, 186)


@pytest.mark.parametrize(("url", "what"), [("http://shop.example", "PUBLIC_URL"), ("https://127.0.0.1:9", "Address")])
async def test_an_address_that_facebook_cannot_use_is_named(
    settings: Settings, tmp_path: Path, url: str, what: str
) -> None:
    assert wrong(await examine(replace(settings, public_url=url), tmp_path))[what].light == "broken"


def test_settings_that_others_can_read_are_closed_by_fix(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("PORT=8080\n")
    env.chmod(0o644)
    found = wrong(machine.look(Settings(secret_key="s" * 32, files_key="00" * 32), tmp_path))
    assert found["Who reads .env"].mend == "env"


async def test_nothing_set_at_all_is_told_without_a_failure(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("")
    (tmp_path / ".env").chmod(0o644)
    looks = await examine(Settings(port=0), tmp_path)
    assert wrong(looks)["Account"].what_to_do == "Set DB_USER and DB_PASSWORD in .env."
    assert await mend(Settings(), tmp_path, looks) == [".env can be read by its owner alone now."]
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0


def test_a_report_holds_no_address_and_no_name() -> None:
    settings = Settings(
        database=DatabaseSettings(host="db.nena.example", user="nena_bot"),
        public_url="https://nena.example",
        shop_name="Tindahan ni Nena",
    )
    look = Look(group="Database", what="Account", light="broken", found="nena_bot at db.nena.example is refused")
    text = redacted("\n".join(lines([look], [])), settings)
    assert "[DB_USER] at [DB_HOST] is refused" in text
    assert "nena" not in text.lower()
