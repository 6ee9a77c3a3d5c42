"""The database of a demo, for the commands that look into one."""

from pathlib import Path

import msgspec

from bot.base.exits import MISSING, WRONG_USE, Failure
from bot.base.settings import DatabaseSettings
from bot.workshop.database.accounts import Accounts
from bot.workshop.database.layout import prepare
from bot.workshop.database.private import DATABASE


def demo_database(data: Path) -> DatabaseSettings:
    """The database of a demo that runs, with the bot's account.

    Args:
        data: Where the demo keeps everything.

    Raises:
        Failure: There is no demo, or it does not run.
    """
    folder = data / "database"
    if not (folder / "accounts.json").exists():
        raise Failure(f"There is no demo in {data}. The line `Data` that a demo prints says where it is.", WRONG_USE)
    layout = prepare(folder)
    if not layout.socket.exists():
        raise Failure("That demo does not run. Start it, and try again meanwhile.", MISSING)
    bot = msgspec.json.decode(layout.accounts.read_bytes(), type=Accounts).bot
    return DatabaseSettings(socket=str(layout.socket), user=bot.user, password=bot.password, name=DATABASE)
