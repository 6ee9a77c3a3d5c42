"""Dialogs as tables: which step answers what, where."""

from collections.abc import Iterable, Iterator

import msgspec

from dialogs.engine.run import Step
from dialogs.engine.state import State


class Anywhere:
    """In every state that has no row of its own for what was heard."""


ANYWHERE = Anywhere()

Where = type[State] | tuple[type[State], ...] | Anywhere
What = type[msgspec.Struct] | tuple[type[msgspec.Struct], ...]


class On:
    """One row: in this state, when this is heard, take this step."""

    def __init__(self, where: Where, what: What, step: Step) -> None:
        self.states = where if isinstance(where, tuple | Anywhere) else (where,)
        self.heard = what if isinstance(what, tuple) else (what,)
        self.step = step


class Dialog:
    """A named table of rows. A pair without a row is not possible there."""

    def __init__(self, name: str, rows: Iterable[On]) -> None:
        self.name = name
        self.rows = tuple(rows)


class Table:
    """Every dialog of the shop, ready to be looked up.

    Raises:
        ValueError: Two rows answer the same pair.
    """

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self.dialogs = tuple(dialogs)
        self._steps: dict[tuple[type[State] | None, type[msgspec.Struct]], Step] = {}
        for dialog in self.dialogs:
            for row in dialog.rows:
                for pair in _pairs(row):
                    if pair in self._steps:
                        raise ValueError(f"{dialog.name}: a second row answers {pair}")
                    self._steps[pair] = row.step

    def find(self, state: State, heard: msgspec.Struct) -> Step | None:
        """The step for this state and what was heard; None where there is none.

        Args:
            state: Where the conversation stands.
            heard: What the shopper did.
        """
        kind = type(heard)
        return self._steps.get((type(state), kind)) or self._steps.get((None, kind))

    @property
    def states(self) -> frozenset[type[State]]:
        """Every state that some row names."""
        return frozenset(state for state, _ in self._steps if state is not None)


def _pairs(row: On) -> Iterator[tuple[type[State] | None, type[msgspec.Struct]]]:
    for heard in row.heard:
        if isinstance(row.states, Anywhere):
            yield None, heard
        else:
            for state in row.states:
                yield state, heard
