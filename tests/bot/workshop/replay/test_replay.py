"""`quicksell replay`: the conversations that ship, and what it says when an answer has changed."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = ROOT / "tests" / "transcripts"


def replay(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", "replay", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)


def test_the_conversations_that_ship_go_as_they_are_written(tmp_path: Path) -> None:
    done = replay(SHIPPED, "--junit", tmp_path / "junit.xml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("same") == 3
    suite = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "0")


def test_a_changed_reply_fails_with_the_difference(tmp_path: Path) -> None:
    shipped = (SHIPPED / "mug-by-cod.transcript").read_text(encoding="utf-8")
    assert "Which number can the rider call?" in shipped
    changed = tmp_path / "changed.transcript"
    changed.write_text(shipped.replace("Which number can the rider call?", "Your phone?"), encoding="utf-8")
    done = replay(changed)
    assert done.returncode == 1, done.stderr
    assert "DIFFERENT" in done.stdout
    assert "- < Your phone?" in done.stdout
    assert "+ < Which number can the rider call?" in done.stdout


def test_what_is_no_transcript_is_refused_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.transcript"
    broken.write_text("title: Broken\n\n> menu\nthe bot says something\n", encoding="utf-8")
    done = replay(broken)
    assert done.returncode == 2
    assert "line 4" in done.stderr


BUYS_RICE = """title: Buys one
> red rice
> [Buy now]
> Ana Cruz
> 0917 123 4567
> 5 Rizal St, Brgy Poblacion, Makati City
> skip
> cod
> yes
"""
LOOKS_AT_RICE = """title: Looks only

# The menu below the chat works too.
> [menu: 🛒 My cart]
> red rice
"""


def test_accepting_writes_todays_answers_and_no_conversation_meets_another(tmp_path: Path) -> None:
    buys, looks = tmp_path / "1.transcript", tmp_path / "2.transcript"
    buys.write_text(BUYS_RICE, encoding="utf-8")
    looks.write_text(LOOKS_AT_RICE, encoding="utf-8")
    accepted = replay(tmp_path, "--accept")
    assert accepted.returncode == 0, accepted.stdout
    assert accepted.stdout.count("accepted  ") == 2
    assert "Your order ORD-… is confirmed" in buys.read_text(encoding="utf-8")
    seen = looks.read_text(encoding="utf-8")
    assert "Only 5 left" in seen
    assert "# The menu below the chat works too.\n> [menu: 🛒 My cart]\n< Your cart is empty." in seen
    again = replay(looks, buys)
    assert (again.returncode, again.stdout.count("same  ")) == (0, 2), again.stdout


def test_what_can_no_longer_be_tapped_fails_and_is_not_accepted(tmp_path: Path) -> None:
    lost = tmp_path / "lost.transcript"
    lost.write_text("> menu\n> [A button of last year]\n> help\n", encoding="utf-8")
    done = replay(lost, "--accept", "--junit", tmp_path / "junit.xml")
    assert done.returncode == 1
    assert "line 2: > [A button of last year]" in done.stdout
    assert "cannot tap 'A button of last year'" in done.stdout
    assert lost.read_text(encoding="utf-8") == "> menu\n> [A button of last year]\n> help\n"
    suite = ElementTree.parse(tmp_path / "junit.xml").getroot()
    assert suite.get("failures") == "1"
