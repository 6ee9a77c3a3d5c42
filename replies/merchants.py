"""What the people of the shop are told in a Messenger chat of theirs, by mail, and in the console."""

from decimal import Decimal
from typing import Annotated, ClassVar, Self

from replies.base import About, Reply
from replies.parts import Said


class ToMerchant(Reply, frozen=True):
    """Something that the people of the shop should know."""


class NewOrder(ToMerchant, frozen=True):
    """A shopper has placed an order."""

    name: ClassVar[str] = "merchants.new_order"
    about: ClassVar[str] = "To the people of the shop: a shopper has placed an order"
    number: Annotated[str, About("The order's number")]
    total: Annotated[Decimal, About("What it comes to")]
    shopper: Annotated[str, About("Who receives it; may be empty")] = ""
    link: Annotated[str, About("The order in the console; empty where PUBLIC_URL is not set")] = ""

    @classmethod
    def example(cls) -> Self:
        link = "https://shop.example.com/console/orders/41"
        return cls(number="ORD-20261125-K7M2Q9XA", total=Decimal("692.25"), shopper="Ana Cruz", link=link)


class ProofWaiting(ToMerchant, frozen=True):
    """A shopper has sent something that a person must look at."""

    name: ClassVar[str] = "merchants.proof_waiting"
    about: ClassVar[str] = "To the people of the shop: a payment or an ID waits to be looked at"
    number: Annotated[str, About("The order's number")]
    what: Annotated[str, About('What it proves: "payment" or "identity"')]
    link: Annotated[str, About("Where it is looked at; empty where PUBLIC_URL is not set")] = ""

    @classmethod
    def example(cls) -> Self:
        link = "https://shop.example.com/console/verification"
        return cls(number="ORD-20261125-K7M2Q9XA", what="payment", link=link)


class LowStock(ToMerchant, frozen=True):
    """A product is running low."""

    name: ClassVar[str] = "merchants.low_stock"
    about: ClassVar[str] = "To the people of the shop: a product is running low"
    product: Annotated[str, About("The product's name")]
    left: Annotated[int, About("Pieces that are left")]

    @classmethod
    def example(cls) -> Self:
        return cls(product="Blue mug", left=4)


class OrderFlagged(ToMerchant, frozen=True):
    """An order needs a person."""

    name: ClassVar[str] = "merchants.flag"
    about: ClassVar[str] = "To the people of the shop: an order needs a person"
    number: Annotated[str, About("The order's number")]
    what: Annotated[str, About('Why, such as "complaint", "return" or "risk"')]
    note: Annotated[str, About("More about it; may be empty")] = ""
    link: Annotated[str, About("The order in the console; empty where PUBLIC_URL is not set")] = ""

    @classmethod
    def example(cls) -> Self:
        link = "https://shop.example.com/console/orders/41"
        return cls(number="ORD-20261125-K7M2Q9XA", what="complaint", note="The mug came broken.", link=link)


class PersonNeeded(ToMerchant, frozen=True):
    """A shopper needs a person."""

    name: ClassVar[str] = "merchants.person"
    about: ClassVar[str] = "To the people of the shop: a shopper needs one of them in the chat"
    shopper: Annotated[str, About("Who; may be empty")]
    why: Annotated[str, About('Why: "asked", "lost", "failed" or "complaint"')]
    link: Annotated[str, About("The chat in the console; empty where PUBLIC_URL is not set")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls(shopper="Ana Cruz", why="asked", link="https://shop.example.com/console/inbox/41")


class PageStopped(ToMerchant, frozen=True):
    """The page cannot send."""

    name: ClassVar[str] = "merchants.page"
    about: ClassVar[str] = "To the people of the shop: the page cannot send, and what to do about it"
    what: Annotated[str, About('Why: "token", "permission", "restricted" or "version"')]
    link: Annotated[str, About("Where the page is connected; empty where PUBLIC_URL is not set")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls(what="token", link="https://shop.example.com/console/connect")


class PageWarned(ToMerchant, frozen=True):
    """Facebook warned the page, blocked it, or gave it back."""

    name: ClassVar[str] = "merchants.policy"
    about: ClassVar[str] = "To the people of the shop: Facebook warns of the page, blocks it, or gives it back"
    what: Annotated[str, About('What Facebook does: "warning", "block" or "unblock"')]
    reason: Annotated[str, About("Facebook's reason, in its own words; may be empty")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls(what="warning", reason="The page answers too slowly.")


class ChatLinked(Said, frozen=True):
    """A merchant linked this chat to an account of the console."""

    name: ClassVar[str] = "merchants.chat_linked"
    about: ClassVar[str] = "A merchant sent the code from the console, and is told of the shop's news here from now on"
    account: Annotated[str, About("Whose account of the console it is")]

    @classmethod
    def example(cls) -> Self:
        return cls(account="Nena")


class ChatNotLinked(Said, frozen=True):
    """A code that does not link this chat to anything."""

    name: ClassVar[str] = "merchants.chat_not_linked"
    about: ClassVar[str] = "Somebody sent a code from the console that does not work, or too many of them"
    too_many: Annotated[bool, About("Whether too many codes were tried")] = False

    @classmethod
    def example(cls) -> Self:
        return cls()
