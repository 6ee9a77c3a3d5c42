"""The accounts of a private server: made once, kept where only their owner can read them, set at every start."""

import os
from pathlib import Path

import msgspec

from bot.base import clock

BOT_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may log in, from this machine only."""

    user: str
    password: str


class Accounts(msgspec.Struct, frozen=True, kw_only=True):
    """Who may log in to a private server."""

    bot: Account
    """For the shop: its rows and procedures, nothing else."""

    admin: Account
    """For schema work: everything."""


def keep_accounts(file: Path) -> Accounts:
    """The accounts in a file, which is made with new random passwords where it is missing.

    Args:
        file: Where they are kept. The caller holds the server's lock.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Accounts)
    except FileNotFoundError:
        pass
    accounts = Accounts(
        bot=Account(user="quicksell", password=clock.token(24)),
        admin=Account(user="quicksell_admin", password=clock.token(24)),
    )
    write_private(file, msgspec.json.encode(accounts))
    return accounts


def write_private(file: Path, content: bytes) -> None:
    """Write a file that nobody else can read at any moment; whole or not at all."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(file)


def statements(accounts: Accounts, database: str) -> str:
    """The SQL that gives a server these accounts, whatever it had before; a statement a line, as `--init-file` wants.

    Args:
        accounts: Who may log in.
        database: Whose rows the bot may read and change; `%` at its end stands for any ending.
    """
    pattern = database.replace("\\", "\\\\").replace("_", "\\_").replace("`", "``")
    lines = ["DROP USER IF EXISTS ''@'localhost'"]
    for account in (accounts.bot, accounts.admin):
        name = f"'{account.user}'@'localhost'"
        lines += [
            f"CREATE USER IF NOT EXISTS {name}",
            f"ALTER USER {name} IDENTIFIED VIA mysql_native_password USING PASSWORD('{account.password}')",
        ]
    lines += [
        f"GRANT {', '.join(BOT_RIGHTS)} ON `{pattern}`.* TO '{accounts.bot.user}'@'localhost'",
        f"GRANT ALL PRIVILEGES ON *.* TO '{accounts.admin.user}'@'localhost' WITH GRANT OPTION",
    ]
    return "".join(f"{line};\n" for line in lines)
