"""Two versions at once: what another one answered, what would change, and what words that are not in force would."""

import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from bot.base.exits import Failure
from bot.commands.replay import replay
from bot.workshop.replay.against.proposed import proposed
from bot.workshop.replay.against.versions import answered_by, version
from bot.workshop.replay.recorded import case
from handlers.transcripts.twin import TurnLine, read

ROOT = Path(__file__).resolve().parents[4]
SHORT = ROOT / "tests" / "handlers" / "transcripts" / "short.jsonl"


def test_accepting_writes_what_todays_program_says_into_a_recording(tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    text = SHORT.read_text(encoding="utf-8")
    old.write_text(text.replace('"after":{"at":"cart"}', '"after":{"at":"idle"}'), encoding="utf-8")
    assert case(old).outcome == "behaviour"
    assert case(old, accept=True).outcome == "accepted"
    assert case(old).outcome == "same"
    turns = [[line for line in read(file).lines if isinstance(line, TurnLine)] for file in (old, SHORT)]
    for accepted, sound in zip(*turns, strict=True):
        for part in ("event", "before", "after"):
            assert msgspec.json.decode(getattr(accepted, part)) == msgspec.json.decode(getattr(sound, part))


def test_another_version_answers_in_a_copy_and_what_would_change_is_told(tmp_path: Path) -> None:
    other, answers = tmp_path / "other", tmp_path / "answers"
    answers.mkdir()
    for folder in ("bot", "dialogs", "handlers", "replies", "repository", "sql"):
        shutil.copytree(ROOT / folder, other / folder, ignore=shutil.ignore_patterns("__pycache__"))
    words = other / "replies" / "en" / "cart.j2"
    words.write_text(
        words.read_text(encoding="utf-8").replace("is in your cart", "lies in your cart"), encoding="utf-8"
    )
    with version(str(other)) as program:
        (copy,) = answered_by(program, [SHORT], answers)
    came = case(copy)
    assert came.outcome == "wording"
    assert "lies in your cart" in came.words
    assert case(SHORT).outcome == "same"


def test_what_is_no_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="name a folder, a tag"), version(str(tmp_path / "nowhere")):
        pass


def test_new_words_are_tried_on_recordings(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[en]\n"cart.added" = "Nasa basket na: {{ product }}"\n', encoding="utf-8")
    shutil.copy(SHORT, tmp_path / "1.jsonl")
    shutil.copy(SHORT, tmp_path / "2.jsonl")
    done = CliRunner().invoke(replay, [str(tmp_path), "--recorded", "--words", str(words)])
    assert done.exit_code == 1
    assert "2 times alike: 1.jsonl, line" in done.output
    assert "+ < Nasa basket na: Organic Red Rice" in done.output
    assert SHORT.read_bytes() == (tmp_path / "1.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[en]\n", "holds no words"),
        ('[en]\n"cart.nothing" = "a"\n', "no reply 'cart.nothing'"),
        ('[en]\n"cart.added" = "{{ product "\n', "cart.added"),
        ('"cart.added" = "a"\n', "below \\[en\\]"),
        ('[en]\n"cart.added" = 3\n', "are no text"),
        ("[en\n", "no file of words"),
    ],
)
def test_words_that_cannot_be_are_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "words.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Failure, match=says):
        proposed(file)
