"""What a wandering shopper does next: anything that is on the screen, that people type, or that happens."""

import random
from collections.abc import Sequence

from bot.language.lexicon import table
from bot.workshop.emulator.shopper import Shopper
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange

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
_PASSES = ("+20m", "+2h", "+25h", "+4d", "midnight", "month's end")
_MOVES = ("confirm", "prepare", "ship", "deliver", "return", "cancel")


class Choosing:
    """Chooses by a seed, so that the same seed wanders the same way.

    Args:
        seed: Decides everything.
        goods: What the shop sells.
        texts: What people have typed elsewhere.
    """

    def __init__(self, seed: str, goods: Sequence[str], texts: Sequence[str]) -> None:
        self._lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._goods = goods
        self._texts = texts or _ANSWERS
        self._commands = sorted({word for words in table("command").values() for word in words})

    def next(self, shopper: Shopper, orders: int) -> Exchange:
        """What happens next.

        Args:
            shopper: To whom.
            orders: How many orders there are.
        """
        lot = self._lot
        tappable = list(dict.fromkeys(button.title for button in shopper.tappable if button.title))
        kinds = {"tap": 50 if tappable else 0, "answer": 18, "goods": 8, "command": 7, "text": 7, "picture": 3}
        kinds |= {"clerk": 4 if orders else 0, "time": 3, "twice": 2, "start": 2}
        kind = lot.choices(list(kinds), weights=list(kinds.values()))[0]
        match kind:
            case "tap":
                # What is newest is looked at first, as people do.
                newest = tappable[: 1 + lot.randrange(min(len(tappable), 12))]
                return _did(f"[{lot.choice(newest)}]")
            case "picture":
                return _did(lot.choice(("(picture)", "(2 pictures)", "(like)", "(voice)", "(reacts ❤)")))
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


def _did(did: str) -> Exchange:
    return Exchange(0, did, [], [])
