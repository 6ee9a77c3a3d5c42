"""MariaDB is found, or named as missing with the line that installs it."""

from pathlib import Path

import pytest

from bot.workshop.database.errors import ServerFailed, ServerMissing
from bot.workshop.database.programs import find, find_programs, release, version_of


def test_both_programs_are_found_where_a_login_users_path_does_not_lead() -> None:
    programs = find_programs()
    assert programs.server.name in {"mariadbd", "mysqld"}
    assert programs.creator.exists()


def test_what_is_missing_is_named_with_the_one_line_that_installs_it(tmp_path: Path) -> None:
    with pytest.raises(ServerMissing) as refusal:
        find_programs(path=str(tmp_path))
    assert refusal.value.programs == ("mariadbd", "mariadb-install-db", "my_print_defaults")
    assert str(refusal.value) == (
        "mariadbd, mariadb-install-db and my_print_defaults not found. "
        "Run: apt-get install -y --no-install-recommends mariadb-server-core mariadb-client-core"
    )


def test_only_the_missing_one_is_named(tmp_path: Path) -> None:
    _program(tmp_path / "mariadbd", "")
    with pytest.raises(ServerMissing) as refusal:
        find_programs(path=str(tmp_path))
    assert refusal.value.programs == ("mariadb-install-db", "my_print_defaults")


def test_the_older_name_will_do(tmp_path: Path) -> None:
    _program(tmp_path / "mysqld", "")
    assert find("mariadbd", "mysqld", path=str(tmp_path)) == tmp_path / "mysqld"


def test_the_installed_server_says_its_release() -> None:
    assert release(version_of(find_programs().server)) >= (10, 6)


def test_mysqls_program_of_the_same_name_is_refused(tmp_path: Path) -> None:
    mysqld = _program(
        tmp_path / "mysqld", "echo 'mysqld  Ver 8.4.3 for Linux on x86_64 (MySQL Community Server - GPL)'"
    )
    with pytest.raises(ServerFailed, match=r"is no MariaDB: it says 'mysqld  Ver 8\.4\.3"):
        version_of(mysqld)


@pytest.mark.parametrize(
    ("version", "expected"), [("10.11.19-MariaDB-0+deb12u1", (10, 11)), ("11.8.3-MariaDB", (11, 8)), ("12.0", (12, 0))]
)
def test_a_release_is_the_first_two_numbers(version: str, expected: tuple[int, int]) -> None:
    assert release(version) == expected


def _program(file: Path, body: str) -> Path:
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file
