"""Extra questions of checkout, each with words of its own: how it is asked, and its answer in the summary."""

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.checkout import Asks
from replies.parts import common
from replies.words import cut, own_words
from repository.orders.extras import Extra

_ASK = "checkout.ask_"


def extra_parts() -> tuple[str, ...]:
    """The part of every extra question that has words: those of the blocks `checkout.ask_...`."""
    return tuple(dict.fromkeys(name.removeprefix(_ASK) for name, _ in own_words() if name.startswith(_ASK)))


def extra_lines(say: Say, extras: Iterable[Extra]) -> tuple[str, ...]:
    """The answers as the summary shows them; what was left out is left out.

    Args:
        say: Fills a block with facts.
        extras: The answers.
    """
    return tuple(say(f"checkout.summary_{extra.part}", answer=extra.answer) for extra in extras if extra.answer)


class AskExtra(Asks, frozen=True, kw_only=True):
    """A plain question, whose words are the block of its part."""

    name: ClassVar[str] = "checkout.ask"
    about: ClassVar[str] = "A question that this shop asks beside the usual ones"
    part: str
    is_optional: Annotated[bool, About("Whether it can be skipped")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        skip = say("common.quick_skip") if self._can_skip else ""
        text = say(f"{_ASK}{self.part}", given=cut(self.given, 200), skip=skip)
        return split(Text(text=text, quick_replies=self.quick_replies(say)))

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "skip") if self._can_skip else ()

    @property
    def _can_skip(self) -> bool:
        return self.is_optional and not self.given

    @classmethod
    def example(cls) -> Self:
        return cls.examples()[0]

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(part=part) for part in extra_parts())
