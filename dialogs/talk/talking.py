"""What is no shopping: questions with a button of their own, files, stickers, taps out of place."""

from dialogs.engine.heard import SentLike, SentSomethingElse, TappedUnknown
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import hello, in_merchants_words, shipping_fees
from dialogs.showing.calling import called
from dialogs.states import WaitingForPerson
from replies.codec import Tap
from replies.promos import Promos
from replies.talk import CannotRead, Liked, NothingToCancel, NotNow, UnknownTap
from replies.taps import (
    Cancel,
    ChooseZone,
    EditCheckout,
    EnterPromo,
    Keep,
    PayWith,
    RemovePromo,
    ReviewOrder,
    ShippingInfo,
    Skip,
    TalkToPerson,
    UseOwnName,
    UsePlace,
    ViewPromos,
)
from replies.taps_talk import PickReply
from repository.chats import missed
from repository.orders import carts, promos
from repository.wording import canned

_PERSON = {"en": "talk to a person", "fil": "makausap ang tao"}
"""What a merchant's own answer to somebody who wants a person is found by."""


async def show_shipping(state: Here, tap: ShippingInfo, turn: Turn) -> Next[Here]:
    """Show the zones and their fees."""
    return Next(state, [await shipping_fees(turn)])


async def show_promos(state: Here, tap: ViewPromos, turn: Turn) -> Next[Here]:
    """Show the promos that run."""
    return Next(state, [Promos(promos=await ask(promos.live, shopper_id=turn.shopper_id))])


async def call_person(state: State, tap: TalkToPerson, turn: Turn) -> Next[WaitingForPerson]:
    """Say that a person will read the chat: in the merchant's words where there are any."""
    calls = await called(turn)
    said = await ask(canned.best, text=_PERSON.get(turn.language, _PERSON["en"]), language=turn.language)
    waiting = WaitingForPerson(since=turn.now)
    return Next(waiting, [await in_merchants_words(said, turn) if said else calls])


async def say_picked(state: Here, tap: PickReply, turn: Turn) -> Next[Here]:
    """Say what the merchant has written about what was picked."""
    said = await ask(canned.picked, reply_id=tap.reply_id)
    if said:
        await ask(missed.understood, shopper_id=turn.shopper_id)
    return Next(state, [await in_merchants_words(said, turn) if said else UnknownTap(title="")], intent="canned")


async def answer_something(state: Here, heard: SentSomethingElse, turn: Turn) -> Next[Here]:
    """Say that it cannot be opened yet."""
    return Next(state, [*hello(turn), CannotRead(kind=heard.kind)])


async def answer_like(state: Here, heard: SentLike, turn: Turn) -> Next[Here]:
    """Answer a thumbs-up or a sticker in kind."""
    return Next(state, [*hello(turn), Liked(is_sticker=heard.is_sticker)])


async def answer_unknown_tap(state: Here, heard: TappedUnknown, turn: Turn) -> Next[Here]:
    """Say that the button no longer works, and what does."""
    return Next(state, [UnknownTap(title=heard.title)])


async def point_to_checkout(state: Here, tap: Tap, turn: Turn) -> Next[Here]:
    """A button of checkout, tapped where nothing is being ordered: say what the next step is."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    return Next(state, [NotNow(has_cart=bool(cart.lines))])


async def nothing_to_cancel(state: State, tap: Cancel, turn: Turn) -> Next[Idle]:
    """Say that nothing is under way."""
    return Next(Idle(), [NothingToCancel()])


TALKING = Dialog(
    "talking",
    (
        On(ANYWHERE, ShippingInfo, show_shipping),
        On(ANYWHERE, ViewPromos, show_promos),
        On(ANYWHERE, TalkToPerson, call_person),
        On(ANYWHERE, PickReply, say_picked),
        On(ANYWHERE, SentSomethingElse, answer_something),
        On(ANYWHERE, SentLike, answer_like),
        On(ANYWHERE, TappedUnknown, answer_unknown_tap),
        On(
            ANYWHERE,
            (UsePlace, ChooseZone, UseOwnName, Skip, Keep, PayWith, EnterPromo, RemovePromo, EditCheckout, ReviewOrder),
            point_to_checkout,
        ),
        On(ANYWHERE, Cancel, nothing_to_cancel),
    ),
)
