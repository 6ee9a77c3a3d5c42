"""The exact twin: refused with its line, played again without a database, alike every time and in any order.

`./quicksell replay tests/handlers/transcripts/short.transcript --record` writes `short.jsonl` anew.
"""

import random
from pathlib import Path

import msgspec
import pytest

from bot.workshop.replay.grouping import grouped
from bot.workshop.replay.recorded import case, turn
from bot.workshop.replay.report import Case
from handlers.transcripts.form import TranscriptError
from handlers.transcripts.twin import Head, TurnLine, decoded, encoded, read
from replies.words import Wording, Words

SHORT = Path(__file__).with_name("short.jsonl")
LINES = SHORT.read_bytes().splitlines(keepends=True)


def turns() -> list[tuple[int, TurnLine]]:
    kept = read(SHORT)
    return [(number, line) for number, line in zip(kept.numbers, kept.lines, strict=True) if isinstance(line, TurnLine)]


def changed(file: Path, before: str, after: str) -> Case:
    """What comes of the recording with a change in what was recorded."""
    text = SHORT.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return case(file)


def test_what_was_recorded_is_the_same_again_in_any_order() -> None:
    first = case(SHORT)
    assert first.outcome == "same", first.words
    assert len(first.played) == 5
    shuffled = turns() * 20
    random.Random(7).shuffle(shuffled)
    words = Words()
    assert all(turn(line, number, words).is_same for number, line in shuffled)


def test_other_words_of_the_merchant_are_words(tmp_path: Path) -> None:
    kept = read(SHORT)
    own = Wording(name="cart.added", language="en", words="Nasa basket na: {{ product }}, {{ subtotal|money }}")
    file = tmp_path / "own.jsonl"
    file.write_bytes(encoded(msgspec.structs.replace(kept.head, words=(own,)), kept.lines))
    came = case(file)
    assert came.outcome == "wording"
    assert "Nasa basket na: Organic Red Rice" in came.words


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('"quantity":1,"count":1,"subtotal":"199.00"', '"quantity":1,"count":1,"subtotal":"188.00"', "'188.00'"),
        ('["cart.empty",', '["cart.full",', "said is cart.empty, not cart.full"),
        ('"after":{"at":"cart"}', '"after":{"at":"idle"}', "state is at 'cart', not at 'idle'"),
        ('"ask":"carts.cart"', '"ask":"carts.other"', "It asks carts.cart"),
    ],
)
def test_another_reply_another_fact_and_another_state_are_behaviour(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    came = changed(tmp_path / "a.jsonl", before, after)
    assert came.outcome in ("behaviour", "broken")
    assert says in came.words


def test_what_differs_alike_in_many_is_told_once(tmp_path: Path) -> None:
    cases = [
        changed(tmp_path / f"{number}.jsonl", '"after":{"at":"cart"}', '"after":{"at":"idle"}') for number in range(3)
    ]
    told = grouped(cases)
    assert "times alike: 0.jsonl, line" in told
    assert told.count("times alike") == 1


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"".join(LINES[:3]), 3, "cut off"),
        (b"".join(LINES[:2]) + LINES[2][:80], 3, "cut off"),
        (b"".join(LINES[1:]), 1, "its head, is missing"),
        (LINES[0].replace(b'"version":3', b'"version":99') + b"".join(LINES[1:]), 1, "version 99"),
        (LINES[0] + b"\x7fELF\0\0\n" + b"".join(LINES[1:]), 2, "no line of a recorded"),
        (LINES[0] + b'{"line":"dance"}\n' + b"".join(LINES[1:]), 2, "no line of a recorded"),
        (b"".join(LINES) + LINES[1], len(LINES) + 1, "below the line that ends"),
        (LINES[0] + b"".join(LINES), 2, "second head"),
        (b"", 1, "head"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(content: bytes, line: int, says: str) -> None:
    with pytest.raises(TranscriptError, match=says) as refused:
        decoded(content)
    assert refused.value.line == line


def test_a_mark_of_byte_order_is_read_over() -> None:
    assert isinstance(decoded(b"\xef\xbb\xbf" + SHORT.read_bytes()).head, Head)
