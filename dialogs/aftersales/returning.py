"""Sending something back: which pieces, why, with which pictures."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.meaning import meaning
from bot.language.quantities import number_in
from bot.language.texts import is_no, is_nothing, is_question, is_yes, tidy
from dialogs.engine.heard import SentPictures, SentSomethingElse, Typed, Vented, Wished
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from dialogs.reading.small import is_all
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.tracking import detail, show_order
from dialogs.states import ViewingOrder
from dialogs.states_after import ChoosingReturn, SayingReturnReason, ShowingReturn
from replies.orders import UnknownOrderText
from replies.returns import (
    BECAUSE,
    AskReturnPictures,
    AskReturnReason,
    CannotReturn,
    HowManyBack,
    ReturnAsked,
    ReturnWhat,
)
from replies.taps import Cancel, GoBack, Skip
from replies.taps_after import ReturnBecause, ReturnItem, ReturnOrder, SendReturn
from repository.aftersales import returning
from repository.aftersales.returning import PICTURES_MOST, REASON_MOST, Picked, ReturnLine
from repository.database.errors import NotReturnable, UnknownOrder

Returning = ChoosingReturn | SayingReturnReason | ShowingReturn | ViewingOrder
"""Where a return goes on."""
_REASONS = frozenset({"damaged", "wrong"})


async def begin(state: Here, order_id: int, turn: Turn, *, said: str = "") -> Next[Here | Returning]:
    """Ask what of an order shall be sent back; why is not asked where it was said already.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        turn: The facts.
        said: What was typed, such as "sira po" or "pa return po".
    """
    reason = _reason_in(said)
    try:
        number, lines = await _opened(order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    except NotReturnable as refused:
        return Next(ViewingOrder(order_id=order_id), [CannotReturn(reason=refused.reason, days=refused.days)])
    if len(lines) == 1 and lines[0].quantity == 1:
        return await _why(ChoosingReturn(order_id, (Picked(lines[0].item_id, 1),), reason=reason), number, turn)
    return Next(
        ChoosingReturn(order_id=order_id, reason=reason), [ReturnWhat(order_id=order_id, number=number, lines=lines)]
    )


async def return_order(state: Here, tap: ReturnOrder, turn: Turn) -> Next[Here | Returning]:
    """Ask what of an order shall be sent back."""
    return await begin(state, tap.order_id, turn)


async def pick_return(state: Here, tap: ReturnItem, turn: Turn) -> Next[Here | Returning]:
    """Take a line, so many of it, or everything; go on where nothing is left to choose."""
    try:
        number, lines = await _opened(tap.order_id, turn)
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    except NotReturnable as refused:
        return Next(ViewingOrder(order_id=tap.order_id), [CannotReturn(reason=refused.reason, days=refused.days)])
    goes_on = isinstance(state, ChoosingReturn) and state.order_id == tap.order_id
    choosing = state if goes_on and isinstance(state, ChoosingReturn) else ChoosingReturn(order_id=tap.order_id)
    picked = choosing.picked
    if not tap.item_id:
        everything = tuple(Picked(line.item_id, line.quantity) for line in lines)
        return await _why(replace(choosing, picked=everything), number, turn)
    line = next((line for line in lines if line.item_id == tap.item_id), None)
    if line is None:
        return Next(choosing, [ReturnWhat(order_id=tap.order_id, number=number, lines=lines, picked=picked)])
    if not tap.quantity and line.quantity > 1:
        return Next(choosing, [HowManyBack(order_id=tap.order_id, number=number, line=line)])
    quantity = min(max(tap.quantity, 1), line.quantity)
    picked = (*(one for one in picked if one.item_id != line.item_id), Picked(line.item_id, quantity))
    if len(picked) >= len(lines):
        return await _why(replace(choosing, picked=picked), number, turn)
    again = ReturnWhat(order_id=tap.order_id, number=number, lines=lines, picked=picked)
    return Next(replace(choosing, picked=picked), [again])


async def hear_return(state: ChoosingReturn, heard: Typed | Wished, turn: Turn) -> Next[Returning]:
    """Take the line that was named, everything, or the number of the only one."""
    if state.picked and (is_no(heard.text) or is_nothing(heard.text) or is_all(heard.text)):
        return await go_on(state, SendReturn(order_id=state.order_id), turn)
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    try:
        number, lines = await _opened(state.order_id, turn)
    except (UnknownOrder, NotReturnable):
        return await show_order(ViewingOrder(order_id=state.order_id), state.order_id, turn)
    words = set(fold(heard.text).split())
    count = number_in(heard.text) or 0
    named = [line for line in lines if words & set(fold(f"{line.name} {line.variant}").split())]
    if len(named) == 1 or (len(lines) == 1 and count):
        line = named[0] if len(named) == 1 else lines[0]
        return await pick_return(state, ReturnItem(state.order_id, line.item_id, count), turn)
    if is_yes(heard.text) and len(lines) == 1:
        return await pick_return(state, ReturnItem(state.order_id, 0), turn)
    return Next(state, [_what(state, number, lines)])


async def take_pictures_first(state: ChoosingReturn, heard: SentPictures, turn: Turn) -> Next[Returning]:
    """Keep pictures that come before it is said what they are of, and ask that again."""
    try:
        number, lines = await _opened(state.order_id, turn)
    except (UnknownOrder, NotReturnable):
        return await show_order(ViewingOrder(order_id=state.order_id), state.order_id, turn)
    files = tuple(dict.fromkeys((*state.file_ids, *heard.files)))[:PICTURES_MOST]
    choosing = replace(state, file_ids=files)
    return Next(choosing, [_what(choosing, number, lines)])


def _what(state: ChoosingReturn, number: str, lines: tuple[ReturnLine, ...]) -> ReturnWhat | HowManyBack:
    """The question that stands: how many, where the order has one line, else of what."""
    if len(lines) == 1 and lines[0].quantity > 1:
        return HowManyBack(order_id=state.order_id, number=number, line=lines[0], pictures=len(state.file_ids))
    return ReturnWhat(
        order_id=state.order_id, number=number, lines=lines, picked=state.picked, pictures=len(state.file_ids)
    )


async def go_on(state: ChoosingReturn, tap: SendReturn, turn: Turn) -> Next[Returning]:
    """What was picked is all: ask why."""
    if not state.picked or tap.order_id != state.order_id:
        return await begin(ViewingOrder(order_id=tap.order_id), tap.order_id, turn)
    try:
        number = (await detail(state.order_id, turn)).order.order_number
    except UnknownOrder:
        return Next(ViewingOrder(order_id=state.order_id), [UnknownOrderText()])
    return await _why(state, number, turn)


async def say_reason(state: Here, tap: ReturnBecause, turn: Turn) -> Next[Here | Returning]:
    """Take the reason that was tapped, and ask for pictures."""
    if not isinstance(state, SayingReturnReason) or state.order_id != tap.order_id or tap.reason not in BECAUSE:
        return await begin(state, tap.order_id, turn)
    return await _pictures(state, tap.reason, turn)


async def type_reason(state: SayingReturnReason, heard: Typed | Wished | Vented, turn: Turn) -> Next[Returning]:
    """Take the reason that was typed, and ask for pictures."""
    return await _pictures(state, tidy(heard.text)[:REASON_MOST], turn)


async def take_pictures(state: ShowingReturn | SayingReturnReason, heard: SentPictures, turn: Turn) -> Next[Returning]:
    """Keep the pictures that were sent, five at most."""
    files = tuple(dict.fromkeys((*state.file_ids, *heard.files)))[:PICTURES_MOST]
    showing = ShowingReturn(
        order_id=state.order_id,
        picked=state.picked,
        reason=state.reason if isinstance(state, ShowingReturn) else "",
        file_ids=files,
    )
    return await _ask_pictures(showing, turn, unread=not heard.files)


async def no_picture(state: ShowingReturn, heard: SentSomethingElse, turn: Turn) -> Next[Returning]:
    """Say that a photo works best."""
    return await _ask_pictures(state, turn, unread=True)


async def send_return(state: ShowingReturn, tap: SendReturn | Skip, turn: Turn) -> Next[Returning]:
    """Ask for the return."""
    return await _send(state, turn)


async def send_elsewhere(state: Here, tap: SendReturn, turn: Turn) -> Next[Here | Returning]:
    """An old button: begin anew."""
    return await begin(state, tap.order_id, turn)


async def type_beside_pictures(
    state: ShowingReturn, heard: Typed | Wished | Vented, turn: Turn
) -> Next[Returning | Told]:
    """Send it on "done" or "none"; a question is answered, and anything else belongs to the reason."""
    if is_yes(heard.text) or is_nothing(heard.text) or is_no(heard.text):
        return await _send(state, turn)
    if "?" in heard.text and is_question(heard.text):
        return await answer_text(state, heard.text, turn)
    reason = f"{state.reason}. {tidy(heard.text)}".strip(". ")[:REASON_MOST]
    return await _ask_pictures(
        ShowingReturn(order_id=state.order_id, picked=state.picked, reason=reason, file_ids=state.file_ids), turn
    )


async def leave_return(
    state: ChoosingReturn | SayingReturnReason | ShowingReturn, tap: Cancel | GoBack, turn: Turn
) -> Next[Returning]:
    """Send nothing back."""
    return await show_order(ViewingOrder(order_id=state.order_id), state.order_id, turn)


async def _opened(order_id: int, turn: Turn) -> tuple[str, tuple[ReturnLine, ...]]:
    number = (await detail(order_id, turn)).order.order_number
    lines: tuple[ReturnLine, ...] = await ask(
        returning.returnable, shopper_id=turn.shopper_id, order_id=order_id, days=turn.rules.return_days
    )
    return number, lines


async def _why(state: ChoosingReturn, number: str, turn: Turn) -> Next[Returning]:
    """Ask why, where that was not said with the first words."""
    saying = SayingReturnReason(order_id=state.order_id, picked=state.picked, file_ids=state.file_ids)
    if state.reason:
        return await _pictures(saying, state.reason, turn)
    return Next(saying, [AskReturnReason(order_id=state.order_id, number=number)])


def _reason_in(text: str) -> str:
    """Why something shall be sent back, where a text says so: "sira po", "mali po ang dumating"."""
    return tidy(text)[:REASON_MOST] if meaning(text).concepts & _REASONS else ""


async def _pictures(state: SayingReturnReason, reason: str, turn: Turn) -> Next[Returning]:
    showing = ShowingReturn(order_id=state.order_id, picked=state.picked, reason=reason, file_ids=state.file_ids)
    return await _ask_pictures(showing, turn)


async def _ask_pictures(state: ShowingReturn, turn: Turn, *, unread: bool = False) -> Next[Returning]:
    try:
        number = (await detail(state.order_id, turn)).order.order_number
    except UnknownOrder:
        return Next(ViewingOrder(order_id=state.order_id), [UnknownOrderText()])
    asked = AskReturnPictures(
        order_id=state.order_id, number=number, count=len(state.file_ids), most=PICTURES_MOST, unread=unread
    )
    return Next(state, [asked])


async def _send(state: ShowingReturn, turn: Turn) -> Next[Returning]:
    viewing = ViewingOrder(order_id=state.order_id)
    try:
        number = (await detail(state.order_id, turn)).order.order_number
        await ask(
            returning.request,
            shopper_id=turn.shopper_id,
            order_id=state.order_id,
            picked=state.picked,
            reason=state.reason,
            file_ids=state.file_ids,
            days=turn.rules.return_days,
        )
    except UnknownOrder:
        return Next(viewing, [UnknownOrderText()])
    except NotReturnable as refused:
        return Next(viewing, [CannotReturn(reason=refused.reason, days=refused.days)])
    asked = ReturnAsked(order_id=state.order_id, number=number, pictures=len(state.file_ids))
    return Next(viewing, [asked], intent="return_asked")


ROWS = (
    On(ANYWHERE, ReturnOrder, return_order),
    On(ANYWHERE, ReturnItem, pick_return),
    On(ChoosingReturn, Typed, hear_return),
    On(ChoosingReturn, SentPictures, take_pictures_first),
    On(ChoosingReturn, SendReturn, go_on),
    On(ANYWHERE, ReturnBecause, say_reason),
    On(SayingReturnReason, (Typed, Wished), type_reason),
    On(SayingReturnReason, Vented, type_reason),
    On((ShowingReturn, SayingReturnReason), SentPictures, take_pictures),
    On(ShowingReturn, SentSomethingElse, no_picture),
    On(ShowingReturn, (SendReturn, Skip), send_return),
    On(ANYWHERE, SendReturn, send_elsewhere),
    On(ShowingReturn, (Typed, Wished), type_beside_pictures),
    On(ShowingReturn, Vented, type_beside_pictures),
    On((ChoosingReturn, SayingReturnReason, ShowingReturn), (Cancel, GoBack), leave_return),
)
