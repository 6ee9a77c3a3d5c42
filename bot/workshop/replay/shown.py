"""The differences of a conversation for people at the console."""

import difflib

from bot.workshop.replay.player import Played
from handlers.transcripts.writing import answer_lines

_AROUND = 3


def shown(played: list[Played]) -> str:
    """The first exchange that differs with three around it, and which others do; empty where none does.

    A change of what the shop does comes before one of its words.

    Args:
        played: A conversation.
    """
    different = [number for number, each in enumerate(played) if not each.is_same]
    if not different:
        return ""
    first = next((number for number in different if played[number].is_behaviour), different[0])
    before, after = played[max(0, first - _AROUND) : first], played[first + 1 : first + 1 + _AROUND]
    lines = [*map(_did, before), *_difference(played[first])]
    for each in after:
        lines += [_did(each), *_broken(each)]
    others = [played[number] for number in different if number != first]
    for each in (other for other in others if other.broken and other not in after):
        lines += [_did(each), *_broken(each)]
    for words, is_behaviour in (("also different", True), ("other words", False)):
        alike = [str(other.line) for other in others if not other.broken and other.is_behaviour == is_behaviour]
        if alike:
            lines.append(f"{words}, on line {', '.join(alike)}")
    return "\n".join(lines)


def _did(each: Played) -> str:
    head, *more = each.did.split("\n")
    return f"line {each.line}: {f'{each.who} ' if each.who else ''}> {head}{' …' if more else ''}"


def _broken(each: Played) -> list[str]:
    return [f"    {line}" for words in each.broken for line in words.split("\n")]


def _difference(each: Played) -> list[str]:
    kind = {"same": "", "wording": " (only words)", "behaviour": " (behaviour)"}[each.verdict]
    lines = [_did(each) + kind, *_broken(each)]
    if each.heard is not None and each.verdict != "same":
        changed = difflib.ndiff(answer_lines(each.expected), answer_lines(each.heard))
        lines += [f"    {line}" for line in changed if not line.startswith("?")]
    for fact in (fact for fact in each.known if not fact.is_same):
        lines.append(f"    line {fact.line}: {fact.asked} is {fact.today}, not {fact.expected or 'known yet'}")
    return lines
