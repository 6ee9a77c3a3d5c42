"""Which rows of the dialog tables and which replies conversations have come by, and which never."""

from collections.abc import Iterable, Iterator

import msgspec

from bot.workshop.replay.whose import reply_names
from dialogs.conversation import TABLE
from dialogs.engine.state import State
from dialogs.engine.table import Anywhere, On
from handlers.transcripts.again import heard_in, kept_in
from handlers.transcripts.twin import TurnLine


class Taken(msgspec.Struct, frozen=True):
    """What a conversation came by.

    Attributes:
        rows: Of the dialog tables, each by its words.
        replies: By their names.
    """

    rows: frozenset[str] = frozenset()
    replies: frozenset[str] = frozenset()


def taken(lines: Iterable[TurnLine]) -> Taken:
    """What some turns came by.

    Args:
        lines: The turns, recorded.
    """
    rows: set[str] = set()
    replies: set[str] = set()
    for line in lines:
        try:
            kept = kept_in(line)
            state, heard = heard_in(line, kept)
        except (msgspec.MsgspecError, ValueError):
            continue
        replies |= {name for name, _ in kept.replies}
        rows |= {words for words, row, kind in _rows() if _answers(row, kind, state, heard, kept.step)}
    return Taken(frozenset(rows), frozenset(replies))


def report(all_taken: Iterable[Taken]) -> str:
    """How much was come by, dialog by dialog, and what never was.

    Args:
        all_taken: Of each conversation.
    """
    parts = list(all_taken)
    rows = frozenset[str]().union(*(part.rows for part in parts))
    replies = frozenset[str]().union(*(part.replies for part in parts))
    lines: list[str] = []
    every = [(words, words.partition(":")[0]) for words, _, _ in _rows()]
    for dialog in dict.fromkeys(name for _, name in every):
        own = [words for words, name in every if name == dialog]
        missing = [words for words in own if words not in rows]
        lines.append(f"{dialog}: {len(own) - len(missing)} of {len(own)} rows")
        lines += [f"    never {words.partition(': ')[2]}" for words in missing]
    names = sorted(reply_names())
    unsaid = [name for name in names if name not in replies]
    lines.append(f"replies: {len(names) - len(unsaid)} of {len(names)}")
    lines += [f"    never {name}" for name in unsaid]
    came = sum(words in rows for words, _ in every)
    return "\n".join([*lines, f"{came} of {len(every)} rows, {len(names) - len(unsaid)} of {len(names)} replies"])


def _rows() -> Iterator[tuple[str, On, type[msgspec.Struct]]]:
    """Every row with each thing that it answers, in words."""
    for dialog in TABLE.dialogs:
        for row in dialog.rows:
            where = "anywhere" if isinstance(row.states, Anywhere) else " or ".join(s.__name__ for s in row.states)
            for kind in row.heard:
                yield f"{dialog.name}: {where}, {kind.__name__}: {row.step.__name__}", row, kind


def _answers(row: On, kind: type[msgspec.Struct], state: State, heard: msgspec.Struct, step: str) -> bool:
    """Whether it was this row that answered."""
    if type(heard) is not kind or row.step.__name__ != step:
        return False
    return isinstance(row.states, Anywhere) or type(state) in row.states
