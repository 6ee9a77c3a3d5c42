"""What is typed while checkout waits for an answer and is none: it is answered, and the question asked again."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from msgspec.structs import replace

from bot.language.afterwards.rating import stars_in, surely_rates
from bot.language.buying.sending import asks_own_fee
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from bot.language.places import Place
from bot.language.texts import is_question, subject
from dialogs.checkout.form import ask_again, change, question_of
from dialogs.checkout.questions import EXTRAS, part_in, wants_change
from dialogs.engine.run import Next, Turn, ask
from dialogs.reading import asked
from dialogs.reading.candidate import Reader
from dialogs.reading.context import Context
from dialogs.reading.small import begins_wait, waits
from dialogs.reading.table import ASIDES, readings
from dialogs.showing.answers import canned_question, in_merchants_words, shipping_fees, spoken_to
from dialogs.showing.closer import arrives, fee_to
from dialogs.showing.listing import show_list
from dialogs.showing.proving import Proving
from dialogs.showing.rating import keep_beside
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingProvince,
    ChoosingPayment,
    InCheckout,
    Ordering,
    ReviewingOrder,
)
from dialogs.states_looking import (
    Searching,
)
from dialogs.states_proving import ChoosingIdType, ChoosingProof
from replies.base import Reply
from replies.cart import SoFar
from replies.promos import Promos
from replies.reviews import NothingToReview
from replies.talk import NotUnderstood, TakeYourTime
from replies.understood import WhyAsked
from repository.orders import carts, promos

_OF_PLACE = (AskingAddress, AskingBarangay, AskingCity, AskingProvince, AskingLandmark)
"""Where it is asked where something goes."""
_OWN_PLACES = words_for("own_address.place")
_LONGEST_SEARCH = 6  # words of a question that may name a product
_WHY = words_for("wish.why")
_WHY_OF = ("recipient", "phone", "address", "landmark")
_ASKS_BACK = frozenset({"contact", "new address", "shop", "how", "person", "order"})
_SHIPPING = frozenset({"shipping", "area", "abroad", "pickup", "sameday"})
_WHEN = frozenset({"arrive", "when", "duration", "shipping", "how", "shop"})


async def aside(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    """What is said to a text that answers nothing that was asked, and the question again; None where it may answer it.

    Args:
        state: What was asked.
        text: What was typed.
        turn: The facts.
    """
    decided = await _decided(state, text, turn)
    if decided is None:
        return None
    spoken = await spoken_to(text, turn)
    return decided if spoken.language == turn.language else replace(decided, language=spoken.language)


async def after_proof(
    state: InCheckout, decided: Next[InCheckout | Proving], turn: Turn
) -> Next[Ordering | ChoosingProof | ChoosingIdType]:
    """What was said to a proof of an earlier order, and the question again; unless the proof needs an answer first.

    Args:
        state: What was asked.
        decided: What the proof came to.
        turn: The facts.
    """
    if isinstance(decided.state, ChoosingProof | ChoosingIdType):
        return Next(decided.state, decided.replies, intent=decided.intent)
    return await ask_again(state, turn, *decided.replies)


async def _decided(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    if turn.draft.city and asks_own_fee(text):
        return await _own_fee(state, turn)
    if turn.draft.city and asks_when(text):
        return replace(await ask_again(state, turn, await arrives(turn, alone=False)), intent="delivery_time")
    for meant in readings(text, Context(state=state, draft=turn.draft), ASIDES):
        if decided := await _ANSWERS[meant.row.reads](state, text, turn):
            return decided
    if question_of(state).is_aside(text):
        said = await _known(state, text, turn)
        again = await ask_again(state, turn, *said)
        is_missed = any(isinstance(reply, NotUnderstood) for reply in said)
        return replace(again, intent="not_understood") if is_missed else again
    if wants_change(text) and (part := part_in(text)) in EXTRAS:
        return await change(state, part, turn)
    return None


async def _own_fee(state: InCheckout, turn: Turn) -> Next[Ordering]:
    """What sending costs to where the order goes: the question how to pay says so by itself."""
    if isinstance(state, ChoosingPayment):
        return replace(await ask_again(state, turn), intent="shipping_info")
    fee = await fee_to(Place(turn.draft.city, turn.draft.province), turn, alone=False)
    return replace(await ask_again(state, turn, fee), intent="shipping_info")


def asks_when(text: str) -> bool:
    """Whether a text asks how long it takes, or when it comes, and nothing else: "how long will it take?".

    Args:
        text: What was typed.
    """
    asked = meaning(text)
    is_when = "duration" in asked.concepts or {"arrive", "when"} <= asked.concepts
    return is_when and not asked.rest and asked.concepts <= _WHEN and is_question(text)


async def stars(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    """Keep stars for what was delivered before, and ask again; None where the text says none.

    Args:
        state: What was asked.
        text: What was typed.
        turn: The facts.
    """
    if not surely_rates(text):
        return None
    kept = await keep_beside(0, *stars_in(text), turn)
    return replace(await ask_again(state, turn, kept or NothingToReview(alone=False)), intent="review")


async def _total(state: InCheckout, text: str, turn: Turn) -> Next[Ordering]:
    if isinstance(state, ReviewingOrder):
        return await ask_again(state, turn)
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return await ask_again(state, turn, SoFar(count=cart.count, subtotal=cart.subtotal))


async def _question(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    """The merchant's answer, where there is one."""
    answer = await canned_question(text, turn)
    return await ask_again(state, turn, await in_merchants_words(answer, turn, alone=False)) if answer else None


async def _pause(state: InCheckout, text: str, turn: Turn) -> Next[Ordering]:
    is_wait = waits(text) or begins_wait(text)
    return await (ask_again(state, turn, TakeYourTime(alone=False)) if is_wait else ask_again(state, turn))


_ANSWERS: Mapping[Reader, Callable[..., Coroutine[Any, Any, Next[Ordering] | None]]] = {
    asked.read_total: _total,
    asked.read_question: _question,
    asked.read_pause: _pause,
}
"""How each of `ASIDES` is answered; None goes on to the next."""


def _asked_why(state: InCheckout, text: str) -> str:
    """The part that is asked, where a text asks why, or whose: "bakit po kailangan number ko"; else empty."""
    part = question_of(state).part
    words = set(fold(text).split())
    if part not in _WHY_OF or not (
        words & _WHY or (part in ("recipient", "phone") and words & words_for(f"part.{part}"))
    ):
        return ""
    return part if not meaning(text).concepts - _ASKS_BACK else ""


async def _known(state: InCheckout, text: str, turn: Turn) -> list[Reply]:
    """What the shop knows of a question that the merchant has no answer to."""
    meant = meaning(text)
    if asks_when(text):
        return [await arrives(turn, alone=False)]
    if meant.is_clear and meant.concepts & _SHIPPING:
        return [await shipping_fees(turn, alone=False)]
    if meant.is_clear and meant.concepts & {"bargain", "haggle"}:
        return [Promos(promos=await ask(promos.live, shopper_id=turn.shopper_id), alone=False)]
    about = subject(text)
    if part := _asked_why(state, text):
        return [WhyAsked(part=part)]
    if isinstance(state, _OF_PLACE) and _OWN_PLACES & set(fold(text).split()):
        return []  # "sa office ko po sana, pwede ba?"
    if about and not meant.is_clear and len(about.split()) <= _LONGEST_SEARCH:
        listed = await show_list(Searching(text=about), turn)
        if isinstance(listed.state, Searching):
            return list(listed.replies)
    return [NotUnderstood(text=text, alone=False)]
