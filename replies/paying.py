"""What checkout asks last: how it is paid, and what shall be changed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text
from replies.base import About, Say
from replies.checkout import Asks
from replies.extras import extra_parts
from replies.orders import payment
from replies.parts import Said, facts, quick
from replies.taps import EditCheckout, EnterPromo, OpenCart, PayWith, RemovePromo, ReviewOrder
from replies.words import cut

EXTRAS = 5
"""Extra questions whose answers are offered to be changed: thirteen quick replies are possible."""


class AskPayment(Asks, frozen=True, kw_only=True):
    """How would you like to pay?"""

    name: ClassVar[str] = "paying.payment"
    about: ClassVar[str] = "How would you like to pay?"
    methods: Annotated[tuple[str, ...], About("What the shop takes, as `orders.payment_method` says it")]
    place: Annotated[str, About("The city that the order goes to")]
    zone: Annotated[str, About("The name of the delivery zone")]
    fee: Annotated[Decimal, About("What delivery costs")]
    days: Annotated[str, About("How long delivery takes; may be empty")]
    refused: Annotated[str, About("What was typed that is no way to pay here, empty where nothing was")] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        variables = facts(self) | {"place": cut(self.place, 60), "zone": cut(self.zone, 60)}
        variables |= {"given": payment(say, self.given) if self.given else "", "refused": cut(self.refused, 60)}
        return [Text(text=say(self.name, **variables), quick_replies=self.quick_replies(say))]

    def choices(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return tuple(
            quick(say, "paying.quick_method", PayWith(method=method), method=method) for method in self.methods[:8]
        )

    @classmethod
    def example(cls) -> Self:
        return cls(methods=("cod", "gcash"), place="Marikina", zone="Metro Manila", fee=Decimal(79), days="1-3 days")


class AskChange(Said, frozen=True):
    """What shall be changed before the order is placed?"""

    name: ClassVar[str] = "paying.change"
    about: ClassVar[str] = "What shall be changed before the order is placed?"
    parts: Annotated[tuple[str, ...], About("What can be changed")] = (
        "recipient",
        "phone",
        "address",
        "landmark",
        "payment",
    )
    has_promo: Annotated[bool, About("Whether a promo code is used")] = False
    extras: Annotated[tuple[str, ...], About("What else can be changed, of what this shop asks")] = ()

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        promo = (
            quick(say, "paying.quick_remove_promo", RemovePromo())
            if self.has_promo
            else quick(say, "paying.quick_promo", EnterPromo())
        )
        return (
            quick(say, "paying.quick_items", OpenCart()),
            *(quick(say, f"paying.quick_{part}", EditCheckout(part=part)) for part in self.parts),
            *(quick(say, f"checkout.quick_{part}", EditCheckout(part=part)) for part in self.extras[:EXTRAS]),
            promo,
            quick(say, "paying.quick_nothing", ReviewOrder()),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(extras=extra_parts())
