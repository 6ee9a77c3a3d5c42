"""The form of transcripts: read, written, refused with a line, and accepted without losing what a person wrote."""

from pathlib import Path

import pytest

from bot.workshop.replay.likeness import Bindings, verdict
from bot.workshop.replay.transcript import TranscriptError, accepted, parse, read, written

TWO = """version: 2
title: Two at once
shopper: Ana Cruz

# Ana asks first.
> mug
  and a plate
< Here it is
  [Add to cart]

! twice
Ben Santos > \\[mug]
< (nothing)
# the end
"""


def test_it_is_read_and_written_again() -> None:
    transcript = parse(TWO)
    assert [(each.who, each.did, each.faults) for each in transcript.exchanges] == [
        ("", "mug\nand a plate", []),
        ("Ben Santos", "\\[mug]", [("twice", 1)]),
    ]
    assert written(transcript) == TWO.removesuffix("# the end\n")


def test_accepting_keeps_what_a_person_wrote() -> None:
    transcript = parse(TWO)
    text = accepted(TWO, transcript, [[["Here they are", "[Add]"], ["Two plates"]], None])
    assert text == TWO.replace("< Here it is\n  [Add to cart]", "< Here they are\n  [Add]\n< Two plates")


def test_a_script_without_answers_gets_them_where_they_belong() -> None:
    script = "> hi\n# a question\n> mug\n"
    text = accepted(script, parse(script), [[["Hello"]], [["A mug"]]])
    assert text == "> hi\n< Hello\n# a question\n> mug\n< A mug\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("version: 99\n> hi\n", 1, "use a newer"),
        ("shop: other\n> hi\n", 1, "no header 'shop'"),
        ("> hi\nsaid the bot\n", 2, "begins with"),
        ("> hi\n# x\n  goes on\n", 3, "goes on with nothing"),
        ("> hi\n! nonsense\n", 2, "stands a fault"),
        ("> hi\n! twice\n", 2, "cut off"),
        ("title: only\n", 1, "Nobody says"),
        ("< hi\n", 1, "Before the bot answers"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(TranscriptError, match=says) as refused:
        parse(text)
    assert refused.value.line == line


def test_a_mark_of_byte_order_is_read_over_and_bytes_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.transcript"
    file.write_bytes(b"\xef\xbb\xbftitle: a\n> hi\n")
    assert read(file).title == "a"
    for content in (b"> hi\n< \xff\n", b"\x7fELF\0\0"):
        file.write_bytes(content)
        with pytest.raises(TranscriptError):
            read(file)


@pytest.mark.parametrize(
    ("expected", "heard", "comes"),
    [
        (["5 Mayon St"], ["5 Mayon St"], "same"),
        (["5 Mayon St"], ["9 Mayor St"], "behaviour"),
        (["Thank you, Ana! [x]"], ["Thanks, Ana! [x]"], "wording"),
        (["Total ₱100.00"], ["In all ₱100.00"], "wording"),
        (["Total ₱100.00"], ["Total ₱100.50"], "behaviour"),
        (["[Yes] [No]"], ["[Yes]"], "behaviour"),
        (["[Yes] [No]"], ["[Sure] [No]"], "wording"),
        (["{order 1} or {order 1}"], ["ORD-20261129-AAAA or ORD-20261129-AAAA"], "same"),
        (["{order 1} or {order 1}"], ["ORD-20261129-AAAA or ORD-20261129-BBBB"], "behaviour"),
        (["ORD-… on (date) at {time}"], ["ORD-20261129-AAAA on 29 Nov 2026 at 5:30 PM"], "same"),
        (["on {date}"], ["on 5 Mayon"], "behaviour"),
    ],
)
def test_meaning_is_told_from_words(expected: list[str], heard: list[str], comes: str) -> None:
    assert verdict(Bindings(), [expected], [heard]) == comes


def test_what_is_bound_at_first_sight_is_compared_ever_after() -> None:
    bindings = Bindings()
    assert verdict(bindings, [["{order 1} is in"]], [["ORD-20261129-AAAA is in"]]) == "same"
    assert verdict(bindings, [["{order 1} ships"]], [["ORD-20261129-AAAA ships"]]) == "same"
    assert verdict(bindings, [["{order 1} ships"]], [["ORD-20261129-BBBB ships"]]) == "behaviour"
