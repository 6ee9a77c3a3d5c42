"""Why a text is understood as it is: every candidate with its score and reason, and the row that won. For people."""

from collections.abc import Sequence

import msgspec

from dialogs.reading.candidate import Candidate
from dialogs.reading.context import Context
from dialogs.reading.table import DECISION, NOTHING, Row, read


class Explained(msgspec.Struct, frozen=True):
    """One thing that a text may mean, without what the steps need of it.

    Attributes:
        kind: As `Candidate.kind`.
        name: What it is in a word.
        value: What was read.
        score: From 0 to 1.
        why: The reason.
        row: The row of the table that found it.
    """

    kind: str
    name: str
    value: str
    score: float
    why: str
    row: str


class Explanation(msgspec.Struct, frozen=True):
    """How a text was understood.

    Attributes:
        text: As it was read.
        asked: What was asked, as the state is called; "idle" for nothing.
        decision: What won.
        candidates: Everything that was found, in the order in which it is believed, the decision among it.
    """

    text: str
    asked: str
    decision: Explained
    candidates: tuple[Explained, ...]


def explain(text: str, context: Context) -> Explanation:
    """Why a text is understood as it is.

    Args:
        text: What was typed.
        context: What it is read against.
    """
    typed = text.strip()
    meant = read(typed, context) if typed else NOTHING
    found = tuple(_explained(row, one) for row in DECISION for one in row.reads(typed, context)) if typed else ()
    asked = str(type(context.state).__struct_config__.tag or "idle")
    return Explanation(text=typed, asked=asked, decision=_explained(meant.row, meant.candidate), candidates=found)


def order() -> Sequence[str]:
    """The rows of the table by their names, in the order in which they are believed."""
    return [row.name for row in DECISION]


def _explained(row: Row, one: Candidate) -> Explained:
    return Explained(one.kind, one.name, one.value, round(one.score, 3), one.why, row.name)
