"""The dialogs as a diagram, drawn from their tables: where the conversation stands, what is heard, where it leads."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from dialogs.engine.state import State
from dialogs.engine.table import Anywhere, Dialog, On, Table

ANYWHERE = "Anywhere"


def diagram(table: Table, states: Iterable[type[State]]) -> str:
    """A Mermaid flowchart: states, and from each to where it can lead an arrow with what is heard and the step.

    Where a step leads is what its `Next[...]` says, which mypy holds it to.

    Args:
        table: Every dialog.
        states: Every state.
    """
    lines = [
        "flowchart LR",
        "  %% Anywhere: every state with no arrow of its own for what is heard. From Anywhere to Anywhere: it stays.",
        "  %% Dotted arrows: the states of a kind. From the kind: from any of them; to the kind: to one of them.",
        f'  {ANYWHERE}(["{ANYWHERE}"])',
    ]
    lines.extend(_nodes(sorted(states, key=_room)))
    for dialog in table.dialogs:
        lines.append(f"  %% {dialog.name}")
        lines.extend(_arrows(dialog))
    return "\n".join(lines)


def _nodes(states: list[type[State]]) -> Iterator[str]:
    """The states, those side by side whose stored names begin alike, each kind of several before its first."""
    drawn: set[type[State]] = set()
    for room, inside in groupby(states, key=_room):
        yield f'  subgraph {room}["{room}"]'
        for state in inside:
            yield f'    {state.__name__}("{state.__name__}")'
            if kind := _kind(state):
                if kind not in drawn:
                    drawn.add(kind)
                    yield f'    {kind.__name__}(["{kind.__name__}"])'
                yield f"    {kind.__name__} -.-> {state.__name__}"
        yield "  end"


def _room(state: type[State]) -> str:
    return str(state.__struct_config__.tag).partition(".")[0]


def _kind(state: type[State]) -> type[State] | None:
    """The kind of several states that a state is one of."""
    base = state.__mro__[1]
    return base if issubclass(base, State) and base is not State else None


def _arrows(dialog: Dialog) -> Iterator[str]:
    """The arrows of a dialog: one for all that leads from the same states to the same."""
    said: dict[tuple[str, str], list[str]] = {}
    for row in dialog.rows:
        heard = ", ".join(kind.__name__ for kind in row.heard)
        for arrow in _moves(row):
            said.setdefault(arrow, []).append(f"{heard}: {row.step.__name__}")
    for (start, end), labels in said.items():
        yield f'  {start} -- "{"<br>".join(labels)}" --> {end}'


def _moves(row: On) -> Iterator[tuple[str, str]]:
    """From where to where a row leads, as Mermaid names several at once; where it can stay, one by one."""
    places = row.destinations
    if all(isinstance(place, type) for place in places):
        yield " & ".join(_starts(row)), " & ".join(place.__name__ for place in places)
        return
    for start in (ANYWHERE,) if isinstance(row.states, Anywhere) else [state.__name__ for state in row.states]:
        yield start, " & ".join(place.__name__ if isinstance(place, type) else start for place in places)


def _starts(row: On) -> Iterable[str]:
    """Where a row holds; where that is every state of a kind, the kind in place of them all."""
    if isinstance(row.states, Anywhere):
        return (ANYWHERE,)
    kinds = {_kind(state) for state in row.states}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind and set(row.states) == set(kind.__subclasses__()):
        return (kind.__name__,)
    return [state.__name__ for state in row.states]
