"""What is no text and comes while an order is being made: places, forms, bookings, reactions, changed messages."""

from msgspec.structs import replace

from dialogs.checkout.between.hearing import hear_answer
from dialogs.checkout.filling import filled
from dialogs.checkout.form import CHECKOUT, ask_again, proceed, question_of
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn
from dialogs.engine.sent import Booked, Edited, FilledIn, Reacted, SentPlace, TookBack
from dialogs.engine.table import Dialog, On
from dialogs.showing.booking import booking_seen
from dialogs.states import AskingExtra, Draft, InCheckout, Ordering, ReviewingOrder
from replies.sent import EditSeen, FormTaken, PinKept, SorryForIt, UnsendSeen


async def pin_meanwhile(state: InCheckout, heard: SentPlace, turn: Turn) -> Next[Ordering]:
    """Keep the place for the rider and ask again; words beside it are the answer to what is asked."""
    pinned = replace(turn, draft=replace(turn.draft, pin=heard.pin))
    if not heard.text:
        return await _shown_again(state, pinned, PinKept(alone=False))
    decided = await hear_answer(state, Typed(text=heard.text), pinned)
    draft = replace(decided.draft if decided.draft is not None else pinned.draft, pin=heard.pin)
    return replace(decided, replies=[PinKept(alone=False), *decided.replies], draft=draft)


async def form_meanwhile(state: InCheckout, heard: FilledIn, turn: Turn) -> Next[Ordering]:
    """Take what was filled in, and ask what is missing still."""
    draft = filled(turn.draft, heard.answers)
    if draft == turn.draft:
        return await ask_again(state, turn, FormTaken(any=False, alone=False))
    going_on = await proceed(replace(turn, draft=draft))
    return replace(going_on, replies=[FormTaken(any=True, alone=False), *going_on.replies])


async def booking_meanwhile(state: InCheckout, heard: Booked, turn: Turn) -> Next[Ordering]:
    """Say that the booking was seen, and ask again."""
    return await ask_again(state, turn, await booking_seen(heard.booking, turn, alone=False))


async def reaction_meanwhile(state: InCheckout, heard: Reacted, turn: Turn) -> Next[Ordering]:
    """Say sorry for what was not liked; a good sign answers nothing that was asked: ask again."""
    if heard.is_bad:
        return await ask_again(state, turn, SorryForIt(alone=False))
    return await ask_again(state, turn)


async def edit_meanwhile(state: InCheckout, heard: Edited, turn: Turn) -> Next[Ordering]:
    """An answer that was changed is the new answer; another message stays as it was understood."""
    was = heard.was_asked
    if isinstance(was, InCheckout) and heard.text and not isinstance(was, ReviewingOrder | AskingExtra):
        read = await question_of(was).reads(was, heard.text, turn)
        if isinstance(read, Draft) and read != turn.draft:
            draft = question_of(was).passed(read)
            said = EditSeen(is_taken=True, alone=False)
            return await _shown_again(state, replace(turn, draft=draft), said)
        if isinstance(read, Draft):
            return await ask_again(state, turn)
    return await ask_again(state, turn, EditSeen(is_taken=False, alone=False))


async def unsend_meanwhile(state: InCheckout, heard: TookBack, turn: Turn) -> Next[Ordering]:
    """Say that the message is gone and the order is not, and ask again."""
    return await ask_again(state, turn, UnsendSeen())


CHECKOUT_SENT = Dialog(
    "sent in checkout",
    (
        On(CHECKOUT, SentPlace, pin_meanwhile),
        On(CHECKOUT, FilledIn, form_meanwhile),
        On(CHECKOUT, Booked, booking_meanwhile),
        On(CHECKOUT, Reacted, reaction_meanwhile),
        On(CHECKOUT, Edited, edit_meanwhile),
        On(CHECKOUT, TookBack, unsend_meanwhile),
    ),
)


async def _shown_again(state: InCheckout, turn: Turn, said: PinKept | EditSeen) -> Next[Ordering]:
    """What is asked, once more; a new summary where the order was on show, for it has changed."""
    if not isinstance(state, ReviewingOrder):
        going_on = await (ask_again(state, turn) if question_of(state).is_missing(turn.draft) else proceed(turn))
    else:
        going_on = await proceed(turn)
    return replace(going_on, replies=[said, *going_on.replies])
