"""To shoppers who have had enough: a calm word, and an end of promos."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text
from replies.base import About, Say
from replies.parts import Said, common, quick
from replies.taps_after import ResumePromos


class CalmWord(Said, frozen=True):
    """Somebody is angry, and a person of the shop takes over."""

    name: ClassVar[str] = "leaving.calm"
    about: ClassVar[str] = "Somebody is angry, and a person of the shop takes over"
    number: Annotated[str, About("The number of the order that a person now looks at; empty where there is none")] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(number="ORD-20261125-K7M2Q9XA")


class AskWhatIsWrong(Said, frozen=True):
    """A thumb down came, and nothing beside it."""

    name: ClassVar[str] = "leaving.what_is_wrong"
    about: ClassVar[str] = "A thumb down came, and nothing beside it"

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, person=say("common.quick_person"))
        return [Text(text=text, quick_replies=common(say, "person", "orders", "menu"))]

    @classmethod
    def example(cls) -> Self:
        return cls()


class PromosStopped(Said, frozen=True):
    """No promos and reminders any more."""

    name: ClassVar[str] = "leaving.stopped"
    about: ClassVar[str] = "No promos and reminders any more"
    has_open: Annotated[bool, About("Whether an order is under way, whose notices go on")] = False
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return (quick(say, "leaving.quick_resume", ResumePromos()), *common(say, "orders", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(has_open=True)


class PromosResumed(Said, frozen=True):
    """Promos and reminders come again."""

    name: ClassVar[str] = "leaving.resumed"
    about: ClassVar[str] = "Promos and reminders come again"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "promos", "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()
