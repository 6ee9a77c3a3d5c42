"""The sub-commands as a person runs them: what they print, and how they end when something is missing or wrong."""

import asyncio
import os
import subprocess
from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.emulator.emulator import Emulator
from repository.database.connection import Database
from repository.staff import admins
from tests.support.programs.started import run

ROOT = Path(__file__).resolve().parents[3]
FINE, FOUND_WRONG, WRONG_USE, MISSING = 0, 1, 2, 69
OURS = ("DB_", "FILES_", "TEST_DB_", "PAGE_", "APP_", "VERIFY_", "SECRET_", "GRAPH_", "SHOP_")

Done = subprocess.CompletedProcess[str]


def runs(folder: Path, *arguments: str, answers: str = "", **settings: str) -> Done:
    """What `quicksell` does with these arguments, in a folder without a `.env`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment = {**kept, "PYTHONPATH": str(ROOT), **settings}
    return run(arguments, folder=folder, environment=environment, answers=answers)


def account(settings: DatabaseSettings) -> dict[str, str]:
    """The settings that lead to a database."""
    where = {"DB_SOCKET": settings.socket} if settings.socket else {"DB_HOST": settings.host}
    name, user, password = settings.name, settings.user, settings.password
    return {**where, "DB_PORT": str(settings.port), "DB_NAME": name, "DB_USER": user, "DB_PASSWORD": password}


def test_without_anything_it_says_what_there_is(tmp_path: Path) -> None:
    done = runs(tmp_path)
    for command in ("admin", "bench", "db", "demo", "diagram", "emulate", "profile", "replay", "serve", "test", "work"):
        assert f"\n  {command} " in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("sell",), ("serve", "--fast"), ("demo", "--port", "70000"), ("db",)])
def test_what_it_does_not_know_is_wrong_use(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = runs(tmp_path, *arguments)
    assert done.returncode == WRONG_USE
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_server_names_everything_that_is_missing(tmp_path: Path, command: str) -> None:
    done = runs(tmp_path, command)
    assert done.returncode == MISSING
    assert "DB_USER" in done.stderr
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_read_is_named_with_its_value(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=eighty\n")
    done = runs(tmp_path, "serve")
    assert done.returncode in (FOUND_WRONG, MISSING)
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr


async def test_an_account_is_made_and_its_password_works_once(
    tmp_path: Path, schema: DatabaseSettings, database: Database
) -> None:
    known = {**account(schema), "SECRET_KEY": "a secret for the tests"}
    create = ("admin", "create", "--username", "nena", "--email", "nena@example.com")
    done = await asyncio.to_thread(runs, tmp_path, *create, **known)
    assert done.returncode == FINE, done.stderr
    assert "nena can log in at /console/." in done.stdout
    assert "One-time password: " in done.stdout
    async with database.connection() as conn:
        assert (await admins.named(conn, username="nena")).has_one_time_password

    again = await asyncio.to_thread(runs, tmp_path, *create, **known)
    assert again.returncode == FOUND_WRONG
    assert again.stderr == "quicksell: --username: Somebody has that already.\n"

    chosen = "mga bulaklak sa bakuran"
    answers = f"{chosen}\n{chosen}\n"
    changed = await asyncio.to_thread(
        runs, tmp_path, "admin", "password", "nena", "--ask-password", answers=answers, **known
    )
    assert changed.returncode == FINE, changed.stderr
    assert chosen not in changed.stdout + changed.stderr
    async with database.connection() as conn:
        assert not (await admins.named(conn, username="nena")).has_one_time_password

    nobody = await asyncio.to_thread(runs, tmp_path, "admin", "password", "bongbong", **known)
    assert nobody.returncode == FOUND_WRONG
    assert "There is no account named bongbong." in nobody.stderr


def test_accounts_need_a_database_that_answers(tmp_path: Path) -> None:
    known = {"DB_USER": "nobody", "DB_SOCKET": str(tmp_path / "none.sock"), "SECRET_KEY": "a secret for the tests"}
    done = runs(tmp_path, "admin", "password", "nena", **known)
    assert done.returncode in (FOUND_WRONG, MISSING)
    assert "database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_refuses_is_told_apart_from_one_that_is_silent(
    tmp_path: Path, administrator: DatabaseSettings
) -> None:
    known = {**account(administrator), "SECRET_KEY": "a secret for the tests"}
    for wrong in ({"DB_PASSWORD": "wrong"}, {"DB_NAME": "nothing_here"}):
        done = runs(tmp_path, "admin", "password", "nena", **{**known, **wrong})
        assert done.returncode == FOUND_WRONG
        assert "The database refuses: " in done.stderr
        assert "`./quicksell db init` first" in done.stderr


async def test_the_profile_is_pushed_and_shown(tmp_path: Path, schema: DatabaseSettings, database: Database) -> None:
    emulator = Emulator()
    url = await emulator.start()
    try:
        known = {"PAGE_ACCESS_TOKEN": emulator.app.page_token, "GRAPH_API_URL": url, "SHOP_NAME": "Tindahan"}
        pushed = await asyncio.to_thread(runs, tmp_path, "profile", "push", **known)
        assert pushed.returncode == FINE, pushed.stderr
        shown = await asyncio.to_thread(runs, tmp_path, "profile", "show", **known)
        for part in ("get_started", "greeting", "persistent_menu", "Tindahan"):
            assert part in shown.stdout
        async with database.connection() as conn:
            await conn.run(
                "INSERT INTO reply_words (name, language, words) VALUES ('profile.menu_shop', 'en', 'See my wares')"
            )
        await asyncio.to_thread(runs, tmp_path, "profile", "push", **known, **account(schema))
        shown = await asyncio.to_thread(runs, tmp_path, "profile", "show", **known)
        assert "See my wares" in shown.stdout
        refused = await asyncio.to_thread(
            runs, tmp_path, "profile", "push", **{**known, "PAGE_ACCESS_TOKEN": "an old one"}
        )
        assert refused.returncode == FOUND_WRONG
        assert "Facebook answered: " in refused.stderr
        assert "an old one" not in refused.stdout + refused.stderr
    finally:
        await emulator.stop()


def test_the_profile_needs_a_token(tmp_path: Path) -> None:
    done = runs(tmp_path, "profile", "push")
    assert done.returncode == MISSING
    assert "PAGE_ACCESS_TOKEN" in done.stderr


def test_the_diagram_shows_the_dialogs(tmp_path: Path) -> None:
    done = runs(tmp_path, "diagram")
    assert done.returncode == FINE
    assert done.stdout.startswith("flowchart LR\n")
    assert "subgraph checkout" in done.stdout


def test_emulating_beside_a_real_page_is_refused(tmp_path: Path) -> None:
    done = runs(tmp_path, "emulate", "--port", "0", PAGE_ACCESS_TOKEN="EAAreal")
    assert done.returncode == FOUND_WRONG
    assert "--with-real-token" in done.stderr
