"""An order as the last one: the address and the way to pay that a shopper usually has, taken with one tap."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.checkout import ADDRESSES, Asks, AskSavedAddress
from replies.delivery import address_lines
from replies.parts import quick
from replies.taps import NewAddress, UseAddress
from replies.taps_looking import UseUsual
from repository.orders.addresses import Address


class AskUsual(Asks, frozen=True, kw_only=True):
    """The same address and payment as last time?"""

    name: ClassVar[str] = "checkout.usual"
    about: ClassVar[str] = "The same address and payment as last time, for a shopper who comes back"
    first_name: Annotated[str, About("The shopper's first name, or empty")]
    addresses: tuple[Address, ...]
    method: Annotated[str, About('How the last order was paid, such as "cod"')]
    tier: Annotated[str, About('The shopper\'s tier: "regular", "silver", "gold" or "platinum"')] = "regular"
    points: Annotated[int, About("The shopper's points")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say(
            self.name,
            first_name=self.first_name,
            address=address_lines(say, self.addresses[0]),
            method=self.method,
            tier=self.tier,
            points=self.points,
        )
        return split(Text(text=text, quick_replies=self.quick_replies(say)))

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        usual, *others = self.addresses[:ADDRESSES]
        return (
            quick(say, "checkout.quick_usual", UseUsual(address_id=usual.id, method=self.method)),
            quick(say, "checkout.quick_other_payment", UseAddress(address_id=usual.id)),
            *(
                quick(
                    say, "checkout.quick_saved", UseAddress(address_id=address.id), number=number, one=False,
                    line1=address.address_line1,
                )
                for number, address in enumerate(others, 2)
            ),
            quick(say, "checkout.quick_new", NewAddress()),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Self:
        return cls(
            first_name="Ana", addresses=AskSavedAddress.example().addresses, method="cod", tier="silver", points=245
        )
