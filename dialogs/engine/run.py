"""Run a dialog step: it asks, whoever runs it answers, and it does nothing else."""

from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping, Sequence
from datetime import datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

import msgspec

from dialogs.engine.state import State
from dialogs.states import Draft
from replies.base import Reply
from repository.database.connection import Connection
from repository.database.errors import ShopError
from repository.rules import Rules

P = ParamSpec("P")
Answer = TypeVar("Answer")
First = TypeVar("First")
Second = TypeVar("Second")
Third = TypeVar("Third")
S = TypeVar("S", bound=State)
H = TypeVar("H", bound=msgspec.Struct)
Where_co = TypeVar("Where_co", bound=State, covariant=True)


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The plain facts that a step may know besides its state and what was heard.

    Attributes:
        shopper_id: `users.id`.
        name: The shopper's name, empty where Facebook has not told it.
        language: "en" or "fil", in which the shopper is answered.
        now: When the turn is taken.
        nonce: An unguessable text, new each turn, for what must happen once.
        rules: The shop's rules as the merchant has set them.
        draft: What is known of the order that is being made, empty where none is.
        is_new: Whether this is the shopper's first turn.
        is_back: Whether the bot answers again after a person did, or after the shopper was silent for long.
        referral_id: `referrals.id` of what led the shopper here, where an order counts as of that; None where nothing.
        keeps_language: Whether the text that was typed has had its say on the language already.
        chose_language: Whether the shopper has chosen the language, and it was no guess.
        heard_before: When the shopper did something before; None where they never did.
    """

    shopper_id: int
    name: str
    language: str
    now: datetime
    nonce: str
    rules: Rules
    draft: Draft = Draft()
    is_new: bool = False
    is_back: bool = False
    referral_id: int | None = None
    keeps_language: bool = False
    chose_language: bool = False
    heard_before: datetime | None = None


class Next(msgspec.Struct, Generic[Where_co], frozen=True):
    """What a step decided: where the conversation stands now and what is said.

    A step names every state that it can lead to, as `Next[Idle | Searching]`: mypy refuses any other, and the diagram
    draws them. `Here` among them is the state that it was taken in.

    Attributes:
        state: Where the conversation stands.
        replies: What is said, in order.
        language: Answer in this language from now on; None keeps it.
        draft: What is known from now on of the order that is being made, `Draft()` where that is given up; None keeps
            what was known before, so that no step loses it by saying nothing.
        intent: What the shopper wanted, in a word, for `chat_logs.intent`; None takes the step's own name.
    """

    state: Where_co
    replies: Sequence[Reply] = ()
    language: str | None = None
    draft: Draft | None = None
    intent: str | None = None


RELEASED: Mapping[str, str] = {
    "products.by_skus": "catalogue.by_skus",
    "products.categories": "catalogue.categories",
    "products.category_by_slug": "catalogue.category_by_slug",
    "products.featured": "catalogue.featured",
    "products.product": "catalogue.product",
    "products.products_in": "catalogue.products_in",
    "placed_orders.cancel": "orders.cancel",
    "placed_orders.order": "orders.order",
    "placed_orders.orders": "orders.orders",
    "placing.placed_with": "placed.placed_with",
}
"""The names under which recordings know functions that have moved since: who moves or renames one adds a row."""


class Ask(Generic[Answer]):
    """A question to the repository, answered by whoever runs the step."""

    def __init__(self, function: Callable[..., Awaitable[Answer]], arguments: Mapping[str, object]) -> None:
        self.function = function
        self.arguments = arguments

    @property
    def name(self) -> str:
        """The function's name in recordings: with its module, such as "carts.add_line", for ever as it was released."""
        name = f"{self.function.__module__.rpartition('.')[2]}.{self.function.__name__}"
        return RELEASED.get(name, name)

    def __await__(self) -> Generator["Ask[Answer]", Answer, Answer]:
        return (yield self)


def ask(
    function: Callable[Concatenate[Connection, P], Awaitable[Answer]], /, *args: P.args, **kwargs: P.kwargs
) -> Ask[Answer]:
    """Ask a repository function; await it for its answer, or for the refusal that it raises.

    Args:
        function: A function of `repository/` that takes a connection first.
        args: None: arguments are given by name, so that a recording can be read.
        kwargs: Its arguments, by name.
    """
    if args:
        raise TypeError("give the arguments of an ask by name")
    return Ask(function, kwargs)


class Together(Generic[Answer]):
    """Questions that need no answer of each other, so that one round trip answers them all."""

    def __init__(self, asks: Sequence[Ask[object]]) -> None:
        self.asks = asks

    def __await__(self) -> Generator["Together[Answer]", Answer, Answer]:
        return (yield self)


@overload
def together(first: Ask[First], second: Ask[Second], /) -> Together[tuple[First, Second]]: ...
@overload
def together(first: Ask[First], second: Ask[Second], third: Ask[Third], /) -> Together[tuple[First, Second, Third]]: ...
def together(*asks: Ask[Any]) -> Together[Any]:
    """Ask several things at once; await it for all their answers, or for the first refusal.

    They only read; one that writes comes first, and cannot be refused.

    Args:
        asks: The questions.
    """
    return Together(asks)


Step = Callable[[S, H, Turn], Coroutine[Ask[object] | Together[object], object, Next[State]]]
Answerer = Callable[[Sequence[Ask[object]]], Awaitable[Sequence[object]]]


class StepError(Exception):
    """A step did something other than ask."""


async def run_step(step: Step[S, H], state: S, heard: H, turn: Turn, answer: Answerer) -> Next[State]:
    """Run a step to its end.

    Args:
        step: `async def (state, heard, turn) -> Next[...]`.
        state: Where the conversation stands.
        heard: What the shopper did.
        turn: The facts.
        answer: Answers asks that belong together, or raises the refusal that the step shall see.

    Returns:
        What the step decided.

    Raises:
        StepError: The step awaited something that is no ask.
    """
    running = step(state, heard, turn)
    try:
        asked = running.send(None)
        while True:
            try:
                if isinstance(asked, Ask):
                    (answered,) = await answer((asked,))
                elif isinstance(asked, Together):
                    answered = tuple(await answer(asked.asks))
                else:
                    raise StepError(f"{step.__name__} awaited something other than ask(...)")
            except ShopError as refusal:
                asked = running.throw(refusal)
            else:
                asked = running.send(answered)
    except StopIteration as stop:
        decided = stop.value
    finally:
        running.close()
    if not isinstance(decided, Next):
        raise StepError(f"{step.__name__} returned no Next")
    return decided
