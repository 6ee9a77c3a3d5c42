"""What merchants write as phrases and hours, put in order, and what is wrong with it in a plain sentence."""

import re

from bot.language.fold import fold
from bot.language.phrases.taught import PHRASE_MOST, PHRASES_MOST, comparable

_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d\d))?")
_SHOWN = 40


def phrase_problem(phrase: str) -> str:
    """Why a phrase cannot be one; empty where it can.

    Args:
        phrase: What the merchant wrote.
    """
    letters = fold(phrase)
    if not letters:
        return f"“{_cut(phrase)}” has no letters or digits: please write words that shoppers use."
    if len(letters) == 1 and letters.isalpha():
        return f"“{_cut(phrase)}” is one letter, which stands in nearly every message. Please write a word."
    if len(phrase) > PHRASE_MOST:
        return f"“{_cut(phrase)}” is {len(phrase):,} characters long; {PHRASE_MOST} are the most for a phrase."
    return ""


def phrases_problem(lines: str, *, keyword: str = "") -> str:
    """Why lines cannot be the phrases of a reply: what is wrong with the first that is; empty where nothing is.

    Args:
        lines: Phrases, one a line.
        keyword: The reply's first phrase.
    """
    phrases = in_lines(lines)
    if len(phrases) > PHRASES_MOST:
        return f"These are {len(phrases):,} phrases; {PHRASES_MOST} are the most for one reply."
    seen = {comparable(keyword): keyword} if keyword else {}
    for phrase in phrases:
        if problem := phrase_problem(phrase):
            return problem
        if before := seen.get(comparable(phrase)):
            return f"“{_cut(phrase)}” and “{_cut(before)}” are the same: capitals and accents do not matter."
        seen[comparable(phrase)] = phrase
    return ""


def in_lines(lines: str) -> tuple[str, ...]:
    """Phrases, one a line, without the empty ones and with single spaces.

    Args:
        lines: What the merchant wrote.
    """
    return tuple(phrase for line in lines.splitlines() if (phrase := " ".join(line.split())))


def hours(text: str) -> tuple[int, int] | None:
    """Two times of the day in minutes after midnight, of "8:00-17:00", "8-17" or "22 to 6"; None where it is none.

    Args:
        text: What the merchant wrote.
    """
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    one, one_minute, other, other_minute = (int(part or 0) for part in found.groups())
    times = one * 60 + one_minute, other * 60 + other_minute
    is_fine = max(one_minute, other_minute) < 60 and times[0] < 24 * 60 and times[1] <= 24 * 60 and times[0] != times[1]
    return (times[0], times[1] % (24 * 60)) if is_fine and times[0] != times[1] % (24 * 60) else None


def in_hours(times: tuple[int, int] | None) -> str:
    """Two times of the day as they are shown, such as "08:00-17:00"; empty for None.

    Args:
        times: Minutes after midnight.
    """
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in times) if times else ""


def _cut(phrase: str) -> str:
    return phrase if len(phrase) <= _SHOWN else phrase[:_SHOWN] + "…"
