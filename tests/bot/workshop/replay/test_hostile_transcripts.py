"""Whatever stands in a file of transcripts: it is read, or refused with the line and the reason."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.transcripts.form import TranscriptError
from handlers.transcripts.reading import parse, text_of
from handlers.transcripts.writing import written

BASE = Path("tests/transcripts/en/graph-500.transcript").read_text(encoding="utf-8")
MORE = ("version: 99", "locale: xx", "> ", "Ana > x", "! no_such_fault x2", "! slow x999", "\t> x", "  ", "(nothing)")
ODD = ("\x00", "\ufeff", "\u2028", "\x85", "\ud800", "😀", "9" * 400, "1e999", ":", "::", "> > >", "x" * 5000)
LINES = st.sampled_from([*BASE.splitlines(), *MORE, *ODD])
texts = st.lists(LINES | st.text(max_size=20), max_size=12).map("\n".join)


def refusal_of(text: str) -> str:
    """Why a text is refused, empty where it is a transcript."""
    try:
        read = parse(text)
    except TranscriptError as refusal:
        return str(refusal)
    again = parse(written(read))
    assert [one.did for one in again.exchanges] == [one.did for one in read.exchanges]
    return ""


@given(texts | texts.map(lambda some: BASE + some) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_a_text_is_a_transcript_or_is_refused_with_its_line(text: str) -> None:
    refusal = refusal_of(text)
    assert not refusal or re.match(r"line \d+: .{10}", refusal, re.DOTALL), refusal


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00", b"\xef\xbb\xbf\xff", b"a\n\xed\xa0\x80", b"x" * 3_000_000])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hostile.transcript"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match=r"line [12]: .{10}"):
        text_of(path)
