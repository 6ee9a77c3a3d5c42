"""What a wandering shopper does next: anything that is on the screen, that people type, or that happens."""

import random
from collections import Counter
from collections.abc import Sequence

from bot.language.lexicon import table
from bot.workshop.emulator.shopper import Shopper
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange
from replies.payloads import CODEC

_ANSWERS = (
    *("Ana Cruz", "Maria Clara Santos", "0917 123 4567", "09", "12345", "5 Rizal St, Brgy Poblacion, Makati City"),
    *("Cebu", "Brgy 12, Davao City", "skip", "cod", "gcash", "maya", "bank", "yes", "oo", "no", "hindi", "back"),
    *("2", "0", "99", "1000", "dalawa po", "tanggalin", "WELCOME10", "SUKI50", "LIBRESHIP", "promo XYZ", "cancel"),
    *("change address", "change phone", "checkout", "cart", "my orders", "menu", "more", "return", "refund", "x2"),
    *("track order", "where is my order", "cancel order", "talk to a person", "magkano shipping sa Cebu?", "5 stars"),
    *("???", "🙏", "ok", "thanks", "hi", "delete my data", "what do you know about me", "filipino", "english"),
    *("a" * 300, "1 and 2", "bili ako 3 red rice", "the second one", "yung una", "isa pa", "delivered na po"),
    *("kulang po yung order ko", "may cod ba?", "sira po", "red rice", "rice and mug", "may size L ba?"),
)
"""Answers to what a shop asks, right and wrong."""
DETAILS = "Ana Cruz, 0917 123 4567, 5 Rizal St, Brgy Poblacion, Makati City, near the chapel"
"""All that checkout asks for, in one message."""
_RIGHT = {
    "checkout.recipient": (DETAILS, "Ana Cruz", "Maria Clara Santos"),
    "checkout.phone": ("0917 123 4567", "+63 918 555 0123", "12345"),
    "checkout.address": ("5 Rizal St, Brgy Poblacion, Makati City", "Purok 3, Brgy San Roque, Marikina City", "Makati"),
    "checkout.barangay": ("Poblacion", "skip", "San Roque"),
    "checkout.city": ("Makati", "Cebu City", "San Fernando"),
    "checkout.province": ("Cebu", "La Union"),
    "checkout.landmark": ("skip", "near the chapel", "wala po"),
    "checkout.payment": ("cod", "gcash", "cash on delivery po"),
    "checkout.promo": ("WELCOME10", "LIBRESHIP", "NOSUCHCODE"),
    "checkout.review": ("yes", "change phone", "change address", "oo"),
    "cart.line": ("2", "3", "0", "dalawa po"),
    "cart": ("isa pa", "3", "dagdagan ng 2", "make it 4", "tanggalin yung una", "empty cart"),
    "cart.empty": ("yes", "no", "hmm"),
    "product": ("isa pa", "2 po", "how much?", "add to cart"),
    "order.cancel": ("yes", "no", "hindi"),
    "order.placed": ("my orders", "cancel order", "menu"),
}
"""What is mostly typed where a conversation stands."""
_SENDS = (
    *("(picture)", "(pictures 2)", "(like)", "(voice)", "(sticker)", "(location 14.5547 121.0244)", "(react 👎)"),
    *("(edit) Maria Santos", "(unsend)", '(form name="Ana Cruz" phone=09171234567)', "(video)", "(file)", "(react ❤)"),
    *("(link promo_WELCOME10)", "(cart 2xKIT-003@599.00)", "(product KIT-004)", "(comment 1001) mine A1"),
    "(unsupported)",
)
"""What is sent that is no text."""
_PASSES = ("+20m", "+2h", "+25h", "+4d", "midnight", "month's end")
_MOVES = ("confirm", "prepare", "ship", "deliver", "return", "cancel")


class Choosing:
    """Chooses by a seed, so that the same seed wanders the same way.

    Args:
        seed: Decides everything.
        goods: What the shop sells.
        texts: What people have typed elsewhere.
        tapped: How often what was tapped by whoever went before, by where and what; counted on.
    """

    def __init__(
        self, seed: str, goods: Sequence[str], texts: Sequence[str], tapped: Counter[str] | None = None
    ) -> None:
        self._lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._goods = goods
        self._texts = texts or _ANSWERS
        self._tapped: Counter[str] = Counter() if tapped is None else tapped
        self._commands = sorted({word for words in table("command").values() for word in words})

    def next(self, shopper: Shopper, orders: int, state: str = "") -> Exchange:
        """What happens next.

        Args:
            shopper: To whom.
            orders: How many orders there are.
            state: Where the conversation stands, as states are stored.
        """
        lot = self._lot
        tappable = {button.title: tag_of(button.payload) for button in reversed(shopper.tappable) if button.title}
        kinds = {"tap": 50 if tappable else 0, "answer": 18, "goods": 8, "command": 7, "text": 7, "picture": 4}
        kinds |= {"right": 40 if state in _RIGHT else 0}
        kinds |= {"clerk": 4 if orders else 0, "time": 3, "twice": 2, "start": 2}
        kind = lot.choices(list(kinds), weights=list(kinds.values()))[0]
        match kind:
            case "tap":
                # What is newest is looked at first, as people do; and what was not tapped yet, as testers do.
                newest = list(reversed(tappable))[: 1 + lot.randrange(min(len(tappable), 12))]
                rows = [f"{state} {tappable[title]}" for title in newest]  # as rows of the dialogs are
                place = lot.choices(range(len(rows)), weights=[1 / (1 + 3 * self._tapped[row]) for row in rows])[0]
                self._tapped[rows[place]] += 1
                title = newest[place]
                return _did(f"[{title}]")
            case "picture":
                return _did(lot.choice(_SENDS))
            case "right":
                return _did(lot.choice(_RIGHT[state]))
            case "time":
                return Exchange(0, "", [], [], passes=lot.choice(_PASSES))
            case "clerk":
                return Exchange(0, f"{lot.choice(_MOVES)} {{order {1 + lot.randrange(orders)}}}", [], [], who="clerk")
            case "start":
                return _did("[Get Started]")
            case "twice":
                exchange = _did(typed(lot.choice(_ANSWERS)))
                exchange.faults = [(lot.choice(("twice", "swapped", "one_batch")), 1)]
                return exchange
            case _:
                said = {"answer": _ANSWERS, "goods": self._goods, "command": self._commands, "text": self._texts}[kind]
                return _did(typed(lot.choice(said)))


def tag_of(payload: str) -> str:
    """What kind of tap a button's payload is.

    Args:
        payload: The button's.
    """
    return type(CODEC.unpack(payload)).__name__


def _did(did: str) -> Exchange:
    return Exchange(0, did, [], [])
