"""Words with chips in the place of braces, for people who do not program: "{name}", "{when left is 0}Gone{end}".

A template becomes a notation, and the notation a template again. What was not changed in between is the same template,
byte for byte: each chip that still stands there is taken from the template that it came from. What the notation cannot
say stays a template, and `TooMuch` says why.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from replies.checking import WordingError
from replies.environment import environment

_PIECES = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_CHIPS = re.compile(r"(\{[^{}\n]*\})")
_NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_CONST = r"\"[^\"\\\n{}|%]*\"|'[^'\"\\\n{}|%]*'|-?\d{1,9}(?:\.\d{1,4})?|none|true|false"
_OUTPUT = re.compile(rf"\{{\{{-?\s*({_NAME})\s*(?:\|\s*(\w+)\s*|or\s*(\"[^\"\\\n{{}}|]*\")\s*)?-?\}}\}}")
_BLOCK = re.compile(r"\{%-?\s*(if|elif|else|endif)\b\s*(.*?)\s*-?%\}", re.DOTALL)
_FILTERS = tuple(sorted(environment("PHP").filters))
_SIGNS = {"==": "is", "!=": "is not", ">=": "is at least", "<=": "is at most", ">": "is more than", "<": "is less than"}
_WORDS = {words: sign for sign, words in _SIGNS.items()}
_TEST = re.compile(rf"(not\s+)?({_NAME})(?:\s*(==|!=|>=|<=|>|<)\s*({_CONST}|{_NAME}))?")
_SAID = re.compile(
    rf"(not\s+)?({_NAME})(?:\s+(is at least|is at most|is more than|is less than|is not|is)\s+({_CONST}|{_NAME}))?"
)
_BETWEEN = re.compile(r"\s+(and|or)\s+")
_RESERVED = frozenset({"when", "or", "otherwise", "end", "not", "and", "is", "as"})


class TooMuch(Exception):
    """A template says more than chips can show.

    Attributes:
        line: Where, from 1.
        reason: What, for the person who would edit it.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class Piece(msgspec.Struct, frozen=True):
    """A part of some words.

    Attributes:
        shown: It in the notation.
        source: It in the template.
        is_chip: Whether it is a chip, and no text.
    """

    shown: str
    source: str
    is_chip: bool


def chips_of(template: str) -> str:
    """A template in the notation.

    Args:
        template: One that `replies.checking.check` lets through.

    Raises:
        TooMuch: Something in it cannot be said with chips.
    """
    return "".join(piece.shown for piece in pieces_of(template))


def pieces_of(template: str) -> list[Piece]:
    """The pieces of a template, in order; their sources make it up again.

    Args:
        template: One that `replies.checking.check` lets through.

    Raises:
        TooMuch: Something in it cannot be said with chips.
    """
    found, at = [], 0
    for part in _PIECES.split(template):
        line = template.count("\n", 0, at) + 1
        if part:
            found.append(_shown(part, line))
        at += len(part)
    _balanced([piece.shown for piece in found], [1] * len(found))
    return found


def template_of(notation: str, was: str = "") -> str:
    """The template that some words with chips mean.

    Args:
        notation: The words.
        was: The template that they came from, of which every chip is kept that still stands there.

    Raises:
        WordingError: A chip means nothing, or a condition is not closed.
    """
    try:
        before = pieces_of(was)
    except TooMuch:
        before = []
    if notation == "".join(piece.shown for piece in before):
        return was
    parts = list(_parts(notation))
    _check_balanced(parts)
    kept = _kept([piece for piece in before if piece.is_chip], [part for part, _, is_chip in parts if is_chip])
    made, chips = [], 0
    for part, line, is_chip in parts:
        if is_chip:
            made.append(kept.get(chips) or _source(part, line))
            chips += 1
        else:
            made.append(part)
    return "".join(made)


def _kept(before: Sequence[Piece], chips: Sequence[str]) -> dict[int, str]:
    """The source of each chip that stood there before, by its place among the chips."""
    matcher = SequenceMatcher(None, [piece.shown for piece in before], list(chips), autojunk=False)
    return {
        block.b + step: before[block.a + step].source
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _shown(part: str, line: int) -> Piece:
    """A part of a template as a piece."""
    if part.startswith("{{"):
        return Piece(_output_shown(part, line), part, is_chip=True)
    if part.startswith("{%"):
        return Piece(_block_shown(part, line), part, is_chip=True)
    if part.startswith("{#"):
        raise TooMuch(line, "it holds a remark, {# … #}, which chips do not show")
    if "{" in part or "}" in part:
        raise TooMuch(line, "it holds a brace that shoppers read, and in chips a brace begins something to fill in")
    return Piece(part, part, is_chip=False)


def _output_shown(part: str, line: int) -> str:
    found = _OUTPUT.fullmatch(part)
    if not found or found[1] in _RESERVED or (found[2] and found[2] not in _FILTERS):
        raise TooMuch(line, f"{_cut(part)} works something out, which chips do not show")
    if found[3]:
        return f"{{{found[1]}|{found[3][1:-1]}}}" if found[3][1:-1].strip() else _refuse(part, line)
    return f"{{{found[1]} as {found[2]}}}" if found[2] else f"{{{found[1]}}}"


def _refuse(part: str, line: int) -> str:
    raise TooMuch(line, f"{_cut(part)} works something out, which chips do not show")


def _block_shown(part: str, line: int) -> str:
    found = _BLOCK.fullmatch(part)
    if not found or (found[1] in ("else", "endif")) == bool(found[2]):
        raise TooMuch(line, f"{_cut(part)} is no condition that chips can show")
    if not found[2]:
        return "{otherwise}" if found[1] == "else" else "{end}"
    tests = _BETWEEN.split(found[2])
    said = [one if place % 2 else _test_shown(one, part, line) for place, one in enumerate(tests)]
    return f"{{{'when' if found[1] == 'if' else 'or when'} {' '.join(said)}}}"


def _test_shown(test: str, part: str, line: int) -> str:
    found = _TEST.fullmatch(test.strip())
    if not found or found[2] in _RESERVED or (found[1] and found[3]):
        raise TooMuch(line, f"{_cut(part)} asks for more than chips can show")
    left = f"not {found[2]}" if found[1] else found[2]
    return f"{left} {_SIGNS[found[3]]} {_quoted(found[4])}" if found[3] else left


def _quoted(const: str) -> str:
    return f'"{const[1:-1]}"' if const.startswith("'") else const


def _parts(notation: str) -> Iterator[tuple[str, int, bool]]:
    """The parts of the notation, each with its line and whether it is a chip.

    Raises:
        WordingError: A brace stands where it means nothing.
    """
    at = 0
    for part in _CHIPS.split(notation):
        line = notation.count("\n", 0, at) + 1
        at += len(part)
        if not part:
            continue
        is_chip = bool(_CHIPS.fullmatch(part))
        if not is_chip and ("{" in part or "}" in part):
            line += part[: min(found for found in (part.find("{"), part.find("}")) if found >= 0)].count("\n")
            raise WordingError(line, "A brace stands alone. What is filled in is written as {name}, with one brace.")
        yield part, line, is_chip


def _source(chip: str, line: int) -> str:
    """The template of a chip.

    Raises:
        WordingError: It means nothing.
    """
    said = " ".join(chip[1:-1].split()) if '"' not in chip else chip[1:-1].strip()
    if said == "otherwise":
        return "{% else %}"
    if said == "end":
        return "{% endif %}"
    for word, tag in (("or when ", "elif"), ("when ", "if")):
        if said.startswith(word):
            return f"{{% {tag} {_test(said.removeprefix(word), chip, line)} %}}"
    name, bar, fallback = (part.strip() for part in said.partition("|"))
    if bar:
        if not re.fullmatch(_NAME, name) or not fallback or '"' in fallback or "\\" in fallback or "|" in fallback:
            raise WordingError(line, f"{chip} cannot be read. Write {{name|what else to say}}.")
        return f'{{{{ {name} or "{fallback}" }}}}'
    name, _, kind = said.partition(" as ")
    if not re.fullmatch(_NAME, name.strip()) or (kind and kind.strip() not in _FILTERS):
        ways = ", ".join(_FILTERS)
        raise WordingError(line, f"{chip} cannot be read. Write {{name}}, or {{name as …}} with one of {ways}.")
    return f"{{{{ {name.strip()}|{kind.strip()} }}}}" if kind else f"{{{{ {name.strip()} }}}}"


def _test(said: str, chip: str, line: int) -> str:
    tests = []
    for place, one in enumerate(_BETWEEN.split(said)):
        if place % 2:
            tests.append(one)
            continue
        found = _SAID.fullmatch(one.strip())
        if not found or found[2] in _RESERVED or (found[1] and found[3]):
            raise WordingError(
                line, f"{chip} cannot be read. Write {{when name}}, {{when not name}}, or {{when count is 1}}."
            )
        left = f"not {found[2]}" if found[1] else found[2]
        tests.append(f"{left} {_WORDS[found[3]]} {_quoted(found[4])}" if found[3] else left)
    return " ".join(tests)


def _check_balanced(parts: Sequence[tuple[str, int, bool]]) -> None:
    chips = [(part, line) for part, line, is_chip in parts if is_chip]
    try:
        _balanced([" ".join(part.replace("{ ", "{").split()) for part, _ in chips], [line for _, line in chips])
    except TooMuch as wrong:
        raise WordingError(wrong.line, wrong.reason) from None


def _balanced(shown: Sequence[str], lines: Sequence[int]) -> None:
    """Whether each condition is closed.

    Raises:
        TooMuch: One is not.
    """
    open_: list[list[str | int]] = []
    for one, line in zip(shown, lines, strict=True):
        if one.startswith("{when "):
            open_.append([line, "when"])
        elif one.startswith("{or when ") or one == "{otherwise}":
            if not open_ or open_[-1][1] == "otherwise":
                raise TooMuch(line, f"{one} stands in no condition. One begins with {{when …}}.")
            open_[-1][1] = "otherwise" if one == "{otherwise}" else "when"
        elif one == "{end}":
            if not open_:
                raise TooMuch(line, "{end} ends nothing. A condition begins with {when …}.")
            open_.pop()
    if open_:
        raise TooMuch(int(open_[-1][0]), "A {when …} is not closed. Write {end} where it ends.")


def _cut(part: str) -> str:
    shown = " ".join(part.split())
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
