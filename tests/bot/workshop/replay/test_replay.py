"""`quicksell replay`: what it writes, what it says of a changed answer, and that no conversation meets another."""

import multiprocessing
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bot.workshop.bench.replaying import taken
from bot.workshop.replay import recorded
from handlers.transcripts.acts import act
from handlers.transcripts.reading import read
from handlers.transcripts.twin import TurnLine
from handlers.transcripts.twin import read as read_twin

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = ROOT / "tests" / "transcripts"


def replay(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", "replay", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)


BUYS_RICE = """title: Buys one
> red rice
> [Buy now]
> Ana Cruz
> 0917 123 4567
> 5 Rizal St, Brgy Poblacion, Makati City
> skip
> cod
> yes
# It ends here.
"""
TWO_ANSWERS = """title: Two answers

> red rice
< Wala na.

# Mine.
> cart
< Puno.
= cart: 7
"""
LOOKS_AT_RICE = """title: Looks only

# The menu below the chat works too.
> [menu: 🛒 My cart]
> red rice
"""


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of conversations whose answers were accepted, one that fails, and some that are none."""
    folder = tmp_path_factory.mktemp("transcripts")
    (folder / "1.transcript").write_text(BUYS_RICE, encoding="utf-8")
    (folder / "2.transcript").write_text(LOOKS_AT_RICE, encoding="utf-8")
    (folder / "3.transcript").write_text(LOST, encoding="utf-8")
    (folder / "4.transcript").write_text("title: Broken\n\n> menu\nthe bot says something\n", encoding="utf-8")
    (folder / "5.transcript").write_bytes(b"\x7fELF\0\0")
    done = replay(folder, "--accept", "--junit", folder / "junit.xml")
    assert done.returncode == 1, done.stdout + done.stderr
    (folder / "said").write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder


LOST = "> menu\n> [A button of last year]\n> help\n"


def test_accepting_writes_todays_answers_and_no_conversation_meets_another(accepted: Path) -> None:
    assert (accepted / "said").read_text(encoding="utf-8").count("accepted  ") == 2
    bought = (accepted / "1.transcript").read_text(encoding="utf-8")
    assert "Your order {order 1} is confirmed" in bought
    assert bought.startswith("title: Buys one\n> red rice\n< ")
    assert bought.endswith("\n# It ends here.\n")
    seen = (accepted / "2.transcript").read_text(encoding="utf-8")
    assert "Only 5 left" in seen
    assert "# The menu below the chat works too.\n> [menu: 🛒 My cart]\n< Your cart is empty." in seen


def test_what_can_no_longer_be_tapped_fails_and_is_not_accepted(accepted: Path) -> None:
    said = (accepted / "said").read_text(encoding="utf-8")
    assert "line 2: > [A button of last year]" in said
    assert "cannot tap 'A button of last year'" in said
    assert (accepted / "3.transcript").read_text(encoding="utf-8") == LOST
    suite = ElementTree.parse(accepted / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("5", "3")


def test_what_is_no_transcript_is_named_with_its_line_and_stops_nobody_else(accepted: Path) -> None:
    said = (accepted / "said").read_text(encoding="utf-8")
    assert "4.transcript, line 4" in said
    assert "5.transcript, line 1: This is a binary file" in said


def test_what_ships_goes_as_written_and_another_word_is_told_from_another_amount(
    accepted: Path, tmp_path: Path, is_long: bool
) -> None:
    bought = (accepted / "1.transcript").read_text(encoding="utf-8")
    (tmp_path / "same.transcript").write_text(bought, encoding="utf-8")
    word = bought.replace("Which number can the rider call?", "Your phone?")
    amount = bought.replace("Shipping to Makati", "Shipping of 1 to Makati")
    assert bought not in (word, amount)
    (tmp_path / "word.transcript").write_text(word, encoding="utf-8")
    (tmp_path / "amount.transcript").write_text(amount, encoding="utf-8")
    shutil.copytree(SHIPPED, tmp_path / "shipped")
    done = replay(tmp_path, "--html", tmp_path / "page.html", "--coverage", "--record")
    assert done.returncode == 1, done.stderr
    ships = list(SHIPPED.rglob("*.transcript"))
    assert len(ships) >= 80
    assert done.stdout.count("same  ") == len(ships) + 1, done.stdout
    for line in ("WORDS  ", "DIFFERENT  ", "- < Your phone?", "+ < Which number can the rider call?"):
        assert line in done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<mark>Your phone?</mark>" in page
    assert not re.search(r"(?:src|href|url\()\W{0,3}https?:", page), "it is whole by itself"
    rows = re.search(r"^(\d+) of \d+ rows, (\d+) of \d+ replies$", done.stdout, re.MULTILINE)
    assert rows is not None
    assert int(rows[1]) >= 175, "transcripts come by fewer rows of the dialogs than they did"
    assert "    never " in done.stdout
    goes_again_as_recorded(sorted((tmp_path / "shipped").rglob("*.transcript")), is_long=is_long)


def goes_again_as_recorded(files: list[Path], *, is_long: bool) -> None:
    """Recordings of all that ships go as they went, to the byte, in any order and any process; their acts are those."""
    twins = [file.with_suffix(".jsonl") for file in files]
    cases = [recorded.case(file) for file in twins]
    assert not [case.words for case in cases if case.outcome != "same"]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert len(set(pool.starmap(taken, [(twins, seed) for seed in range(100 if is_long else 4)]))) == 1
    for file, kept in zip(files, twins, strict=True):
        written = [act(line.did).kind for line in read_twin(kept).lines if isinstance(line, TurnLine)]
        played = [act(each.did).kind for each in read(file).exchanges if not each.passes and each.who != "clerk"]
        assert {*written} <= {*played, "text", "tap", "menu", "link", "start", "sticker", "picture"}, file
        assert not {*played} - {*written} - {"comment", "text", "tap", "menu", "link", "start", "sticker"}, file


def test_nothing_that_can_be_played_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "new.transcript").write_text("version: 99\n> hi\n", encoding="utf-8")
    done = replay(tmp_path)
    assert done.returncode == 2
    assert "new.transcript, line 1: This is version 99" in done.stderr


def test_one_answer_is_accepted_and_the_other_stays(tmp_path: Path) -> None:
    file = tmp_path / "two.transcript"
    file.write_text(TWO_ANSWERS, encoding="utf-8")
    done = replay(file, "--accept", "--line", "9")
    assert done.returncode == 1, done.stdout + done.stderr
    now = file.read_text(encoding="utf-8")
    assert now.startswith(TWO_ANSWERS.split("# Mine.", maxsplit=1)[0])
    assert "Puno" not in now
    assert "= cart: 0\n" in now
    assert replay(file, "--line", "9").returncode == 2
