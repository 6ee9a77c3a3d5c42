"""`./quicksell` sets up what is missing, once, and hands over."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.bot.commands.small_project import ROOT, SmallProject
from tests.bot.workshop.database.holding import as_ordinary_user

DEBIAN = ("sh", "env", "cat", "cksum", "readlink", "dirname", "id", "apt-get")
MARIADB = ("mariadb", "mariadb-install-db", "my_print_defaults", "mariadb-dump")
SET_UP = "['small_build 1', 'small_run 1']"
RAN = 7
MISSING = 69

pytestmark = pytest.mark.xdist_group("entry")


def finish(process: "subprocess.Popen[str]") -> tuple[int, list[str], str]:
    """The exit code, the lines of its output and what it said beside them."""
    out, said = process.communicate(timeout=120)
    return process.returncode, out.splitlines(), said


@pytest.fixture(scope="module")
def ready() -> Iterator[SmallProject]:
    """A project that has been set up to run, that no test changes, and that other accounts may enter."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        project = SmallProject(Path(name))
        code, out, said = finish(project.start("serve", "--name", "a b", "*"))
        assert (code, out[0]) == (RAN, "['serve', '--name', 'a b', '*']"), said
        assert out[2] == SET_UP
        assert said.startswith("quicksell: Setting up .venv, the first time only;")
        yield project


def test_a_repeat_run_needs_no_network_and_says_nothing(ready: SmallProject, tmp_path: Path) -> None:
    heard = finish(ready.start("serve", PIP_FIND_LINKS=str(tmp_path)))
    assert heard == (RAN, ["['serve']", str(ready.folder), SET_UP], "")


def test_it_runs_from_anywhere_and_stays_there(ready: SmallProject, tmp_path: Path) -> None:
    assert finish(ready.start("db", cwd=tmp_path)) == (RAN, ["['db']", str(tmp_path), SET_UP], "")


@pytest.mark.parametrize("relative", [False, True])
def test_it_runs_through_links(ready: SmallProject, tmp_path: Path, relative: bool) -> None:
    (tmp_path / "first").symlink_to(os.path.relpath(ready.script, tmp_path) if relative else ready.script)
    (tmp_path / "second").symlink_to("first")
    assert finish(ready.start("db", script=tmp_path / "second")) == (RAN, ["['db']", str(ready.folder), SET_UP], "")


def test_it_runs_by_its_name_alone(ready: SmallProject) -> None:
    path = f"{ready.folder}:{os.environ['PATH']}"
    assert finish(ready.start(script=Path("quicksell"), before=("/usr/bin/env",), PATH=path))[0] == RAN


def test_an_ordinary_user_may_use_what_root_has_set_up(ready: SmallProject) -> None:
    heard = finish(ready.start("serve", before=as_ordinary_user()))
    assert heard == (RAN, ["['serve']", str(ready.folder), SET_UP], "")


def test_without_rights_the_line_that_installs_is_shown(ready: SmallProject, bare: Path) -> None:
    code, out, said = finish(ready.start("test", before=as_ordinary_user(), PATH=str(bare)))
    assert (code, out) == (MISSING, [])
    assert said == (
        "quicksell: System packages are missing. Run this as root, then try again: "
        "apt-get install -y --no-remove --no-install-recommends chromium fonts-noto-color-emoji\n"
    )


def test_other_sub_commands_need_no_system_packages(ready: SmallProject, bare: Path) -> None:
    assert finish(ready.start("serve", PATH=str(bare)))[0] == RAN


def test_only_a_backup_needs_the_dump_tool(ready: SmallProject, bare: Path) -> None:
    (bare / "mariadb-dump").unlink()
    assert finish(ready.start("db", "restore", "backup", PATH=str(bare)))[0] == RAN
    code, out, said = finish(ready.start("db", "backup", "a b.sql", before=as_ordinary_user(), PATH=str(bare)))
    assert (code, out) == (MISSING, [])
    assert said == (
        "quicksell: System packages are missing. Run this as root, then try again: "
        "apt-get install -y --no-remove --no-install-recommends mariadb-client\n"
    )
    (bare / "mysqldump").symlink_to("/bin/true")
    heard = finish(ready.start("db", "backup", "a b.sql", before=as_ordinary_user(), PATH=str(bare)))
    assert (heard[0], heard[1][0]) == (RAN, "['db', 'backup', 'a b.sql']")


def test_help_installs_nothing(tmp_path: Path) -> None:
    project = SmallProject(tmp_path)
    for arguments in (("--help",), ("test", "--help"), ("demo", "-h")):
        code, out, said = finish(project.start(*arguments))
        assert (code, said) == (0, "")
        assert "  ./quicksell demo      the whole shop on embedded parts" in out
        assert not any(line.startswith(("#", "set ", "MISSING")) for line in out)
    assert not (project.folder / ".venv").exists()


def test_a_program_that_is_there_says_itself_how_it_is_used(ready: SmallProject) -> None:
    assert finish(ready.start("test", "--help")) == (RAN, ["['test', '--help']", str(ready.folder), SET_UP], "")


def test_what_runs_from_it_is_never_emptied(ready: SmallProject) -> None:
    project = ready  # which is as it was in the end
    running = project.start("stay")
    assert running.stdout is not None
    assert running.stdout.readline() == "['stay']\n"
    (project.folder / ".venv" / "ready-to-run").unlink()  # as a set-up leaves it that was killed in the middle
    code, out, said = finish(project.start("serve"))
    assert (code, out) == (MISSING, [])
    assert f"runs as process {running.pid}: stop that, then try again." in said
    assert (project.folder / ".venv" / "bin" / "quicksell").exists()
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    assert finish(project.start("serve"))[0] == RAN


def test_a_checkouts_life(tmp_path: Path) -> None:
    project = SmallProject(tmp_path)

    # Killed while it sets up; then two at once, of which one sets up and the other waits.
    killed = project.start("test")
    while not (project.folder / ".venv" / "pyvenv.cfg").exists():
        assert killed.poll() is None
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    heard = [finish(each) for each in [project.start("test"), project.start("test")]]
    assert [(code, out[2]) for code, out, _ in heard] == [(RAN, "['small_build 1', 'small_run 1', 'small_test 1']")] * 2
    assert sum("Setting up .venv" in said for _, _, said in heard) == 1
    assert sum("Waiting for another quicksell" in said for _, _, said in heard) == 1

    # A changed lock is followed in place, once.
    project.lock("requirements.lock", small_run="2")
    code, out, said = finish(project.start("demo"))
    assert (code, out[2]) == (RAN, "['small_build 1', 'small_run 2', 'small_test 1']")
    assert "Bringing .venv up to date" in said
    assert finish(project.start("demo"))[2] == ""

    # A package other than the one that was locked is refused.
    project.lock("requirements.lock", small_run="3")
    (project.wheels / "small_run-3-py3-none-any.whl").write_bytes(
        (project.wheels / "small_run-2-py3-none-any.whl").read_bytes()
    )
    code, out, said = finish(project.start("serve"))
    assert (code, out) == (MISSING, [])
    assert "DO NOT MATCH THE HASHES" in said

    # What was left half done, and elsewhere, begins again.
    project.lock("requirements.lock", small_run="4")
    project.folder = project.folder.rename(tmp_path / "moved")
    code, out, said = finish(project.start("serve"))
    assert (code, out[1:]) == (RAN, [str(tmp_path / "moved"), "['small_build 1', 'small_run 4']"])
    assert "Setting up .venv" in said


@pytest.fixture
def bare() -> Iterator[Path]:
    """A folder for PATH with what every Debian has, MariaDB, and no more; other accounts may enter it."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        for tool in (*DEBIAN, *MARIADB):
            found = shutil.which(tool)
            assert found is not None, tool
            Path(name, tool).symlink_to(found)
        Path(name, "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
        yield Path(name)


@pytest.mark.parametrize("script", ["quicksell", ".ci/run"])
def test_scripts_may_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
