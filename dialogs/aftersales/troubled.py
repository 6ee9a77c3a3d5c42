"""An order that troubles its shopper: it takes long, it will not be taken, money was sent wrongly."""

from datetime import date

from msgspec.structs import replace

from bot.language.afterwards.troubles import flaw_in
from bot.language.references import reference_in
from bot.language.texts import is_question, tidy
from dialogs.checkout.form import ask_again
from dialogs.engine.heard import Troubled
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_answer, in_merchants_words, spoken_to
from dialogs.showing.proving import Proving, claim_in, prove
from dialogs.showing.tracking import UNDER_WAY, ask_cancel, detail, my_orders_that
from dialogs.states import CancellingOrder, InCheckout, Ordering, ViewingOrder
from dialogs.states_after import ChoosingOrder
from dialogs.states_proving import SendingProof
from replies.changing import WhichOrder
from replies.leaving import AskWhatIsWrong
from replies.troubled import NotTaken, TakesLong, WrongPayment
from repository.aftersales.following import Progress
from repository.orders import flags
from repository.orders.coming.arrival import arrival
from repository.orders.placed_orders import Order

Troubling = ViewingOrder | CancellingOrder | ChoosingOrder | Proving
"""Where a trouble leads."""
_TAKEN_BACK = ("pending", "confirmed")
_OF_PAYMENT = (*UNDER_WAY, "delivered", "cancelled")


async def hurry(state: Here, text: str, turn: Turn) -> Next[Here | ViewingOrder | Ordering]:
    """Say where the order is that somebody waits for, and when it is due; flag it, and go on speaking.

    Args:
        state: Where the conversation stands.
        text: What was typed, such as "bat ang tagal".
        turn: The facts.
    """
    mine = await my_orders_that(lambda one: one.status in UNDER_WAY, turn)
    if not mine:
        known = await canned_answer(text, turn)
        reply = await in_merchants_words(known, turn) if known else AskWhatIsWrong()
        return Next(state, [reply], language=turn.language, intent="impatient")
    meant = next((one for one in mine if one.id == getattr(state, "order_id", 0)), mine[-1])  # it waits the longest
    shown = await detail(meant.id, turn)
    waits = shown.progress.waits if shown.progress else ""
    told = waits not in ("payment", "verification")  # for those it is the shopper whom the order waits for
    if told:
        await ask(flags.raise_flag, order_id=meant.id, kind="waits", note=tidy(text))
    due = _due(shown.order, shown.progress, turn) if told else None
    is_late = due is not None and due < turn.now.date()
    said = TakesLong(number=meant.order_number, due=due, is_late=is_late, told=told)
    if isinstance(state, InCheckout):
        again = await ask_again(state, turn, said, shown)
        return replace(again, language=turn.language, intent="impatient")
    return Next(ViewingOrder(order_id=meant.id), [said, shown], language=turn.language, intent="impatient")


async def see_to_trouble(state: Here, heard: Troubled, turn: Turn) -> Next[Here | Troubling | Ordering | Told]:
    """Do what can be done about it and say what cannot; answer the text as any where there is no order of the kind."""
    spoken = await spoken_to(heard.text, turn)
    kind = _OF_PAYMENT if heard.trouble == "payment" else UNDER_WAY
    mine = await my_orders_that(lambda one: one.status in kind, spoken)
    fitting = [one for one in mine if one.status in UNDER_WAY] or mine[:1]
    fitting = [one for one in fitting if one.id == getattr(state, "order_id", 0)] or fitting
    if not fitting:
        return await answer_text(state, heard.text, turn)
    if len(fitting) > 1:
        which = Next(ChoosingOrder(wish=heard.trouble, said=heard.text), [WhichOrder(orders=tuple(fitting))])
        return replace(which, language=spoken.language, intent=heard.trouble)
    decided = await begin(state, heard.trouble, fitting[0].id, heard.text, spoken)
    if isinstance(state, InCheckout) and not isinstance(decided.state, CancellingOrder):
        again = await ask_again(state, spoken, *decided.replies)
        return replace(again, language=spoken.language, intent=heard.trouble)
    return replace(decided, language=spoken.language, intent=heard.trouble)


async def begin(state: Here, trouble: str, order_id: int, text: str, turn: Turn) -> Next[Here | Troubling]:
    """See to the trouble with one order.

    Args:
        state: Where the conversation stands.
        trouble: As `bot.language.afterwards.troubles` tells it.
        order_id: `orders.id`.
        text: What was typed.
        turn: The facts.
    """
    order = (await detail(order_id, turn)).order
    if trouble == "payment":
        return await _wrong_payment(state, order, text, turn)
    if order.status in _TAKEN_BACK:
        return await ask_cancel(state, order.id, turn)
    told = not is_question(text)
    if told:
        await ask(flags.raise_flag, order_id=order.id, kind="refused", note=tidy(text))
    said = NotTaken(order_id=order.id, number=order.order_number, status=order.status, paid=order.paid > 0, told=told)
    return Next(ViewingOrder(order_id=order.id), [said])


async def _wrong_payment(state: Here, order: Order, text: str, turn: Turn) -> Next[Here | Troubling]:
    """Flag the payment for a person; what proves it is taken with it where the order waits for money."""
    await ask(flags.raise_flag, order_id=order.id, kind="payment", note=tidy(text))
    said = WrongPayment(order_id=order.id, number=order.order_number, flaw=flaw_in(text) or "wrong", due=order.due)
    if not order.due:
        return Next(ViewingOrder(order_id=order.id), [said])
    if reference_in(text):
        proved = await prove(state, claim_in(text), turn, order_id=order.id, kind="payment")
        if proved:
            return replace(proved, replies=[said, *proved.replies])
    return Next(SendingProof(order_id=order.id), [said])


def _due(order: Order, progress: Progress | None, turn: Turn) -> date | None:
    """The day by which an order should come: counted from when it was confirmed; None where nobody said."""
    began = next((step.at for step in progress.steps if step.kind == "confirmed"), None) if progress else None
    found = arrival(order.estimated_days, today=(began or order.created_at).date(), rules=turn.rules)
    return found.last if found else None


ROWS = (On(ANYWHERE, Troubled, see_to_trouble),)
