"""What checkout asks: who receives it, where it goes, how it is paid."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, PhoneQuickReply, Text, split
from replies.base import About, Say
from replies.delivery import address_lines, spoken
from replies.orders import ANA
from replies.parts import Said, common, facts, named, quick
from replies.taps import (
    ChooseZone,
    Keep,
    NewAddress,
    UseAddress,
    UseOwnName,
    UsePlace,
)
from replies.words import cut
from repository.orders.addresses import Address
from repository.orders.shipping import Zone

ADDRESSES = 5
"""Saved addresses that are offered."""


class Asks(Said, frozen=True):
    """A question of checkout. `given` is the answer that was given before, empty where none was."""

    given: str = ""

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (*self.choices(say), *self.kept(say), *common(say, "back", "cancel"))

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:  # noqa: ARG002  (for those that have some)
        """The answers that can be tapped.

        Args:
            say: Fills a block with facts.
        """
        return ()

    def kept(self, say: Say) -> tuple[AnyQuickReply, ...]:
        """The quick reply that leaves the answer as it was given before.

        Args:
            say: Fills a block with facts.
        """
        return (quick(say, "common.quick_keep", Keep()),) if self.given else ()

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, **{**facts(self), "given": cut(self.given, 200)})
        return split(Text(text=text, quick_replies=self.quick_replies(say)))


class AskSavedAddress(Asks, frozen=True, kw_only=True):
    """Which saved address, or another one?"""

    name: ClassVar[str] = "checkout.saved"
    about: ClassVar[str] = "Which saved address, or another one?"
    addresses: tuple[Address, ...]

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.addresses[:ADDRESSES]
        head = say("checkout.saved", count=len(shown))
        lines = [
            say("checkout.saved_line", number=number, count=len(shown), address=address_lines(say, address))
            for number, address in enumerate(shown, 1)
        ]
        return split(Text(text="\n\n".join((head, *lines)), quick_replies=self.quick_replies(say)))

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        shown = self.addresses[:ADDRESSES]
        one = len(shown) == 1
        uses = (
            quick(
                say, "checkout.quick_saved", UseAddress(address_id=address.id), number=number, one=one,
                line1=address.address_line1,
            )
            for number, address in enumerate(shown, 1)
        )  # fmt: skip
        return (*uses, quick(say, "checkout.quick_new", NewAddress()))

    @classmethod
    def example(cls) -> Self:
        return cls(addresses=(_address(1), _address(2)))


class AskRecipient(Asks, frozen=True, kw_only=True):
    """Who receives the parcel?"""

    name: ClassVar[str] = "checkout.recipient"
    about: ClassVar[str] = "Who receives the parcel?"
    own_name: Annotated[str, About("The shopper's own name, to be tapped; empty where Facebook has not told it")] = ""
    refused: Annotated[str, About("What was typed that is no name, empty where nothing was")] = ""

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:  # noqa: ARG002  (a name needs no words)
        return (named(self.own_name, UseOwnName()),) if self.own_name and self.own_name != self.given else ()

    @classmethod
    def example(cls) -> Self:
        return cls(own_name="Ana Reyes")


class AskPhone(Asks, frozen=True, kw_only=True):
    """Which phone can the rider call?"""

    name: ClassVar[str] = "checkout.phone"
    about: ClassVar[str] = "Which phone can the rider call?"
    refused: Annotated[str, About("What was typed that is no Philippine number, empty where nothing was")] = ""
    odd: Annotated[str, About("A number that begins as no other does, to be checked; empty where it is none")] = ""

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:  # noqa: ARG002  (Messenger writes the number on it)
        return (PhoneQuickReply(),)

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, given=spoken(self.given), refused=cut(self.refused, 60), odd=spoken(self.odd))
        return [Text(text=text, quick_replies=self.quick_replies(say))]

    @classmethod
    def example(cls) -> Self:
        return cls(refused="0917 12345")


class AskAddress(Asks, frozen=True, kw_only=True):
    """Where does it go: the whole address in one message, or house number and street."""

    name: ClassVar[str] = "checkout.address"
    about: ClassVar[str] = "Where does it go: the whole address in one message, or house number and street"
    city: Annotated[str, About("The city that was typed already, without a street; empty where none was")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls()


class AskBarangay(Asks, frozen=True, kw_only=True):
    """Which barangay?"""

    name: ClassVar[str] = "checkout.barangay"
    about: ClassVar[str] = "Which barangay?"

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return () if self.given else common(say, "skip")

    @classmethod
    def example(cls) -> Self:
        return cls()


class AskCity(Asks, frozen=True, kw_only=True):
    """Which city or town?"""

    name: ClassVar[str] = "checkout.city"
    about: ClassVar[str] = "Which city or town?"
    province: Annotated[str, About("The province, where it is known")] = ""

    @classmethod
    def example(cls) -> Self:
        return cls()


class AskProvince(Asks, frozen=True, kw_only=True):
    """Which province?"""

    name: ClassVar[str] = "checkout.province"
    about: ClassVar[str] = "Which province?"
    city: Annotated[str, About("The city whose province is asked for")]
    refused: Annotated[str, About("What was typed that is no province, empty where nothing was")] = ""
    likely: Annotated[tuple[str, ...], About("The provinces that it may have meant")] = ()

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        places = tuple(named(place, UsePlace(place=place)) for place in self.likely)
        return (*places, quick(say, "checkout.quick_as_typed", Keep())) if self.refused else places

    def kept(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return () if self.refused else Asks.kept(self, say)

    @classmethod
    def example(cls) -> Self:
        return cls(city="Santa Maria", refused="Bulan", likely=("Bulacan", "Bukidnon"))


class AskLandmark(Asks, frozen=True, kw_only=True):
    """A landmark for the rider, and the postal code, both optional."""

    name: ClassVar[str] = "checkout.landmark"
    about: ClassVar[str] = "A landmark for the rider, and the postal code, both optional"

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(self.name, given=cut(self.given, 200), skip=say("common.quick_skip"))
        return split(Text(text=text, quick_replies=self.quick_replies(say)))

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return () if self.given else common(say, "skip")

    @classmethod
    def example(cls) -> Self:
        return cls()


class AskZone(Asks, frozen=True, kw_only=True):
    """Which shipping zone, where the address does not tell?"""

    name: ClassVar[str] = "checkout.zone"
    about: ClassVar[str] = "Which shipping zone, where the address does not tell?"
    place: Annotated[str, About("The city and province")]
    zones: Annotated[tuple[Zone, ...], About("Every zone that the shop sends to")]

    def messages(self, say: Say) -> Sequence[Message]:
        lines = [
            say("checkout.zone_line", zone=cut(zone.name, 60), fee=zone.base_fee, days=cut(zone.estimated_days, 30))
            for zone in self.zones[:10]
        ]
        text = say(self.name, place=cut(self.place, 150), any=bool(lines))
        return [Text(text="\n".join((text, *lines)), quick_replies=self.quick_replies(say))]

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:  # noqa: ARG002  (a zone has its name)
        return tuple(named(zone.name, ChooseZone(zone_id=zone.id)) for zone in self.zones[:10])

    @classmethod
    def example(cls) -> Self:
        zone = Zone(3, "Luzon", "provincial", Decimal(110), Decimal(25), Decimal(2500), "3-5 days", ("Bulacan",))
        return cls(place="Santa Maria, Bulan", zones=(zone,))


def _address(number: int) -> Address:
    return Address(
        number, ANA.recipient_name, ANA.phone, ANA.address_line1, "", ANA.barangay, ANA.city, ANA.province, ANA.region,
        ANA.postal_code, ANA.landmark, number == 1,
    )  # fmt: skip
