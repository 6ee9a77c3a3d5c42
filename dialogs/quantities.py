"""How many: numbers as shoppers type them, and what "2 more" and "gawin mong 3" do to what was just added."""

import re

import msgspec

from dialogs.texts import plain, words_of

_NUMBER = re.compile(r"\D*?(\d{1,4})(?:\s*(?:x|pcs?|pieces?|piraso|po|lang|na|please|pls))*\s*")
_COUNT = re.compile(r"x?(\d{1,3})(?:x|pcs?)?")
_WORDS = {
    word: number
    for number, words in {
        0: "zero none wala remove alisin tanggalin delete",
        1: "one isa isang", 2: "two dalawa dalawang", 3: "three tatlo tatlong", 4: "four apat", 5: "five lima limang",
        6: "six anim", 7: "seven pito pitong", 8: "eight walo walong", 9: "nine siyam", 10: "ten sampu sampung",
        12: "dozen dosena",
    }.items()
    for word in words.split()
}  # fmt: skip
_MORE = words_of("more pa additional extra dagdag dagdagan padagdag another add")
_MAKE = words_of("make gawin gawing gagawin change set baguhin palitan ibahin total lahat all")
_AROUND = words_of(
    "it to that this order quantity qty pcs pc pieces piece piraso x of na lang nalang naman po ho nga pls please ko mo"
    " mong nyo nating natin sa ng ang yung i want gusto kong only just sana instead ok okay yes oo opo sige actually"
    " kunin get take need ako me then"
)


class Amount(msgspec.Struct, frozen=True):
    """How many pieces there shall be.

    Attributes:
        number: Pieces.
        more: Whether they come on top of those that are there.
    """

    number: int
    more: bool


def number_in(text: str) -> int | None:
    """How many pieces a text names: "3", "3 pcs po", "tatlo", "dalawang piraso"; None where it names none.

    Args:
        text: What was typed.
    """
    said = plain(text)
    if found := _NUMBER.fullmatch(said):
        return int(found[1])
    return next((_WORDS[word] for word in said.split() if word in _WORDS), None)


def amount_in(text: str) -> Amount | None:
    """What a text says of how many, and nothing else: "2 more", "isa pa", "make it 3", "gawin mong tatlo"; else None.

    Args:
        text: What was typed.
    """
    words = plain(text).split()
    numbers = [number for word in words if (number := _count(word)) is not None]
    others = {word for word in words if _count(word) is None}
    if len(numbers) > 1 or len(words) > 8 or not others <= _MORE | _MAKE | _AROUND:
        return None
    is_more = bool(others & _MORE) and not others & _MAKE
    if not numbers:
        return Amount(1, more=True) if "another" in others else None
    return None if is_more and not numbers[0] else Amount(numbers[0], more=is_more)


def _count(word: str) -> int | None:
    found = _COUNT.fullmatch(word)
    return int(found[1]) if found else _WORDS.get(word)
