"""Conversations as another version of the program answers them: what stands in them then is what it says."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.base.exits import FOUND_WRONG, WRONG_USE, Failure

_PATIENCE = 3600  # seconds that the other version may take over everything


@contextmanager
def version(named: str) -> Iterator[Path]:
    """The folder of another version of the program, until the block is left.

    Args:
        named: A folder with one, or what Git calls it: a tag, a branch, a commit.

    Raises:
        Failure: It is neither.
    """
    folder = Path(named)
    if (folder / "bot" / "__main__.py").is_file():
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="quicksell-version-") as made:
        archive = Path(made) / "version.tar"
        with archive.open("wb") as file:
            done = _run(["git", "archive", "--format=tar", "--", named], Path.cwd(), stdout=file)
        if done.returncode:
            raise Failure(
                f"{named} is no folder with a QuickSell and nothing that Git knows here: name a folder, a tag or a"
                " commit.",
                WRONG_USE,
            )
        shutil.unpack_archive(archive, made, filter="data")
        yield Path(made)


def answered_by(program: Path, files: Sequence[Path], to: Path) -> list[Path]:
    """Copies of some conversations, with the answers of another version of the program in them.

    Args:
        program: The version's folder.
        files: Transcripts and recordings.
        to: An empty folder for the copies.

    Returns:
        The copies, in the order of the files.

    Raises:
        Failure: That version cannot do it; says why.
    """
    copies = [to / f"{number}" / file.name for number, file in enumerate(files)]
    for file, copy in zip(files, copies, strict=True):
        copy.parent.mkdir()
        shutil.copy(file, copy)
    for ending, more in ((".jsonl", ["--recorded"]), (".transcript", [])):
        wanted = [str(copy.resolve()) for copy in copies if copy.suffix == ending]
        if wanted:
            command = [sys.executable, "-m", "bot", "replay", "--accept", *more, *wanted]
            done = _run(command, program, stdout=subprocess.PIPE)
            if done.returncode not in (0, FOUND_WRONG):
                last = (done.stderr or b"").decode(errors="replace").strip().splitlines()[-1:]
                raise Failure(f"The other version does not play these: {' '.join(last)}", WRONG_USE)
    return copies


def _run(command: list[str], folder: Path, *, stdout: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # a file or a pipe  # noqa: S603
        command, cwd=folder, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=_PATIENCE
    )
