"""What would change in many conversations, alike together: today's program against the recordings of a week."""

import difflib
import re
from collections.abc import Iterable

from bot.workshop.replay.player import Played
from bot.workshop.replay.report import Case
from handlers.transcripts.writing import answer_lines

_GROUPS_MOST = 20
_VARIES = re.compile(r"“[^”]*”|'[^']*'|₱?[\d,.]*\d|{\w+ \d+}")


def grouped(cases: Iterable[Case], *, least: int = 2) -> str:
    """What differs in many conversations, alike together, the most frequent first; empty where nothing repeats.

    Args:
        cases: The conversations.
        least: How often something differs at least, to be told.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    samples: dict[tuple[str, ...], tuple[str, ...]] = {}
    for case in cases:
        for each in (each for each in case.played if not each.is_same):
            differs = _difference(each)
            likeness = ("words of", *each.said) if each.verdict == "wording" and each.said else differs
            groups.setdefault(likeness, []).append(f"{case.path.name}, line {each.line}")
            samples.setdefault(likeness, differs)
    many = sorted((one for one in groups.items() if len(one[1]) >= least), key=lambda one: -len(one[1]))
    lines: list[str] = []
    for likeness, places in many[:_GROUPS_MOST]:
        more = f" and {len(places) - 2} more" if len(places) > 2 else ""
        lines += [f"{_often(len(places))}: {'; '.join(places[:2])}{more}"]
        lines += [f"    {line}" for line in samples[likeness]]
    if len(many) > _GROUPS_MOST:
        lines.append(f"and {len(many) - _GROUPS_MOST} kinds more")
    return "\n".join(lines)


def _often(times: int) -> str:
    return f"{times} times alike" if times > 1 else "once"


def _difference(each: Played) -> tuple[str, ...]:
    """What differs, without what differs from one conversation to the next."""
    if each.broken:
        return (_alike(each.broken[0].split("\n")[0].split("(")[0]),)
    facts = [f"{fact.asked}: {fact.expected}, today {fact.today}" for fact in each.known if not fact.is_same]
    changed = difflib.ndiff(answer_lines(each.expected), answer_lines(each.heard or []))
    lines = [line for line in changed if line[:1] in "+-"]
    return tuple(dict.fromkeys(map(_alike, facts or lines)))[:4]


def _alike(text: str) -> str:
    return _VARIES.sub("…", text)
