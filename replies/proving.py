"""Proofs of payments and IDs: what is asked for, what has come, and what cannot be taken."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from msgspec.structs import replace

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.orders import SUMMARY, payment
from replies.parts import Said, common, facts, named, quick
from replies.sending import accounts_in_words, parts_in_words, qr_codes
from replies.taps import OpenOrder, VerifyOrder
from replies.taps_proving import ChooseId, ProveOrder
from repository.payments.accounts import Account
from repository.payments.proofs import Awaiting

ID_TYPES = ("umid", "drivers_license", "passport", "philsys", "student", "company")
"""IDs that verify a shopper (contract/rules.md, "verification kinds"), in the order in which they are offered."""
_SHOWN_MOST = 8  # orders that a text names


class WhichOrder(Said, frozen=True):
    """Several orders wait for a proof: which one is this for?"""

    name: ClassVar[str] = "proving.which_order"
    about: ClassVar[str] = "Several orders wait for a proof: which one is this for?"
    orders: Annotated[tuple[Awaiting, ...], About("The orders")]
    kind: Annotated[str, About('What is proved: "payment", "identity", or empty where nobody knows yet')] = ""

    def messages(self, say: Say) -> Sequence[Message]:
        shown = self.orders[:_SHOWN_MOST]
        lines = [
            say(
                "proving.order_line",
                number=order.number,
                total=order.total,
                payment=payment(say, order.method),
            )
            for order in shown
        ]
        text = "\n".join((say(self.name, kind=self.kind), *lines))
        taps = tuple(named(order.number[-8:], ProveOrder(order_id=order.order_id, kind=self.kind)) for order in shown)
        return split(Text(text=text, quick_replies=(*taps, *common(say, "person", "menu"))))

    @classmethod
    def example(cls) -> Self:
        return cls(orders=(AWAITING, replace(AWAITING, order_id=42, number="ORD-20261126-B3PX7RTA")))


class PaymentOrId(Said, frozen=True):
    """Does the picture show a payment, or an ID?"""

    name: ClassVar[str] = "proving.payment_or_id"
    about: ClassVar[str] = "Does the picture show a payment, or an ID?"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (
            quick(say, "proving.quick_payment", ProveOrder(order_id=self.order_id, kind="payment")),
            quick(say, "proving.quick_id", ProveOrder(order_id=self.order_id, kind="identity")),
            *common(say, "person"),
        )

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number)


class AskProof(Said, frozen=True):
    """Send the screenshot or type the reference number."""

    name: ClassVar[str] = "proving.ask_proof"
    about: ClassVar[str] = "Send the screenshot or type the reference number"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    amount: Annotated[Decimal, About("How much the order waits for")]
    account: Annotated[str, About("Where the payment goes to, as the merchant has set it; may be empty")] = ""
    until: Annotated[str, About('Until when the order waits, such as "3:45 PM"; empty where no time is set')] = ""
    paid: Annotated[bool, About("Whether the shopper says that the money is sent")] = False
    accounts: Annotated[tuple[Account, ...], About("The merchant's accounts for that way to pay")] = ()
    identity: Annotated[bool, About("Whether an ID would do as well")] = False
    parts: Annotated[tuple[Decimal, ...], About("The transfers that it is sent in")] = ()

    def messages(self, say: Say) -> Sequence[Message]:
        lines = accounts_in_words(say, self.accounts) or self.account
        text = say(self.name, **(facts(self) | {"accounts": lines, "parts": parts_in_words(say, self.parts)}))
        return [*qr_codes(self.accounts), *split(Text(text=text, quick_replies=self.quick_replies(say)))]

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        show_id = VerifyOrder(order=str(self.order_id), kind="id")
        other = (quick(say, "notices.quick_show_id", show_id),) if self.identity else ()
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (*other, see, *common(say, "person", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(
            order_id=41,
            number=SUMMARY.order_number,
            amount=Decimal("540.00"),
            account="GCash 0917 000 0000, Bahay at Baon",
            until="3:45 PM",
            accounts=(Account("gcash", "", "Bahay at Baon", "0917 000 0000"),),
        )


class ProofReceived(Said, frozen=True):
    """A payment's proof is here, and a person will look at it."""

    name: ClassVar[str] = "proving.received"
    about: ClassVar[str] = "A payment's proof is here, and a person will look at it"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    reference: Annotated[str, About("The reference number that was typed; may be empty")] = ""
    lacks: Annotated[str, About('What would help too: "reference", "picture", or empty')] = ""
    already: Annotated[bool, About("Whether the very same had been sent before")] = False
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True
    checkout: Annotated[bool, About("Whether another order is being made, so that one can go on with it")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (*common(say, *(("checkout",) if self.checkout else ())), see, *common(say, "products", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, lacks="reference")


class AskIdType(Said, frozen=True):
    """Which ID will it be? And what is done with it."""

    name: ClassVar[str] = "proving.ask_id_type"
    about: ClassVar[str] = "Which ID will it be? And what is done with it"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    days: Annotated[int, About("Days after the review until the pictures are deleted")]
    until: Annotated[str, About('Until when the order waits, such as "3:45 PM"; empty where no time is set')] = ""
    ahead: Annotated[bool, About("Whether paying a part ahead would do as well")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        ahead = VerifyOrder(order=str(self.order_id), kind="upfront")
        types = (
            quick(say, "proving.quick_id_type", ChooseId(order_id=self.order_id, id_type=kind), id_type=kind)
            for kind in ID_TYPES
        )
        pay = (quick(say, "notices.quick_pay_ahead", ahead),) if self.ahead else ()
        return (*types, *pay, *common(say, "person"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, days=30, until="3:45 PM", ahead=True)


class AskId(Said, frozen=True):
    """Send a picture of the ID."""

    name: ClassVar[str] = "proving.ask_id"
    about: ClassVar[str] = "Send a picture of the ID"
    id_type: Annotated[str, About('Which, such as "passport" or "drivers_license"')]

    def messages(self, say: Say) -> Sequence[Message]:
        card = say("proving.id_name", id_type=self.id_type)
        return [Text(text=say(self.name, **facts(self), card=card), quick_replies=common(say, "back", "person"))]

    @classmethod
    def example(cls) -> Self:
        return cls(id_type="drivers_license")


class AskSelfie(Said, frozen=True):
    """The ID is here; now a selfie."""

    name: ClassVar[str] = "proving.ask_selfie"
    about: ClassVar[str] = "The ID is here; now a selfie"
    same: Annotated[bool, About("Whether the ID itself was sent once more")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "back", "person")

    @classmethod
    def example(cls) -> Self:
        return cls()


class IdReceived(Said, frozen=True):
    """ID and selfie are here, and a person will look at them."""

    name: ClassVar[str] = "proving.id_received"
    about: ClassVar[str] = "ID and selfie are here, and a person will look at them"
    order_id: Annotated[int, About("The order's id")]
    number: Annotated[str, About("The order's number, as people call it")]
    days: Annotated[int, About("Days after the review until the pictures are deleted")]
    checkout: Annotated[bool, About("Whether another order is being made, so that one can go on with it")] = False

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        see = quick(say, "notices.quick_see_order", OpenOrder(order_id=self.order_id))
        return (*common(say, *(("checkout",) if self.checkout else ())), see, *common(say, "products", "menu"))

    @classmethod
    def example(cls) -> Self:
        return cls(order_id=41, number=SUMMARY.order_number, days=30)


class PictureRefused(Said, frozen=True):
    """A picture that cannot be taken, and what to send instead."""

    name: ClassVar[str] = "proving.refused"
    about: ClassVar[str] = "A picture that cannot be taken, and what to send instead"
    trouble: Annotated[
        str,
        About(
            'Why: "dead", "too_large", "too_many_pixels", "not_a_picture", "animated", "elsewhere", "no_keys",'
            ' "several", or what was sent instead: "sticker", "file", "video", "audio"'
        ),
    ]
    identity: Annotated[bool, About("Whether an ID or a selfie was waited for")] = False
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return common(say, "person", "orders", "menu") if self.alone else ()

    @classmethod
    def example(cls) -> Self:
        return cls(trouble="not_a_picture")


class NothingToProve(Said, frozen=True):
    """No proof is for that order: it is over, paid, or paid to the rider."""

    name: ClassVar[str] = "proving.nothing"
    about: ClassVar[str] = "No proof is for that order: it is over, paid, or paid to the rider"
    number: Annotated[str, About("The order's number, as people call it; empty where there is no order at all")] = ""
    status: Annotated[str, About('Where it is, such as "cancelled" or "delivered"')] = ""
    paid: Annotated[bool, About("Whether its money is there")] = False
    told: Annotated[bool, About("Whether the people of the shop see that the shopper says they paid")] = False
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        if not self.alone:
            return ()
        return common(say, *(("orders", "person") if self.number else ("cart", "orders")), "products", "menu")

    @classmethod
    def example(cls) -> Self:
        return cls(number=SUMMARY.order_number, status="cancelled", told=True)


AWAITING = Awaiting(
    order_id=41,
    number=SUMMARY.order_number,
    status="pending",
    method="gcash",
    total=Decimal("918.00"),
    payment=Decimal("918.00"),
    identity=False,
    until=datetime(2026, 11, 25, 15, 45, tzinfo=UTC),
    under_review=False,
    created_at=datetime(2026, 11, 25, 14, 45, tzinfo=UTC),
)
"""For examples."""
