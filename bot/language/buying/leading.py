"""What only leads into a message, or trails behind it: "sige po,", "wait", "ay sorry", "... then", "... na nga"."""

import re

from bot.language.lexicon import pattern

_POLITE = rf"(?:\s+(?:{pattern('small.polite', 'small.vocative')})\b)*"
_LEAD = re.compile(
    rf"^(?:{pattern('lead.word')}|{pattern('lead.besides')}(?!\s+{pattern('topic.size')}\b)"
    rf"|order(?:\s+(?:ko|po))*\s*[:=-])(?:\b|(?<=[:=-])){_POLITE}[\s,.!:;…-]*",
    re.IGNORECASE,
)
_REFUSING = re.compile(
    rf"^(?:{pattern('lead.refusing')})\b{_POLITE}(?:\s*[,.!;:…-]+\s*|\s+(?=(?:{pattern('lead.only')})\b))",
    re.IGNORECASE,
)
"""A "no" is one of the whole message, unless a pause or "just" stands behind it: "no, 1 lang", "no just one"."""
_TRAIL = re.compile(rf"[\s,]+(?:{pattern('lead.trailing')})[\s.!]*$", re.IGNORECASE)


def without_lead(text: str, *, refusing: bool = True) -> str:
    """The text without the words that only lead into it or trail behind it; the text itself where there are none.

    Args:
        text: What was typed, such as "ok po sige, 2 po nung kawali then".
        refusing: Whether a "no," before something else is left out too.
    """
    said = text.strip()
    while match := _LEAD.match(said) or (refusing and _REFUSING.match(said)):
        rest = said[match.end() :].strip()
        if not rest:
            break
        said = rest
    while (bare := _TRAIL.sub("", said).strip()) != said and bare:
        said = bare
    return said if any(map(str.isalnum, said)) else text.strip()
