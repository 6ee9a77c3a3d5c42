"""What is personal by its shape alone: links, mail addresses, phones, papers, places on a map, days of birth."""

import re

from handlers.transcripts.personal.known import SPELLED

_TLD = r"(?:com|net|org|ph|edu|gov|me|io)"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_SPACED_MAIL = (
    rf"[\w.+-]+\s+?@\s*[\w-]+\s*\.\s*{_TLD}\b(?:\s*\.\s*ph\b)?|[\w.+-]+@\s+[\w-]+\s*\.\s*{_TLD}\b(?:\s*\.\s*ph\b)?"
)
_SAID_MAIL = (
    r"[\w+-]+(?:(?:\.|\s+dot\s+)[\w+-]+)*\s*(?:\(at\)|\[at\]|\bat\b)\s*(?:gmail|yahoo|ymail|hotmail|outlook|icloud|proton)"
    rf"\s*(?:\.|\bdot\b)\s*{_TLD}\b(?:\s*(?:\.|\bdot\b)\s*ph\b)?"
)
_MONTH = r"(?:jan|feb|mar|apr|may|mayo|jun|hun|jul|hul|aug|ago|sep|set|oct|okt|nov|nob|dec|dis)[a-z]*\.?"
_LONG_AGO = r"(?:19[2-9]\d|200\d|201[0-5])"
_DAY = (
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_LONG_AGO}\b|\b\d{{1,2}}\s+{_MONTH},?\s+{_LONG_AGO}\b"
    rf"|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_LONG_AGO}\b|\b{_LONG_AGO}-\d{{2}}-\d{{2}}\b"
)
FORMS = "|".join(
    f"(?P<{name}>{form})"
    for name, form in (
        ("link", r"(?:(?:https?://|www\.)|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/)[^\s\"'<>\\]+"),
        ("mail", rf"{_MAIL}|{_SPACED_MAIL}|{_SAID_MAIL}"),
        ("handle", r"(?<![\w.])@[A-Za-z][\w.]{2,}"),
        ("order", r"ORD-\d{8}-[A-Z0-9]+"),
        ("map", r"(?<![\w.])-?\d{1,3}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}(?!\w)"),
        ("born", _DAY),
        ("phone", r"(?<![^\W_])(?<!-)(?:\+?63|[0o])?[\s.()-]{0,2}9(?:[\s.()-]{0,2}[\do]){9}(?![^\W_])"),
        ("paper", r"(?<![\w-])[A-Z]{1,3}-?\d{6,10}[A-Z]?(?!\w)"),
        (
            "number",
            r"(?<![^\W_])(?<![.,₱-])(?!\d{4}-\d\d-\d\d(?!\d))(?:\d(?:[\s-]?\d){7,19}|\d{7}(?![.,]\d)|\d{3}-\d{4})(?![^\W_])",
        ),
        ("spelled", rf"\b(?:{SPELLED})(?:[\s,.-]+(?:{SPELLED})){{6,}}\b"),
    )
)
"""What is known by its form, each under its name."""
HOUSE = r"(?P<house>\b(?:blk|block|lot|phase|unit|room|rm|tower|floor|flr|bldg)\b\.?\s*#?\d+[a-z]?\b)"
SECRET = re.compile(
    r"\b(?:otp|mpin|cvv|pin code|password|passcode|pass|pw)\b(?:\s+(?:ko|po|is|ay|ng|wifi|number|no\.?))*\s*[:=]?\s*"
    r"(?=\S*\d)([\w!@#$%&*-]{4,20})",
    re.IGNORECASE,
)
"""What only its owner should know, behind what it is called."""
PLATE = re.compile(
    r"\b(?:plate|plaka|conduction sticker|conduction)\b(?:\s+(?:no\.?|number|num|ko|nya|niya|po|ay|is|#))*\s*[:#]?\s*"
    r"([A-Z]{1,3}\d?[\s-]?[A-Z]?\d{3,5}|\d{3,4}[\s-]?[A-Z]{2,3})\b",
    re.IGNORECASE,
)
"""The number of a car or a motorcycle, behind what it is called."""


def with_digits(text: str, digits: str) -> str:
    """A text with its last digits put in place of others, whatever stands between them.

    Args:
        text: Such as a number that was typed.
        digits: What takes the place of its digits.
    """
    left = list(digits)
    letters = [left.pop() if letter.isdigit() and left else letter for letter in reversed(text)]
    return "".join(reversed(letters))


def in_case(text: str, stand_in: str) -> str:
    """A stand-in in capitals or small letters, as what it stands for.

    Args:
        text: What it stands for.
        stand_in: The stand-in.
    """
    if text.isupper() and len(text) > 1:
        return stand_in.upper()
    return stand_in.lower() if text.islower() else stand_in


def loosely(text: str, before: tuple[str, ...] = (), behind: tuple[str, ...] = ()) -> str:
    """The form of a text as it may be typed: with other blanks, dots and commas between its words.

    Args:
        text: Such as a name.
        before: Words before it that make something else of it, as San makes a town of Juan.
        behind: The same behind it.
    """
    words = r"[\s.,]+".join(re.escape(word) for word in re.split(r"[\s.,]+", text) if word)
    letter = r"[^\W_]" if text[0].isdigit() else r"[^\W\d_]"  # no house 15 for house 5, no Lorena for Lore
    unless = "".join(rf"(?<!\b{re.escape(word)}[\s.])" for word in before)
    unless_behind = "".join(rf"(?!\s+{re.escape(word)}\b)" for word in behind)
    return rf"(?<!{letter}){unless}{words}(?![^\W\d_]){unless_behind}"
