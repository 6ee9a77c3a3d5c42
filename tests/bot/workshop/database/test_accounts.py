"""Passwords are made once and kept from others."""

import stat
from pathlib import Path

from bot.workshop.database.accounts import keep_accounts, statements


def test_accounts_are_made_once(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    assert keep_accounts(file) == keep_accounts(file)


def test_only_their_owner_can_read_them(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    keep_accounts(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_two_servers_share_a_password(tmp_path: Path) -> None:
    one, other = keep_accounts(tmp_path / "one.json"), keep_accounts(tmp_path / "other.json")
    passwords = {one.bot.password, one.admin.password, other.bot.password, other.admin.password}
    assert len(passwords) == 4
    assert min(map(len, passwords)) >= 32


def test_rights_are_for_the_named_database_alone(tmp_path: Path) -> None:
    sql = statements(keep_accounts(tmp_path / "accounts.json"), "quicksell_chatbot")
    assert r"GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON `quicksell\_chatbot`.* TO 'quicksell'@'localhost';" in sql
