"""Words without their vowels are written out; names, goods and what is written out already stay."""

import pytest

from bot.language.chatting.clauses import clauses
from bot.language.chatting.shorthand import spelled_out
from tests.support.workers.rows import rows


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("gsto ko po ung wyt", "gusto ko po ung wyt"),
        ("tnggal mo n ung pngalwa", "tanggal mo na ung pangalawa"),
        ("d ko n kukunin ung fan", "di ko na kukunin ung fan"),
        ("wla b kau mas mura", "wla ba kau mas mura"),
        ("dgdagan mo pa ng dlawa", "dagdagan mo pa ng dlawa"),
        ("alsin mo po", "alisin mo po"),
        ("pakibawas yung isang sabon", "paki bawas yung isang sabon"),
        ("tpos isng cream", "tapos isang cream"),
    ],
)
def test_what_lacks_vowels_is_written_out(text: str, meant: str) -> None:
    assert spelled_out(text) == meant


@rows(
    "text",
    [
        "bra at panty",
        "mop and brush",
        "Jn Crz",
        "p 500 lang",
        "n",
        "b1 at a2",
        "size s po",
        "blck wht",
        "rock n roll",
        "C.O.D po ba?",
        "c.o.d.",
        "c o d po",
    ],
)
def test_what_may_be_anything_stays(text: str) -> None:
    assert spelled_out(text) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tanggalin muna yung kawali, mahal pala", ("tanggalin muna yung kawali", "mahal pala")),
        ("ay sayang. kandila na lang", ("ay sayang.", "kandila na lang")),
        ("yung pangalawa, magkano?", ("yung pangalawa", "magkano?")),
        ("joke lang haha isa po", ("joke lang", "isa po")),
        ("kukunin ko sana kaso mahal", ()),
        ("1,500 pesos", ()),
        ("mug", ()),
    ],
)
def test_sentences_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts
