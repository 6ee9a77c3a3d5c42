"""Somebody at a terminal who runs `db` sub-commands on a database of their own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.base import clock
from bot.base.settings import DatabaseSettings
from tests.sql.prompt import Prompt
from tests.support.programs.started import run

ROOT = Path(__file__).resolve().parents[2]
DONE, WRONG, WRONG_USE, MISSING = 0, 1, 2, 69


class Person:
    """An account that may do everything, the bot's beside it, and a folder to work in."""

    def __init__(self, account: DatabaseSettings, folder: Path) -> None:
        """Nothing is made yet.

        Args:
            account: Which server, and whose.
            folder: Where the person works.
        """
        self.database = f"quicksell_db_{clock.suffix(8).lower()}"
        self.bot = f"bot_{clock.suffix(8).lower()}"
        self.folder = folder
        self.account = account
        where = {"DB_SOCKET": account.socket} if account.socket else {"DB_HOST": account.host}
        self._settings = {
            **where,
            "DB_PORT": str(account.port),
            "DB_USER": self.bot,
            "DB_PASSWORD": "a password",
            "DB_ADMIN_USER": account.user,
            "DB_ADMIN_PASSWORD": account.password,
        }

    def starts(
        self, *arguments: str, database: str = "", before: tuple[str, ...] = (), **settings: str
    ) -> "subprocess.Popen[str]":
        """`quicksell db`, running.

        Args:
            arguments: Behind `db`.
            database: Another one than the person's own.
            before: What stands before the program.
            settings: Others than the person's own; empty for none.
        """
        return subprocess.Popen(
            [*before, sys.executable, "-m", "bot", "db", *arguments],
            cwd=self.folder,
            env=self._environment(database, settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def runs(
        self, *arguments: str, database: str = "", before: tuple[str, ...] = (), **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        """What `quicksell db` says to these arguments."""
        if not before:
            return run(("db", *arguments), folder=self.folder, environment=self._environment(database, settings))
        process = self.starts(*arguments, database=database, before=before, **settings)
        said, beside = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, said, beside)

    def _environment(self, database: str, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DB_", "TEST_DB_"))}
        chosen = {"DB_NAME": database or self.database, "PYTHONPATH": str(ROOT)}
        return {**kept, **self._settings, **chosen, **settings}

    def prompt(self) -> Prompt:
        """A prompt of the account that may do everything, in the person's database."""
        return Prompt(self.account, name=self.database)

    def clean_up(self, *more: str) -> None:
        """Drop what the person has made.

        Args:
            more: Further databases.
        """
        root = Prompt(self.account, name="information_schema")
        for name in (self.database, *more):
            root.run(f"DROP DATABASE IF EXISTS {name}")
        root.run(f"DROP USER IF EXISTS '{self.bot}'@'localhost', '{self.bot}'@'%'")
        root.close()
