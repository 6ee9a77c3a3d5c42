"""Data go forward to a newer release of the server, and never back."""

from pathlib import Path

import pytest

from bot.workshop.database.creation import version_file
from bot.workshop.database.errors import ServerFailed
from bot.workshop.database.private import PrivateServer
from tests.bot.workshop.database.client import ask


def _note(server: PrivateServer, version: str) -> Path:
    noted = version_file(server.folder / "data")
    assert noted is not None
    noted.write_text(version)
    return noted


def test_data_of_an_older_release_are_brought_up_to_date(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "our data", fast=True) as server:
        pass
    noted = _note(server, "10.6.0-MariaDB")
    with PrivateServer.start(tmp_path / "our data", fast=True) as again:
        assert ask(again, "SELECT 1") == [["1"]]
    assert not noted.read_text().startswith("10.6.")
    assert not (server.folder / "upgrade.cnf").exists()


def test_data_of_a_newer_release_are_refused(tmp_path: Path) -> None:
    with PrivateServer.start(tmp_path / "database", fast=True) as server:
        pass
    _note(server, "99.1.2-MariaDB")
    with pytest.raises(ServerFailed, match=r"was used by MariaDB 99\.1\.2-MariaDB, and .* cannot read it any more"):
        PrivateServer.start(tmp_path / "database")


def test_a_folder_of_something_else_is_refused_untouched(tmp_path: Path) -> None:
    other = tmp_path / "database" / "data"
    other.mkdir(parents=True)
    (other / "letters.txt").write_text("mine")
    with pytest.raises(ServerFailed, match="is no data folder of MariaDB"):
        PrivateServer.start(tmp_path / "database")
    assert [file.name for file in other.iterdir()] == ["letters.txt"]
