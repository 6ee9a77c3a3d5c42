"""Texts cut to Messenger's lengths without tearing an emoji, an accent or a flag apart."""

import re
import unicodedata

from bot.messenger import limits

ELLIPSIS = "…"

_JOINER = "\u200d"
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]”’]*\s+")


def is_boundary(text: str, index: int) -> bool:
    """Whether a reader sees a character end before `index`.

    The main rules of Unicode's UAX 29, on the safe side: what it isn't sure about stays together.
    """
    if index <= 0 or index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if before < "\x7f" and after < "\x7f":
        return not (before == "\r" and after == "\n")
    if before == _JOINER or after == _JOINER or _extends(after):
        return False
    if _is_flag_half(after) and _is_flag_half(before):
        start = index
        while start > 0 and _is_flag_half(text[start - 1]):
            start -= 1
        return (index - start) % 2 == 0
    return unicodedata.combining(before) != 9  # a virama joins its consonant to the next


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # the tags that spell a region's flag
        or "\u1160" <= character <= "\u11ff"  # the later parts of a Hangul syllable
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _cut(text: str, most: int) -> int:
    """The last index up to `most` where a cut tears nothing; `most` itself where there is none."""
    index = most
    while index > 0 and not is_boundary(text, index):
        index -= 1
    return index or most


def clip(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis, in at most `most` code points."""
    if len(text) <= most:
        return text
    return text[: _cut(text, most - 1)].rstrip() + ELLIPSIS


def clip_bytes(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis, in at most `most` code points and bytes of UTF-8."""
    if fits(text, most):
        return text
    return text[: _cut(text, _prefix(text, most - len(ELLIPSIS.encode())))].rstrip() + ELLIPSIS


def one_line(text: str, most: int) -> str:
    """The text on one line and clipped, for titles; an ellipsis where there is none."""
    return clip(" ".join(text.split()), most) or ELLIPSIS


def fits(text: str, most: int = limits.TEXT) -> bool:
    """Whether the text is within `most`, however Meta counts it."""
    return size(text) <= most


def size(text: str) -> int:
    """What the text counts against the limits of a text message and of a button template, on the strict reading."""
    return len(text) if text.isascii() else len(text.encode())


def _prefix(text: str, most: int) -> int:
    """How many code points at the beginning take at most `most` bytes."""
    head = text[:most]
    if head.isascii():
        return len(head)
    return len(head.encode()[:most].decode(errors="ignore"))


def split_text(text: str, most: int = limits.TEXT) -> list[str]:
    """A long text as several that are each short enough for one message.

    Args:
        text: Any text.
        most: Code points and bytes that a part may have.

    Returns:
        The parts in order, cut between paragraphs where possible, else lines, sentences or words. Nothing but white
        space at the cuts is lost. Empty for a blank text.
    """
    parts: list[str] = []
    rest = text.strip()
    while not fits(rest, most):
        at = _best_cut(rest, _prefix(rest, most))
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if rest:
        parts.append(rest)
    return [part for part in parts if part]


def _best_cut(text: str, most: int) -> int:
    window = text[: most + 1]
    least = most // 3
    for mark in ("\n\n", "\n"):
        at = window.rfind(mark)
        if at > least:
            return at
    sentences = [end.end() for end in _SENTENCE_END.finditer(window[:most])]
    if sentences and sentences[-1] > least and is_boundary(text, sentences[-1]):
        return sentences[-1]
    at = window.rfind(" ")
    while at > least and not is_boundary(text, at + 1):
        at = window.rfind(" ", 0, at)
    return at if at > least else _cut(text, most)
