"""What is typed for an answer: what it is beside that is answered first; then it is read, doubted, taken."""

from msgspec.structs import replace

from bot.language.texts import is_nothing
from dialogs.checkout.between.asides import aside, stars
from dialogs.checkout.between.doubting import doubt, sure_by_now
from dialogs.checkout.draft import NEW, beside_address
from dialogs.checkout.form import ask_again, begin, change, proceed, question_of
from dialogs.checkout.question import Read
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import State
from dialogs.states import ChoosingAddress, Draft, InCheckout, Ordering
from replies.base import Reply
from replies.taps import EditCheckout, NewAddress
from repository.orders import carts


async def hear_answer(state: InCheckout, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take what was typed for the answer, unless it asks or wishes something else; then ask what is still missing."""
    if rated := await stars(state, heard.text, turn):
        return rated
    question = question_of(state)
    if not question.is_sure(heard.text) and (answered := await aside(state, heard.text, turn)):
        return answered
    if question.is_optional and is_nothing(heard.text):
        return await take(state, question.emptied(turn.draft), turn)
    if doubted := await doubt(state, heard.text, turn):
        return doubted
    known = sure_by_now(state, heard.text, turn.draft)
    return await take(state, await question.reads(state, heard.text, replace(turn, draft=known)), turn)


async def new_address(state: State, tap: NewAddress, turn: Turn) -> Next[Ordering]:
    """Deliver to an address that is typed now."""
    draft = turn.draft
    marks = (NEW,) if isinstance(state, ChoosingAddress) else ()
    turn = replace(turn, draft=replace(beside_address(draft), asked=marks))
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return await (proceed(turn) if cart.lines else begin(turn))


async def take(state: InCheckout, read: Read, turn: Turn) -> Next[Ordering]:
    """What comes next, after an answer was read.

    Args:
        state: What was asked.
        read: What the answer came to.
        turn: The facts, with the draft as it was before.
    """
    question = question_of(state)
    match read:
        case Draft():
            return await proceed(replace(turn, draft=question.passed(read)))
        case Reply():
            return Next(state, [read])
        case EditCheckout():
            return await change(state, read.part, turn)
        case NewAddress():
            return await new_address(state, read, turn)
        case Next():
            return read
    return await ask_again(state, turn)
