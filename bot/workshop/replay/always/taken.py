"""A turn that was taken, as far as what always holds is seen of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from dialogs.conversation import load_state
from dialogs.engine.state import State
from dialogs.states import Draft
from handlers.transcripts.again import heard_in, kept_in
from handlers.transcripts.twin import TurnLine
from repository.workshop.replay.seen import TurnRow

Facts = dict[str, Any]
"""A reply's facts, as a recording holds them."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A turn.

    Attributes:
        heard: What the step heard.
        step: The step that was taken.
        before: The state in which it began.
        after: The state in which it ended.
        draft: What was known before of the order that was being made.
        draft_after: What is known now.
        replies: What was said: each reply's name and its facts.
        own_name: What Facebook calls the shopper; empty where it does not tell.
        is_quiet: Whether a person of the shop was to answer.
    """

    heard: msgspec.Struct
    step: str
    before: State
    after: State
    draft: Draft
    draft_after: Draft
    replies: Sequence[tuple[str, Facts]]
    own_name: str = ""
    is_quiet: bool = False

    @property
    def said(self) -> tuple[str, ...]:
        """The names of the replies."""
        return tuple(name for name, _ in self.replies)


def line_of(row: TurnRow) -> TurnLine:
    """A stored turn as a line of a twin, without what was sent.

    Args:
        row: The turn.
    """
    event, before, recording, after = (
        msgspec.Raw(part.encode()) for part in (row.event, row.before, row.recording, row.after)
    )
    return TurnLine(did="", event=event, before=before, recording=recording, after=after)


def taken(line: TurnLine) -> Taken:
    """A turn as it was recorded.

    Args:
        line: The turn.

    Raises:
        msgspec.ValidationError: Its recording is of a version that this program does not know.
    """
    kept = kept_in(line)
    before, heard = heard_in(line, kept)
    return Taken(
        heard=heard,
        step=kept.step,
        before=before,
        after=load_state(bytes(line.after)),
        draft=kept.facts.draft,
        draft_after=msgspec.json.decode(kept.draft, type=Draft),
        replies=[(name, msgspec.json.decode(facts)) for name, facts in kept.replies],
        own_name=kept.facts.name,
        is_quiet=kept.is_quiet,
    )
