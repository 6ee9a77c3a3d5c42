"""Dialogs as tables: which step answers what, where, and where it leads."""

from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import TypeVar, get_args, overload

import msgspec

from dialogs.engine.run import Ask, H, Next, S, Step, Together
from dialogs.engine.state import State

S2 = TypeVar("S2", bound=State)
S3 = TypeVar("S3", bound=State)
H2 = TypeVar("H2", bound=msgspec.Struct)


class Anywhere:
    """In every state that has no row of its own for what was heard."""


ANYWHERE = Anywhere()

# Two and three are told apart because mypy takes several classes for what they have in common, not for one of them:
# a row of more needs a step that takes what all of them are.
Where = type[S] | tuple[type[S], type[S2]] | tuple[type[S], type[S2], type[S3]] | tuple[type[S], ...]
What = type[H] | tuple[type[H], type[H2]] | tuple[type[H], ...]
_AnyStep = Callable[..., Coroutine[Ask[object] | Together[object], object, Next[State]]]


class On:
    """One row: in this state, or these, when this is heard, take this step.

    A step that does not take this state, or does not hear this, is refused by mypy.
    """

    @overload
    def __init__(self, where: Anywhere, what: What[H, H2], step: Step[State, H | H2]) -> None: ...
    @overload
    def __init__(self, where: Where[S, S2, S3], what: What[H, H2], step: Step[S | S2 | S3, H | H2]) -> None: ...
    def __init__(
        self,
        where: Anywhere | type[State] | tuple[type[State], ...],
        what: type[msgspec.Struct] | tuple[type[msgspec.Struct], ...],
        step: _AnyStep,
    ) -> None:
        self.states = where if isinstance(where, tuple | Anywhere) else (where,)
        self.heard = what if isinstance(what, tuple) else (what,)
        self.step = step

    @property
    def destinations(self) -> tuple[type[State] | TypeVar, ...]:
        """Where the step can lead, as its `Next[...]` says; `Here` where it can stay, whichever state that is."""
        (where,) = get_args(self.step.__annotations__["return"])
        return get_args(where) or (where,)


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
        self._steps: dict[tuple[type[State] | None, type[msgspec.Struct]], _AnyStep] = {}
        for dialog in self.dialogs:
            for row in dialog.rows:
                for pair in _pairs(row):
                    if pair in self._steps:
                        raise ValueError(f"{dialog.name}: a second row answers {pair}")
                    self._steps[pair] = row.step

    def find(self, state: S, heard: H) -> Step[S, H] | None:
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
