"""What the shop keeps of somebody: told, deleted after a tap, or kept after all."""

from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply
from replies.base import About, Say
from replies.parts import Said, common, quick
from replies.taps_after import DeleteMyData, KeepMyData


class AskDeletion(Said, frozen=True):
    """Somebody wants to be deleted: what goes, what stays, and the tap that does it."""

    name: ClassVar[str] = "privacy.ask_deletion"
    about: ClassVar[str] = "Somebody wants to be deleted: what goes, what stays, and the tap that does it"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "privacy.quick_delete", DeleteMyData()),
            quick(say, "privacy.quick_keep", KeepMyData()),
            *common(say, "person"),
        )

    @classmethod
    def example(cls) -> Self:
        return cls()


class DeletionNoted(Said, frozen=True):
    """Somebody confirmed that they want to be deleted."""

    name: ClassVar[str] = "privacy.deletion"
    about: ClassVar[str] = "Somebody confirmed that they want to be deleted"
    code: Annotated[str, About("The code of the request, by which its page is opened")]
    has_open: Annotated[bool, About("Whether an order is under way, which is finished first")] = False
    url: Annotated[str, About("The page that says when it is done; empty where the shop has no address")] = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (quick(say, "privacy.quick_keep", KeepMyData()),) if self.has_open else ()

    @classmethod
    def example(cls) -> Self:
        code = "p7Qm2Zk9T4vXw81LrB3nY6Ha"
        return cls(code=code, has_open=True, url=f"https://shop.example.com/deletion?code={code}")


class KeptAfterAll(Said, frozen=True):
    """Nothing is deleted after all."""

    name: ClassVar[str] = "privacy.kept"
    about: ClassVar[str] = "Nothing is deleted after all"
    promos_off: Annotated[bool, About("Whether it had been asked for already, which ended the promos")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "products", "orders", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls()


class WhatWeKnow(Said, frozen=True):
    """What the shop keeps of somebody who asks."""

    name: ClassVar[str] = "privacy.known"
    about: ClassVar[str] = "What the shop keeps of somebody who asks"
    shopper: Annotated[str, About("The shopper's name as Facebook told it; empty where it did not")]
    phone: Annotated[str, About("The shopper's phone; empty where none is known")]
    since: Annotated[str, About("When they first wrote")]
    addresses: Annotated[int, About("How many addresses are saved")]
    orders: Annotated[int, About("Orders of all time")]
    texts: Annotated[int, About("Messages that are still kept")]
    pictures: Annotated[int, About("Pictures of payments, IDs and returns that are still kept")]
    url: Annotated[str, About("The page that says what is kept for how long; empty where the shop has no address")] = ""
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "orders", "person", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(
            shopper="Maria Santos",
            phone="0917 123 4567",
            since="14 Mar 2026",
            addresses=2,
            orders=5,
            texts=84,
            pictures=1,
            url="https://shop.example.com/privacy",
        )
