"""What is typed while checkout waits for an answer and is none: it is answered, and the question asked again."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import meaning
from bot.language.payments import method_alone
from bot.language.phones import phone_in
from bot.language.texts import subject, wants_it
from dialogs.checkout.form import ask_again, change, proceed, question_of
from dialogs.checkout.question import When
from dialogs.checkout.questions import part_in, wants_change
from dialogs.engine.run import Next, Turn, ask
from dialogs.showing.answers import asks_total, canned_question, shipping_fees, spoken_to
from dialogs.showing.listing import show_list
from dialogs.showing.proving import Proving
from dialogs.states import ChoosingPayment, Draft, InCheckout, Ordering, ReviewingOrder, Searching
from dialogs.states_proving import ChoosingIdType, ChoosingProof
from replies.base import Reply
from replies.cart import SoFar
from replies.promos import Promos
from replies.talk import CannedAnswer, NotUnderstood
from repository.orders import carts, promos

_LONGEST_SEARCH = 6  # words of a question that may name a product
_SHIPPING = frozenset({"shipping", "area", "abroad", "pickup", "sameday", "arrive"})
_WAIT = words_for("talk.wait")
_AROUND_WAIT = words_for(
    "talk.around_wait", "small.polite", "small.particle", "small.please", "small.article", "small.me"
)


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
    question = question_of(state)
    if asks_total(text):
        if isinstance(state, ReviewingOrder):
            return await ask_again(state, turn)
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        return await ask_again(state, turn, SoFar(count=cart.count, subtotal=cart.subtotal))
    if answer := await canned_question(text, turn):
        return await ask_again(state, turn, CannedAnswer(response=answer.response, alone=False))
    if question.is_aside(text):
        return await ask_again(state, turn, *await _known(text, turn))
    words = set(fold(text).split())
    if (_WAIT & words and words <= _WAIT | _AROUND_WAIT) or (len(words) > 1 and wants_it(text)):
        return await ask_again(state, turn)
    if wants_change(text) and (part := part_in(text)):
        if part == "phone" and (phone := phone_in(text)):
            return await _corrected(state, replace(turn.draft, phone=phone, address_id=None), turn)
        if not any(letter.isdigit() for letter in text):
            return await change(state, part, turn)
    if not isinstance(state, ChoosingPayment) and (method := method_alone(text, may_be_name=question.may_be_name)):
        return await _corrected(state, replace(turn.draft, payment_method=method), turn)
    return None


async def _corrected(state: InCheckout, draft: Draft, turn: Turn) -> Next[Ordering]:
    """The question again, with something else known by now; a new summary where the order was on show."""
    turn = replace(turn, draft=draft)
    return await (proceed(turn) if question_of(state).when is When.ON_WISH else ask_again(state, turn))


async def _known(text: str, turn: Turn) -> list[Reply]:
    """What the shop knows of a question that the merchant has no answer to."""
    asked = meaning(text)
    if asked.is_clear and asked.concepts & _SHIPPING:
        return [await shipping_fees(turn, alone=False)]
    if asked.is_clear and "bargain" in asked.concepts:
        return [Promos(promos=await ask(promos.live), alone=False)]
    about = subject(text)
    if about and not asked.is_clear and len(about.split()) <= _LONGEST_SEARCH:
        listed = await show_list(Searching(text=about), turn)
        if isinstance(listed.state, Searching):
            return list(listed.replies)
    return [NotUnderstood(text=text, alone=False)]
