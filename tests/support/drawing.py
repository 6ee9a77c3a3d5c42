"""The diagram of the dialogs, read back from its text, so that a test can ask what it shows."""

import re
from typing import NamedTuple, get_args

import msgspec

from dialogs.conversation import TABLE
from dialogs.engine.diagram import ANYWHERE, diagram
from dialogs.engine.state import State
from dialogs.states import AnyState

STATES: tuple[type[State], ...] = get_args(AnyState)
TEXT = diagram(TABLE, STATES)


class Arrow(NamedTuple):
    """One thing that an arrow says."""

    start: str
    heard: str
    step: str
    end: str


class Drawing:
    """What a diagram shows."""

    def __init__(self, text: str) -> None:
        self.nodes = set(re.findall(r'^    (\w+)\("\w+"\)$', text, re.MULTILINE))
        self.kinds = set(re.findall(r"^    (\w+) -\.-> (\w+)$", text, re.MULTILINE))
        self.arrows = {
            Arrow(start, heard, step, end)
            for starts, labels, ends in re.findall(r'^  (\w[\w &]*) -- "(.+)" --> (\w[\w &]*)$', text, re.MULTILINE)
            for start in starts.split(" & ")
            for end in ends.split(" & ")
            for heards, step in (label.split(": ") for label in labels.split("<br>"))
            for heard in heards.split(", ")
        }

    def has(self, state: State, heard: msgspec.Struct, step: str, after: State) -> bool:
        """Whether there is an arrow for this.

        Args:
            state: Where the conversation stood.
            heard: What the shopper did.
            step: The name of the step that answered.
            after: Where the conversation stands now.
        """
        start, end, kind = type(state).__name__, type(after).__name__, type(heard).__name__
        ends = {end, *self._kinds_of(end)}
        if start == end and Arrow(ANYWHERE, kind, step, ANYWHERE) in self.arrows:
            return True
        starts = (start, *self._kinds_of(start), ANYWHERE)
        return any(Arrow(one, kind, step, other) in self.arrows for one in starts for other in ends)

    def reached_from(self, start: str) -> set[str]:
        """Every state to which arrows lead from a state."""
        reached: set[str] = set()
        ahead = {start, ANYWHERE}
        while ahead:
            reached |= ahead
            ends = {arrow.end for arrow in self.arrows if arrow.start in reached}
            members = {member for kind, member in self.kinds if kind in reached}
            above = {kind for kind, member in self.kinds if member in reached}
            ahead = (ends | members | above) - reached
        return reached

    def _kinds_of(self, name: str) -> set[str]:
        return {kind for kind, member in self.kinds if member == name}


DRAWING = Drawing(TEXT)
