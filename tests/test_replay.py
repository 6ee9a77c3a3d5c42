"""`quicksell replay`: the conversations that ship, and what it says when an answer has changed."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "tests" / "transcripts"


def replay(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", "replay", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


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
