"""What a question of checkout is, as data: where it is asked, how its answer is read, and what it fills."""

from collections.abc import Callable, Coroutine
from enum import Enum

import msgspec

from bot.language.texts import is_question
from dialogs.engine.run import Ask, Next, Together, Turn
from dialogs.states import Draft, InCheckout, Ordering
from replies.base import Reply
from replies.taps import EditCheckout, NewAddress

Asks = Callable[[InCheckout, Turn], Reply | Coroutine[Ask[object] | Together[object], object, Next[Ordering] | None]]
"""How a question is asked: a reply, or what asks the shop for it first; None where there is nothing to be asked."""
Read = Draft | Reply | Next[Ordering] | EditCheckout | NewAddress | None
"""What an answer came to: what is known now; what is said in place of the question; what was decided; what was as good
as tapped; None where it answers nothing, and the question is asked again."""
Reads = Callable[[InCheckout, str, Turn], Coroutine[Ask[object] | Together[object], object, Read]]
"""How an answer is read and checked: from the state, what was typed, and the turn with its draft."""


class When(Enum):
    """When a question is asked."""

    ALWAYS = "until it is answered"
    DETAIL = "until it is answered, which an answer to the question before may have done"
    OPEN = "where the shop cannot tell by itself"
    ON_WISH = "where the shopper wishes it"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question of checkout.

    Attributes:
        part: What is asked for, in a word: in "change ..." buttons and in `Draft.asked`.
        state: Where the conversation stands while it is asked.
        fills: The fields of the draft that an answer fills; the first tells whether there is one.
        when: When it is asked. What must come before stands before it in the table.
        is_optional: Whether it can be skipped.
        asks: How it is asked.
        reads: How an answer is read.
        words: The words that name it in "change ..."; none where it is not changed by itself.
        is_sure: Whether a text is an answer for certain, so that nothing else is looked for in it.
        is_aside: Whether a text is a question here: "pwede iwan sa guard" is a landmark.
        may_be_name: Whether a name is asked for, such as Maya, which elsewhere is a way to pay.
    """

    part: str
    state: type[InCheckout]
    fills: tuple[str, ...] = ()
    when: When
    is_optional: bool = False
    asks: Asks
    reads: Reads
    words: frozenset[str] = frozenset()
    is_sure: Callable[[str], bool] = lambda _: False
    is_aside: Callable[[str], bool] = is_question
    may_be_name: bool = False

    def is_missing(self, draft: Draft) -> bool:
        """Whether it must be asked before the order can be shown.

        Args:
            draft: What is known.
        """
        if self.when not in (When.ALWAYS, When.DETAIL) or getattr(draft, self.fills[0]):
            return False
        return not (self.is_optional and self.part in draft.asked)
