"""Why an order was taken back, and having the same once more."""

from bot.language.texts import is_nothing, is_question, tidy
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.states import ReviewingCart
from dialogs.states_after import SayingWhyCancelled
from replies.changing import OrderedAgain, ThanksForSaying
from replies.orders import UnknownOrderText
from replies.taps import Cancel, GoBack, Skip
from replies.taps_after import CancelBecause, OrderAgain
from repository.aftersales import again, leaving
from repository.database.errors import UnknownOrder

_REASON_LEAST = 3  # words of a text that is a reason rather than a search


async def say_why(state: Here, tap: CancelBecause, turn: Turn) -> Next[Here | Idle]:
    """Keep why the order was taken back."""
    await ask(leaving.say_why, shopper_id=turn.shopper_id, order_id=tap.order_id, reason=tap.reason)
    after = Idle() if isinstance(state, SayingWhyCancelled) else state
    return Next(after, [ThanksForSaying()], intent="cancel_reason")


async def type_why(state: SayingWhyCancelled, heard: Typed, turn: Turn) -> Next[Idle | Told]:
    """Keep a typed reason; anything that is none is answered as ever."""
    if is_nothing(heard.text):
        return Next(Idle(), [ThanksForSaying()], intent="cancel_reason")
    if is_question(heard.text) or len(heard.text.split()) < _REASON_LEAST:
        return await answer_text(Idle(), heard.text, turn)
    await ask(leaving.say_why, shopper_id=turn.shopper_id, order_id=state.order_id, reason=tidy(heard.text))
    return Next(Idle(), [ThanksForSaying()], intent="cancel_reason")


async def skip_why(state: SayingWhyCancelled, tap: Skip | Cancel | GoBack, turn: Turn) -> Next[Idle]:
    """It need not be said."""
    return Next(Idle(), [ThanksForSaying()])


async def order_again(state: Here, tap: OrderAgain, turn: Turn) -> Next[Here | ReviewingCart]:
    """Put what an order held into the cart, and say what cannot be had."""
    try:
        refilled = await ask(again.refill, shopper_id=turn.shopper_id, order_id=tap.order_id, rules=turn.rules)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    return Next(ReviewingCart(), [OrderedAgain(refilled=refilled)], intent="order_again")


ROWS = (
    On(ANYWHERE, CancelBecause, say_why),
    On(SayingWhyCancelled, Typed, type_why),
    On(SayingWhyCancelled, (Skip, Cancel), skip_why),
    On(SayingWhyCancelled, GoBack, skip_why),
    On(ANYWHERE, OrderAgain, order_again),
)
