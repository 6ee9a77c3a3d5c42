"""What a comment below a post asks for: "mine 2 red L", "sold", "hm po", "A12", "a12 mine", "A12x2", "3x a 12"."""

import re
from collections.abc import Collection
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from bot.language.quantities import amount_in, number_in
from bot.language.texts import is_question

CODE_MOST = 20
"""Characters of a selling code."""
_CLAIMS = words_for("comment.claim")
_TAKES = words_for("comment.take")
_ASKS = words_for("comment.ask")
_NOT_NOW, _DROPS = words_for("comment.not_now"), words_for("comment.drop")
_MORE, _STILL = words_for("comment.more"), words_for("comment.still")
_ASKED = frozenset({"price", "stock", "color", "size", "cod", "how"})
_UNITS = words_for("quantity.unit")
_TIMES = re.compile(r"[×✕✖*]")
_CODE_TIMES = re.compile(r"(.+?)x(\d{1,3})")
_TIMES_CODE = re.compile(r"(\d{1,3})x(.+)")
_EXACT = re.compile(r"(?:x(\d{1,3})|(\d{1,3})(?:x|pcs?))")
_LONGEST = 12  # words of a comment that is believed to want something without a code


class Picked(msgspec.Struct, frozen=True):
    """A selling code in a comment.

    Attributes:
        code: As `code_key` has it.
        quantity: Pieces that are said beside it; None where it is not said, or may be said in the rest.
        rest: Of several codes, the words that belong to this one.
    """

    code: str
    quantity: int | None = None
    rest: str = ""


class CommentRead(msgspec.Struct, frozen=True, kw_only=True):
    """What a comment asks for.

    Attributes:
        picks: The selling codes in it, each once, in order.
        claims: Whether something is to be had: "mine", "sold", a code alone, "2 po".
        asks: Whether something is asked that the product's card answers: "hm", "available pa?".
        drops: Whether it gives back what was claimed before, of the codes in it or of all: "cancel a12", "hindi na po".
        more: Whether it wants so many on top of what was claimed before: "a1 pa", "isa pa po", "2 more".
        rest: What is left, which may name the product, its kind and a number: "2 red l".
    """

    picks: tuple[Picked, ...] = ()
    claims: bool = False
    asks: bool = False
    drops: bool = False
    more: bool = False
    rest: str = ""


def code_key(code: str) -> str:
    """A selling code as codes are compared: small letters and digits; empty where it has neither.

    Args:
        code: As somebody writes it, such as "A-12".
    """
    return "".join(fold(code).split())[:CODE_MOST]


def read_comment(text: str, codes: Collection[str]) -> CommentRead:
    """What a comment asks for.

    Args:
        text: The comment.
        codes: The post's codes, as `code_key` has them.
    """
    words = fold(_TIMES.sub(" x ", text)).split()
    picks, left = _picked(words, frozenset(codes))
    more = _wants_more(words, frozenset(codes))
    said = f" {' '.join(left)} "
    drops = _has(said, _DROPS) and not is_question(text)
    if drops or _has(said, _NOT_NOW):
        return CommentRead(picks=picks, drops=drops, rest=" ".join(left))
    claims, takes = _has(said, _CLAIMS), _has(said, _TAKES)
    asks = _has(said, _ASKS) or bool(meaning(" ".join(left)).concepts & _ASKED)
    questioned = is_question(text)
    if questioned and "sold" in left:  # "sold na po ba?"
        claims, asks = False, True
    is_short = len(words) <= _LONGEST
    if picks:
        wants = claims or not (asks or questioned)
    else:
        wants = is_short and ((claims and not (questioned and asks)) or (takes and not asks and not questioned))
        wants = wants or (is_short and not asks and amount_in(text) is not None)
    for phrase in _TOGETHER:
        said = said.replace(f" {phrase} ", " ")
    rest = " ".join(word for word in said.split() if word not in _ALONE)
    asks = not wants and is_short and (asks or bool(picks))
    return CommentRead(picks=picks, claims=wants, asks=asks, more=wants and more, rest=rest)


_SAID = _CLAIMS | _TAKES | _ASKS
_ALONE = frozenset(word for word in _SAID if " " not in word)
_TOGETHER = sorted((phrase for phrase in _SAID if " " in phrase), key=len, reverse=True)


def _has(said: str, phrases: Collection[str]) -> bool:
    """Whether one of the words or phrases stands in a text with spaces around it."""
    return any(f" {phrase} " in said for phrase in phrases)


def _wants_more(words: list[str], codes: frozenset[str]) -> bool:
    """Whether words want some on top: "more", or "pa" behind a code or a number, but for "pa mine" and "pa order"."""
    if _has(f" {' '.join(words)} ", _MORE):
        return True
    for before, word, behind in zip(words, words[1:], [*words[2:], ""], strict=False):
        is_asking = behind and any(said in (behind, f"{word} {behind}") for said in _CLAIMS | _TAKES)
        if word in _STILL and not is_asking and (_code_at([before], 0, codes)[0] or number_in(before) is not None):
            return True
    return False


@lru_cache(maxsize=1024)
def _is_exact(word: str) -> int | None:
    """The pieces that "x2", "2x" and "2pcs" say; None for anything else."""
    match = _EXACT.fullmatch(word)
    return int(match[1] or match[2]) if match else None


def _picked(words: list[str], codes: frozenset[str]) -> tuple[tuple[Picked, ...], list[str]]:
    """The codes among words, and the other words."""
    picks: dict[str, int | None] = {}
    left: list[str] = []
    begins: list[tuple[str, int]] = []  # how many of the other words stand before each code
    at = 0
    while at < len(words):
        code, quantity, used = _code_at(words, at, codes)
        if not code:
            left.append(words[at])
            at += 1
            continue
        at += used
        if quantity is None:
            quantity, used = _quantity_at(words, at)
            at += used
        if quantity is None and left and (before := _is_exact(left[-1])) is not None:
            quantity = before
            left.pop()
        if quantity is None and len(left) > 1 and left[-1] == "x" and left[-2].isdigit() and len(left[-2]) < 4:
            quantity = int(left[-2])
            del left[-2:]
        picks[code] = picks.get(code) or quantity
        begins.append((code, len(left)))
    rests = _shared(begins, left) if len(picks) > 1 else {}
    return tuple(Picked(code, quantity, rests.get(code, "")) for code, quantity in picks.items()), left


def _shared(begins: list[tuple[str, int]], left: list[str]) -> dict[str, str]:
    """The words that belong to each of several codes: those behind it, or before it where none stand behind any."""
    ends = [*(start for _, start in begins[1:]), len(left)]
    behind = {code: " ".join(left[start:end]) for (code, start), end in zip(begins, ends, strict=True)}
    if any(behind.values()):
        return behind
    starts = [0, *(start for _, start in begins[:-1])]
    return {code: " ".join(left[start:end]) for start, (code, end) in zip(starts, begins, strict=True)}


def _code_at(words: list[str], at: int, codes: frozenset[str]) -> tuple[str, int | None, int]:
    """The code that begins at a word, the pieces that are written into it, and how many words it takes."""
    word = words[at]
    for length in (3, 2, 1):
        joined = "".join(words[at : at + length])
        if at + length <= len(words) and joined in codes and (length == 1 or not joined.isdigit()):
            return joined, None, length
    if (match := _CODE_TIMES.fullmatch(word)) and match[1] in codes:
        return match[1], int(match[2]), 1
    if (match := _TIMES_CODE.fullmatch(word)) and match[2] in codes:
        return match[2], int(match[1]), 1
    for claim in _CLAIMS:
        if word.startswith(claim) and word[len(claim) :] in codes:
            return word[len(claim) :], None, 1
        if word.endswith(claim) and word[: -len(claim)] in codes:
            return word[: -len(claim)], None, 1
    if at + 1 < len(words) and (match := _CODE_TIMES.fullmatch(word + words[at + 1])) and match[1] in codes:
        return match[1], int(match[2]), 2
    return "", None, 0


def _quantity_at(words: list[str], at: int) -> tuple[int | None, int]:
    """The pieces that stand behind a code beyond doubt, "x2", "x 2", "2 pcs", and how many words that takes."""
    if at < len(words) and (exact := _is_exact(words[at])) is not None:
        return exact, 1
    if at + 1 < len(words):
        first, second = words[at], words[at + 1]
        if first == "x" and second.isdigit() and len(second) < 4:
            return int(second), 2
        if first.isdigit() and len(first) < 4 and second in _UNITS | {"x"}:
            return int(first), 2
    return None, 0
