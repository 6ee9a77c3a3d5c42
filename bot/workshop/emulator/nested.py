"""Fields as Graph takes them, with fields of theirs: `messages.limit(5){message,from{name}},participants`."""

import re
from collections.abc import Callable

from bot.workshop.emulator.answers import Json, Refusal
from bot.workshop.emulator.calls import Call

_PART = re.compile(r"\s*(\w+)\s*|\.(\w+)\(([^(){}]*)\)|([{},])")
_DEEPEST = 8

Known = dict[str, Callable[[], object]]
"""What each field of something is, found when it is asked for."""


class Field:
    """One field that is asked for.

    Attributes:
        limit: How many of its entries at most; 0 where nothing is said.
        inside: The fields that are asked for of each.
    """

    def __init__(self) -> None:
        self.limit = 0
        self.inside: dict[str, Field] = {}


def asked(text: str) -> dict[str, Field]:
    """The fields that a call asks for.

    Raises:
        Refusal: They cannot be read, or one is to have another name (`.as()`): apps made since 4 November 2026 may not.
    """
    top: dict[str, Field] = {}
    stack = [top]
    last: Field | None = None
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise _unread(text, at)
        at = part.end()
        name, modifier, argument, mark = part.groups()
        if name:
            last = stack[-1].setdefault(name, Field())
        elif modifier:
            if last is None or modifier == "as":
                raise Refusal(100, f"Syntax error: field modifier {modifier} is not available to this app")
            if modifier == "limit" and argument.isdecimal():
                last.limit = int(argument[:6])
        elif mark == "{":
            if last is None or len(stack) >= _DEEPEST:
                raise _unread(text, at)
            stack.append(last.inside)
            last = None
        elif mark == "}":
            if len(stack) == 1:
                raise _unread(text, at)
            stack.pop()
            last = None
    if len(stack) > 1:
        raise _unread(text, len(text))
    return top


def wanted(call: Call, usual: str) -> dict[str, Field]:
    """The fields of a call, or the usual ones where it names none."""
    given = call.fields.get("fields")
    names = ",".join(map(str, given)) if isinstance(given, list) else str(given or "")
    return asked(names or usual)


def told(known: Known, fields: dict[str, Field], node: str) -> Json:
    """What is known, as far as it is asked for; an id always is.

    Args:
        known: Every field there is.
        fields: Those that are asked for.
        node: What it is, for the refusal.

    Raises:
        Refusal: There is no such field.
    """
    if unknown := [name for name in fields if name not in known]:
        raise Refusal(100, f"Tried accessing nonexisting field ({unknown[0]}) on node type ({node})")
    names = [*fields, *(("id",) if "id" in known and "id" not in fields else ())]
    return {name: value for name in names if (value := known[name]()) is not None}


def paged(rows: list[Json], call: Call, *, usual: int = 25) -> Json:
    """One page of a list, with the cursors to the next.

    Args:
        rows: All of them.
        call: Its `limit` and `after`.
        usual: How many where nothing is said.
    """
    limit = call.text("limit")
    many = min(int(limit[:6]), 100) if limit.isdecimal() and int(limit) else usual
    after = call.text("after")
    first = int(after) if after.isdecimal() else 0
    page = rows[first : first + many]
    paging: Json = {"cursors": {"before": str(first), "after": str(first + len(page))}}
    if first + many < len(rows):
        paging["next"] = f"https://graph.facebook.com/{'/'.join(call.path)}?after={first + len(page)}&limit={many}"
    return {"data": page, "paging": paging} if page else {"data": []}


def only(row: Json, fields: dict[str, Field]) -> Json:
    """A row that is known already, as far as it is asked for."""
    return {name: value for name, value in row.items() if name == "id" or name in fields}


def _unread(text: str, at: int) -> Refusal:
    return Refusal(2500, f"Syntax error in the fields at character {at} of {len(text)}")
