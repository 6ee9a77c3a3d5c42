"""What a question of checkout is, as data: where it is asked, how its answer is read, and what it fills."""

from collections.abc import Callable, Coroutine
from enum import Enum
from typing import Self

import msgspec
from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.texts import is_nothing, is_question, is_yes, tidy
from dialogs.checkout.draft import LINE_MOST, asked, extra_of, with_extra
from dialogs.engine.run import Ask, Next, Together, Turn
from dialogs.states import AskingExtra, Draft, InCheckout, Ordering
from replies.base import Reply
from replies.extras import AskExtra
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
        state: Where the conversation stands while it is asked, as it is when it is asked first.
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
    state: InCheckout
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

    def passed(self, draft: Draft) -> Draft:
        """The draft, so that it is not asked once more where it can be skipped.

        Args:
            draft: What is known.
        """
        return asked(draft, self.part) if self.is_optional else draft

    def emptied(self, draft: Draft) -> Draft:
        """The draft without an answer to it.

        Args:
            draft: What is known.
        """
        field = self.fills[0]
        return replace(draft, **{field: ""}, address_id=None) if getattr(draft, field) else draft


class ExtraQuestion(Question, frozen=True, kw_only=True):
    """A plain question: its answer is kept in `Draft.extras` under its part, an empty one where it was skipped."""

    fills: tuple[str, ...] = ("extras",)
    when: When = When.ALWAYS

    @classmethod
    def of(
        cls,
        part: str,
        *,
        most: int = LINE_MOST,
        is_optional: bool = True,
        words: frozenset[str] = frozenset(),
        when: When = When.ALWAYS,
    ) -> Self:
        """The row of a plain question.

        Args:
            part: What is asked for, in small letters and `_`: "gift_message". Its words are the blocks
                `ask_gift_message`, `summary_gift_message` and `quick_gift_message` of `checkout.j2`. It is stored, so
                it is never used for something else.
            most: Characters of an answer that are kept.
            is_optional: Whether it can be skipped.
            words: What names it in "change ..."; the part's first word where none are given.
            when: When it is asked; one that is asked on wish can be answered before it is.
        """

        def ask(state: InCheckout, turn: Turn) -> AskExtra:
            return AskExtra(part=part, given=extra_of(turn.draft, part) or "", is_optional=is_optional)

        async def read(state: InCheckout, text: str, turn: Turn) -> Read:
            answer = tidy(text)[:most].strip()
            return None if is_yes(text) or is_nothing(text) or not answer else with_extra(turn.draft, part, answer)

        return cls(
            part=part,
            state=AskingExtra(part=part),
            when=when,
            is_optional=is_optional,
            asks=ask,
            reads=read,
            words=words or frozenset({fold(part.partition("_")[0])}),
            is_aside=lambda text: "?" in text,
            may_be_name=True,
        )

    def is_missing(self, draft: Draft) -> bool:
        if self.when is When.ON_WISH:
            return False
        answer = extra_of(draft, self.part)
        return answer is None or not (answer or self.is_optional)

    def passed(self, draft: Draft) -> Draft:
        if self.when is When.ON_WISH:
            return draft
        return with_extra(draft, self.part, extra_of(draft, self.part) or "")

    def emptied(self, draft: Draft) -> Draft:
        return with_extra(draft, self.part, "")
