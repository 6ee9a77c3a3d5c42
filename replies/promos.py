"""The promos that run, and what became of a promo code."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from bot.messenger.messages import AnyQuickReply, Message, Text, split
from replies.base import About, Say
from replies.parts import Said, common, facts, quick
from replies.taps import EnterPromo, ReviewOrder
from repository.database.errors import PromoRefused
from repository.orders.promos import Promo


class Promos(Said, frozen=True):
    """The promos that run."""

    name: ClassVar[str] = "promos.live"
    about: ClassVar[str] = "The promos that run"
    promos: Annotated[tuple[Promo, ...], About("Every promo that can be used today")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True

    def messages(self, say: Say) -> Sequence[Message]:
        lines = [
            say("promos.line", title=promo.title, code=promo.code, description=promo.description)
            for promo in self.promos
        ]
        text = "\n\n".join((say("promos.live", any=bool(lines)), *lines))
        quick_replies = common(say, "products", "cart", "checkout", "menu") if self.alone else ()
        return split(Text(text=text, quick_replies=quick_replies))

    @classmethod
    def example(cls) -> Self:
        welcome = Promo(
            1,
            "WELCOME10",
            "10% off for new friends",
            "10% off your order of ₱500 or more, up to ₱150 off.",
            "percentage",
            Decimal(10),
            Decimal(500),
            Decimal(150),
            500,
            3,
            True,
            datetime(2026, 11, 1, tzinfo=UTC),
            datetime(2026, 12, 31, tzinfo=UTC),
            (),
        )
        return cls(promos=(welcome,))


class AskPromo(Said, frozen=True):
    """Which promo code?"""

    name: ClassVar[str] = "promos.ask"
    about: ClassVar[str] = "Which promo code?"

    def quick_replies(self, say: Say) -> tuple[AnyQuickReply, ...]:
        return (quick(say, "promos.quick_without", ReviewOrder()), *common(say, "back", "cancel"))

    @classmethod
    def example(cls) -> Self:
        return cls()


class PromoRefusal(Said, frozen=True):
    """The promo code cannot be used."""

    name: ClassVar[str] = "promos.refused"
    about: ClassVar[str] = "The promo code cannot be used"
    code: Annotated[str, About("The code, as the shopper typed it")]
    reason: Annotated[
        str,
        About(
            'Why not: "unknown", "ended", "not_started", "used_up", "used_by_shopper", "minimum", "wrong_products",'
            ' "free_already" (shipping is), "tier" (a higher one), "not_away" (their last order was lately)'
        ),
    ]
    minimum: Annotated[Decimal, About("How much one must buy, where that is the reason")]
    alone: Annotated[bool, About("Whether nothing more is said after it")] = True
    tier: Annotated[str, About('From which tier on it is, where that is the reason, such as "gold"')] = ""
    days: Annotated[int, About("How many days ago the last order must be, where that is the reason")] = 0

    def messages(self, say: Say) -> Sequence[Message]:
        text = say("promos.refused", **{**facts(self), "code": self.code[:50]})
        if not self.alone:
            return [Text(text=text)]
        another = quick(say, "promos.quick_another", EnterPromo())
        without = quick(say, "promos.quick_without", ReviewOrder())
        return [Text(text=text, quick_replies=(another, without, *common(say, "cancel")))]

    @classmethod
    def of(cls, code: str, refused: PromoRefused, *, alone: bool = True) -> Self:
        """Why a code cannot be used.

        Args:
            code: As the shopper typed it.
            refused: Why.
            alone: Whether nothing more is said after it.
        """
        why = refused
        return cls(code=code, reason=why.reason, minimum=why.minimum, alone=alone, tier=why.tier, days=why.days)

    @classmethod
    def example(cls) -> Self:
        return cls(code="SUKI50", reason="minimum", minimum=Decimal(799))
