"""What is said of messages that are no texts: places, forms, bookings, reactions, changed and unsent messages."""

from typing import Annotated, ClassVar, Literal, Self

from bot.messenger.messages import AnyQuickReply
from replies.base import About, Reply, Say
from replies.parts import Said, common

Status = Literal["requested", "confirmed", "declined", "cancelled", ""]


class PinKept(Said, frozen=True):
    """The place on the map is kept for the rider."""

    name: ClassVar[str] = "sent.pin"
    about: ClassVar[str] = "The place on the map is kept for the rider"
    number: Annotated[str, About("The number of the placed order that it is for; empty for the next one")] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return common(say, *(("orders",) if self.number else ("checkout", "cart", "products")), "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(number="ORD-20261125-K7M2Q9XA")


class FormTaken(Said, frozen=True):
    """What was filled into Facebook's form is taken for the order."""

    name: ClassVar[str] = "sent.form"
    about: ClassVar[str] = "What was filled into Facebook's form is taken for the order"
    any: Annotated[bool, About("Whether anything of it could be used")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "cart", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(any=True)


class BookingSeen(Said, frozen=True):
    """An appointment was booked, or its booking changed."""

    name: ClassVar[str] = "sent.booking"
    about: ClassVar[str] = "An appointment was booked, or its booking changed"
    status: Annotated[
        Status,
        About('How it stands: "requested", "confirmed", "declined", "cancelled"; empty where that is not told'),
    ]
    day: Annotated[str, About('On which day, such as "5 Dec 2026"; empty where that is not told')] = ""
    clock: Annotated[str, About('At what time, such as "2:00 PM"; empty where that is not told')] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "person", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(status="requested", day="5 Dec 2026", clock="2:00 PM")


class SorryForIt(Said, frozen=True):
    """Somebody put a thumb down, or an angry or a sad face, on a message of the shop."""

    name: ClassVar[str] = "sent.sorry"
    about: ClassVar[str] = "Somebody put a thumb down, or an angry or a sad face, on a message of the shop"
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "person", "orders", "products", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls()


class EditSeen(Said, frozen=True):
    """A message was changed after it was answered."""

    name: ClassVar[str] = "sent.edit"
    about: ClassVar[str] = "A message was changed after it was answered"
    is_taken: Annotated[bool, About("Whether the order that is being made follows what it says now")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "cart", "orders", "products", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(is_taken=False)


class UnsendSeen(Reply, frozen=True):
    """A message was taken back in the middle of an order."""

    name: ClassVar[str] = "sent.unsend"
    about: ClassVar[str] = "A message was taken back in the middle of an order"

    @classmethod
    def example(cls) -> Self:
        return cls()
