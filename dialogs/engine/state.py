"""Where a conversation stands: small frozen structs with a stored name."""

from typing import ClassVar, TypeVar

import msgspec

from repository.files.files import Purpose


class State(msgspec.Struct, frozen=True, tag_field="at"):
    """Where a conversation stands. A subclass is stored under its `tag`, which is never reused for something else.

    Attributes:
        pictures: What pictures are for that are sent here: they are fetched and kept before the step hears of them.
            None where only an order that waits for a proof can want one.
    """

    pictures: ClassVar[Purpose | None] = None


class Idle(State, frozen=True, tag="idle"):
    """Nothing is under way; also what a stored state becomes that no longer decodes."""


Here = TypeVar("Here", bound=State)
"""The state that a step is taken in, whichever: `(state: Here, ...) -> Next[Here | Idle]` stays, or goes to `Idle`."""
