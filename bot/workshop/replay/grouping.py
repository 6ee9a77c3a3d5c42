"""What would change in many conversations, alike together: today's program against the recordings of a week."""

import difflib
import re
from collections.abc import Iterable

from bot.workshop.replay.player import Played
from bot.workshop.replay.report import Case
from handlers.transcripts.writing import answer_lines

_GROUPS_MOST = 20
_VARIES = re.compile(r"“[^”]*”|'[^']*'|₱?[\d,.]*\d|{\w+ \d+}")


def grouped(cases: Iterable[Case]) -> str:
    """What differs in many conversations, alike together, the most frequent first; empty where nothing repeats.

    Args:
        cases: The conversations.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for case in cases:
        for each in (each for each in case.played if not each.is_same):
            groups.setdefault(_likeness(each), []).append(f"{case.path.name}, line {each.line}")
    many = sorted((one for one in groups.items() if len(one[1]) > 1), key=lambda one: -len(one[1]))
    lines: list[str] = []
    for likeness, places in many[:_GROUPS_MOST]:
        more = f" and {len(places) - 2} more" if len(places) > 2 else ""
        lines += [f"{len(places)} times alike: {'; '.join(places[:2])}{more}", *(f"    {line}" for line in likeness)]
    return "\n".join(lines)


def _likeness(each: Played) -> tuple[str, ...]:
    """What differs, without what differs from one conversation to the next."""
    if each.broken:
        return (_alike(each.broken[0].split("\n")[0].split("(")[0]),)
    facts = [f"{fact.asked}: {fact.expected}, today {fact.today}" for fact in each.known if not fact.is_same]
    changed = difflib.ndiff(answer_lines(each.expected), answer_lines(each.heard or []))
    lines = [line for line in changed if line[:1] in "+-"]
    return tuple(dict.fromkeys(map(_alike, facts or lines)))[:4]


def _alike(text: str) -> str:
    return _VARIES.sub("…", text)
