"""What a step asks first, known before the turn begins: then it travels with what opens the turn.

The same button makes the same step ask the same, so what it asked last time is a good guess. A guess is only ever read,
behind the lock of the conversation; where the step asks something else after all, it is answered as any other.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from dialogs.engine.run import Ask
from replies.codec import Tap
from replies.payloads import CODEC
from repository.catalogue import products
from repository.orders import addresses, carts, shipping
from repository.orders.coming import suki

READS: frozenset[Callable[..., Awaitable[object]]] = frozenset(
    {
        addresses.address,
        addresses.addresses,
        carts.cart,
        products.categories,
        products.featured,
        products.product,
        products.products_in,
        shipping.zones,
        suki.usual,
    }
)
"""What may be asked on a guess: it changes and locks nothing, and its first statements need only its arguments."""

WAITING_MOST = 1000
"""Taps that are known before their turns; the newest."""
_SHOPPERS_MOST = 2_000  # whose `users.id` is known before it is read
_OF_SHOPPER = "shopper_id"


class _Learned(msgspec.Struct, frozen=True):
    """One thing that a tap makes a step ask.

    Attributes:
        ask: As it was asked last.
        from_tap: Those of its arguments that were the fields of the tap that are called the same.
    """

    ask: Ask[object]
    from_tap: tuple[str, ...]


class Foresight:
    """Learns what each kind of tap makes its step ask first."""

    def __init__(self) -> None:
        self._waiting: dict[str, str] = {}
        self._shoppers: dict[str, int] = {}
        self._learned: dict[type[Tap], Sequence[_Learned]] = {}

    def tapped(self, psid: str, payload: str) -> None:
        """A tap was stored, and its turn will be taken soon.

        Args:
            psid: Who tapped.
            payload: What the button carried.
        """
        self._waiting.setdefault(psid, payload)
        if len(self._waiting) > WAITING_MOST:  # some are calmed, and have no turn
            del self._waiting[next(iter(self._waiting))]

    def asks_of(self, psid: str) -> Sequence[Ask[object]]:
        """What the next turn of a shopper may ask first; nothing where nobody can tell.

        Args:
            psid: The shopper.
        """
        payload, shopper_id = self._waiting.pop(psid, ""), self._shoppers.get(psid)
        tap = CODEC.unpack(payload) if payload else None
        if tap is None or shopper_id is None:
            return ()
        return [_asked_again(one, tap, shopper_id) for one in self._learned.get(type(tap), ())]

    def learn(self, psid: str, shopper_id: int, heard: object, asked: Sequence[Ask[object]]) -> None:
        """Learn of a turn that was taken.

        Args:
            psid: Whose it was.
            shopper_id: `users.id` of the same.
            heard: What the step heard.
            asked: What it asked first.
        """
        self._shoppers.pop(psid, None)
        self._shoppers[psid] = shopper_id
        if len(self._shoppers) > _SHOPPERS_MOST:
            del self._shoppers[next(iter(self._shoppers))]
        if isinstance(heard, Tap):
            can_be_guessed = all(one.function in READS for one in asked)
            self._learned[type(heard)] = [_learned(one, heard) for one in asked] if can_be_guessed else ()


def _learned(asked: Ask[object], tap: Tap) -> _Learned:
    fields = tap.__struct_fields__
    same = (name for name, value in asked.arguments.items() if name in fields and getattr(tap, name) == value)
    return _Learned(asked, tuple(same))


def _asked_again(learned: _Learned, tap: Tap, shopper_id: int) -> Ask[object]:
    before = learned.ask.arguments
    arguments: Mapping[str, object] = {name: getattr(tap, name) for name in learned.from_tap}
    if _OF_SHOPPER in before:
        arguments = {**arguments, _OF_SHOPPER: shopper_id}
    return Ask(learned.ask.function, {**before, **arguments})
