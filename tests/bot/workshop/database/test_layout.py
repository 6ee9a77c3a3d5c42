"""A server's files have their places, and its socket's path is never too long."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.workshop.database.errors import ServerFailed
from bot.workshop.database.layout import SOCKET_PATH_LIMIT, prepare


def test_a_new_folder_is_its_owners_alone_and_holds_the_socket() -> None:
    with TemporaryDirectory() as near:
        layout = prepare(Path(near) / "a shop" / "₱")
        assert stat.S_IMODE(layout.folder.stat().st_mode) == 0o700
        assert layout.socket.parent == layout.folder


def test_a_link_and_its_target_are_one_server() -> None:
    with TemporaryDirectory() as near:
        (Path(near) / "real").mkdir()
        (Path(near) / "link").symlink_to("real")
        assert prepare(Path(near) / "link") == prepare(Path(near) / "real")


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Path]:
    """A folder whose path is short enough in letters and too long in bytes; the short one made for it is removed."""
    folder = tmp_path / ("ñ" * 60)
    yield folder
    shutil.rmtree(prepare(folder).socket.parent, ignore_errors=True)


def test_a_long_path_gets_a_short_private_socket(far: Path) -> None:
    layout = prepare(far)
    assert layout.socket.parent != layout.folder
    assert len(os.fsencode(layout.socket)) <= SOCKET_PATH_LIMIT
    assert stat.S_IMODE(layout.socket.parent.stat().st_mode) == 0o700
    assert prepare(far).socket == layout.socket


def test_two_long_paths_do_not_share_a_socket(far: Path) -> None:
    other = prepare(far / "other").socket
    try:
        assert prepare(far).socket != other
    finally:
        other.parent.rmdir()


def test_a_short_folder_that_others_can_use_is_refused(far: Path) -> None:
    private = prepare(far).socket.parent
    private.chmod(0o755)
    with pytest.raises(ServerFailed, match="only this account can use"):
        prepare(far)
    private.chmod(0o700)


def test_a_link_laid_in_place_of_the_short_folder_is_refused(far: Path, tmp_path: Path) -> None:
    private = prepare(far).socket.parent
    private.rmdir()
    private.symlink_to(tmp_path)
    try:
        with pytest.raises(ServerFailed, match="only this account can use"):
            prepare(far)
    finally:
        private.unlink()


def test_a_folder_that_cannot_be_made_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServerFailed, match=r"file/database cannot be made: Not a directory"):
        prepare(tmp_path / "file" / "database")
