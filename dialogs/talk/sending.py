"""What is no text, outside of checkout: places, forms, bookings, reactions, changed and unsent messages."""

from msgspec.structs import replace

from bot.language.texts import is_greeting, is_yes, subject, wants_it
from dialogs.checkout.filling import filled
from dialogs.checkout.form import begin
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.sent import Booked, Edited, FilledIn, Reacted, SentPlace, TookBack
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.reading.context import Context
from dialogs.reading.table import heard_in
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import hello
from dialogs.showing.booking import booking_seen
from dialogs.states import Ordering
from dialogs.states_looking import (
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    Searching,
    ViewingProduct,
)
from replies.sent import EditSeen, FormTaken, PinKept, SorryForIt
from repository.orders import carts
from repository.referrals import pins

_LOOKING = (Idle, BrowsingCategories, BrowsingCategory, BrowsingFeatured, BrowsingList, Searching, ViewingProduct)
"""Where what was typed only looked for something, so that it can be answered anew."""


async def keep_place(state: Here, heard: SentPlace, turn: Turn) -> Next[Here]:
    """Keep the place for the order that is being made, or for the one that waits to be sent."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines and (number := await ask(pins.pin_open_order, shopper_id=turn.shopper_id, pin=heard.pin)):
        return Next(state, [PinKept(number=number)])
    return Next(state, [*hello(turn), PinKept()], draft=replace(turn.draft, pin=heard.pin))


async def take_form(state: Here, heard: FilledIn, turn: Turn) -> Next[Here | Ordering]:
    """Take what was filled in, and begin to order where something is in the cart."""
    draft = filled(turn.draft, heard.answers)
    if draft == turn.draft:
        return Next(state, [*hello(turn), FormTaken(any=False)])
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return Next(state, [*hello(turn), FormTaken(any=True)], draft=draft)
    going_on = await begin(replace(turn, draft=draft))
    return replace(going_on, replies=[*hello(turn), FormTaken(any=True, alone=False), *going_on.replies])


async def note_booking(state: Here, heard: Booked, turn: Turn) -> Next[Here]:
    """Say that the booking was seen."""
    return Next(state, [*hello(turn), await booking_seen(heard.booking, turn, alone=True)])


async def hear_reaction(state: Here, heard: Reacted, turn: Turn) -> Next[Here]:
    """Say sorry for what was not liked; a heart needs no answer."""
    return Next(state, [SorryForIt()] if heard.is_bad else [], intent="reaction")


async def hear_edit(state: Here, heard: Edited, turn: Turn) -> Next[Here | Told]:
    """Answer a changed question anew; say of anything else that it was understood as it was typed first."""
    if heard.was_asked is None or not heard.text or is_yes(heard.text) or is_greeting(heard.text):
        return Next(state, [], intent="edit")
    reads = heard_in(heard.text, Context(state=state))
    is_question = isinstance(reads, Typed) and subject(heard.text) and not wants_it(heard.text)
    if isinstance(state, _LOOKING) and isinstance(heard.was_asked, _LOOKING) and is_question:
        return await answer_text(state, heard.text, turn)
    return Next(state, [EditSeen(is_taken=False)], intent="edit")


async def hear_unsend(state: Here, heard: TookBack, turn: Turn) -> Next[Here]:
    """Nothing is said of what somebody wants to have gone."""
    return Next(state, [], intent="unsend")


SENDING = Dialog(
    "what is sent",
    (
        On(ANYWHERE, SentPlace, keep_place),
        On(ANYWHERE, FilledIn, take_form),
        On(ANYWHERE, Booked, note_booking),
        On(ANYWHERE, Reacted, hear_reaction),
        On(ANYWHERE, Edited, hear_edit),
        On(ANYWHERE, TookBack, hear_unsend),
    ),
)
