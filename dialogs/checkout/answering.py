"""Answers to what checkout asks, typed or tapped: taken, skipped, kept, gone back from, changed."""

from msgspec.structs import replace

from bot.language.afterwards.wishes import wish_of
from bot.language.values.answers import yes_no_in
from dialogs.checkout import person
from dialogs.checkout.between.asides import after_proof
from dialogs.checkout.between.hearing import hear_answer, new_address, take
from dialogs.checkout.draft import NEW, SAVED, moved
from dialogs.checkout.form import (
    CHECKOUT,
    QUESTIONS,
    ask_again,
    before,
    change,
    is_changing,
    proceed,
    question_of,
)
from dialogs.checkout.overview import place
from dialogs.checkout.question import ExtraQuestion, When
from dialogs.engine.heard import SaysPaid, Typed, Wished
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import spoken_to
from dialogs.showing.knowing import what_we_know
from dialogs.showing.proving import claim_of, prove
from dialogs.states import (
    AskingProvince,
    AskingRecipient,
    ChoosingAddress,
    ChoosingChange,
    ChoosingPayment,
    ChoosingZone,
    Draft,
    EnteringPromo,
    InCheckout,
    Ordering,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
)
from dialogs.states_proving import ChoosingIdType, ChoosingProof
from replies.base import Reply
from replies.cart import CartSummary
from replies.leaving import PromosStopped
from replies.privacy import AskDeletion
from replies.proving import NothingToProve
from replies.taps import (
    ChooseZone,
    EditCheckout,
    EnterPromo,
    GoBack,
    Keep,
    NewAddress,
    PayWith,
    RemovePromo,
    ReviewOrder,
    Skip,
    UseOwnName,
    UsePlace,
)
from repository.aftersales import leaving
from repository.orders import carts


async def hear_paid_meanwhile(
    state: InCheckout, heard: SaysPaid, turn: Turn
) -> Next[Ordering | ChoosingProof | ChoosingIdType]:
    """Take words that an earlier order was paid, and ask again; say that this one is not placed yet where none."""
    spoken = await spoken_to(heard.text, turn)
    if decided := await prove(state, claim_of(heard), spoken, alone=False):
        return replace(await after_proof(state, decided, spoken), language=spoken.language)
    if claim_of(heard).reference:  # a number may be the answer
        return await hear_answer(state, Typed(text=heard.text), turn)
    return replace(await ask_again(state, spoken, NothingToProve(alone=False)), language=spoken.language)


async def answer_summary(state: ReviewingOrder, heard: Typed, turn: Turn) -> Next[Ordering | OrderPlaced]:
    """Place the order on a typed yes; take anything else as at any question."""
    answer = yes_no_in(heard.text)
    if answer and answer.yes and not answer.rest:
        return await place(state, turn)
    if answer and not answer.rest and wish_of(heard.text) == "cancel":
        return await wish_meanwhile(state, Wished(text=heard.text, wish="cancel"), turn)  # "ayoko na po pala"
    return await hear_answer(state, heard, turn)


async def wish_meanwhile(state: InCheckout, heard: Wished, turn: Turn) -> Next[Ordering | OrderPlaced]:
    """ "Cancel order" stops checkout, "stop" that and promos too; most other wishes are about what is being ordered."""
    if heard.wish == "known":
        return await ask_again(state, turn, await what_we_know(turn, alone=False))
    if heard.wish in ("stop", "cancel", "forget"):
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        said: list[Reply] = [CartSummary(cart=cart, note="kept")]
        if heard.wish == "stop":
            has_open = await ask(leaving.stop_promos, shopper_id=turn.shopper_id)
            said = [PromosStopped(has_open=has_open, alone=False), *said]
        elif heard.wish == "forget":
            said.append(AskDeletion())
        return Next(ReviewingCart(), said, draft=Draft(), intent=heard.wish)
    typed = Typed(text=heard.text)
    if isinstance(state, ReviewingOrder):
        return await answer_summary(state, typed, turn)
    return await hear_answer(state, typed, turn)


async def skip(state: InCheckout, tap: Skip, turn: Turn) -> Next[Ordering]:
    """Go on without an answer, where there need be none."""
    return await take(state, turn.draft if question_of(state).is_optional else None, turn)


async def keep(state: InCheckout, tap: Keep, turn: Turn) -> Next[Ordering]:
    """Leave the answer as it was given, and go on."""
    question = question_of(state)
    may_keep = question.when is not When.ON_WISH or isinstance(question, ExtraQuestion)
    return await take(state, turn.draft if may_keep else None, turn)


async def use_own_name(state: AskingRecipient, tap: UseOwnName, turn: Turn) -> Next[Ordering]:
    """The shopper receives it."""
    return await take(state, person.own_name(turn), turn)


async def use_place(state: AskingProvince, tap: UsePlace, turn: Turn) -> Next[Ordering]:
    """Take the province that was meant."""
    return await take(state, moved(turn.draft, city=turn.draft.city, province=tap.place), turn)


async def choose_zone(state: ChoosingZone, tap: ChooseZone, turn: Turn) -> Next[Ordering]:
    """Ship as to this zone."""
    return await take(state, replace(turn.draft, zone_id=tap.zone_id), turn)


async def pay_with(state: InCheckout, tap: PayWith, turn: Turn) -> Next[Ordering]:
    """Pay this way, where the shop takes it for this order."""
    return await proceed(replace(turn, draft=replace(turn.draft, payment_method=tap.method)))


async def enter_promo(state: InCheckout, tap: EnterPromo, turn: Turn) -> Next[Ordering]:
    """Ask for the promo code."""
    return await ask_again(EnteringPromo(), turn)


async def remove_promo(state: InCheckout, tap: RemovePromo, turn: Turn) -> Next[Ordering]:
    """Order without a promo code."""
    return await proceed(replace(turn, draft=replace(turn.draft, promo_code="")))


async def edit(state: InCheckout, tap: EditCheckout, turn: Turn) -> Next[Ordering]:
    """Ask again for the part that shall be changed; ask which where none was named."""
    return await change(state, tap.part, turn)


async def review_order(state: InCheckout, tap: ReviewOrder, turn: Turn) -> Next[Ordering]:
    """Show the summary again, or ask what is still missing."""
    return await proceed(turn)


async def back_to_cart(state: InCheckout, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """From the first question back to the cart."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(ReviewingCart(), [CartSummary(cart=cart)])


async def back_one_question(state: InCheckout, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """One question back; what was given is kept and can be left as it is."""
    question = question_of(state)
    if is_changing(question, turn.draft):
        return await ask_again(ChoosingChange(), turn)
    earlier = before(question)
    if SAVED in turn.draft.asked or (earlier is None and NEW in turn.draft.asked):
        return await ask_again(ChoosingAddress(), turn)
    return await (ask_again(earlier.state, turn) if earlier else back_to_cart(state, tap, turn))


async def back_to_payment(state: ReviewingOrder, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """From the summary back to the payment."""
    return await ask_again(ChoosingPayment(), turn)


async def back_to_summary(state: EnteringPromo | ChoosingChange, tap: GoBack, turn: Turn) -> Next[Ordering]:
    """Back to the summary."""
    return await proceed(turn)


ASKED = tuple(dict.fromkeys(type(question.state) for question in QUESTIONS if question.when is not When.ON_WISH))

CHECKOUT_ANSWERS = Dialog(
    "checkout answers",
    (
        On(ReviewingOrder, Typed, answer_summary),
        On(tuple(state for state in CHECKOUT if state is not ReviewingOrder), Typed, hear_answer),
        On(CHECKOUT, Wished, wish_meanwhile),
        On(CHECKOUT, SaysPaid, hear_paid_meanwhile),
        On(CHECKOUT, Skip, skip),
        On(CHECKOUT, Keep, keep),
        On(ANYWHERE, NewAddress, new_address),
        On(AskingRecipient, UseOwnName, use_own_name),
        On(AskingProvince, UsePlace, use_place),
        On(ChoosingZone, ChooseZone, choose_zone),
        On(CHECKOUT, PayWith, pay_with),
        On(CHECKOUT, EnterPromo, enter_promo),
        On(CHECKOUT, RemovePromo, remove_promo),
        On(CHECKOUT, EditCheckout, edit),
        On(CHECKOUT, ReviewOrder, review_order),
        On(ASKED, GoBack, back_one_question),
        On(ChoosingAddress, GoBack, back_to_cart),
        On(ReviewingOrder, GoBack, back_to_payment),
        On((EnteringPromo, ChoosingChange), GoBack, back_to_summary),
    ),
)
