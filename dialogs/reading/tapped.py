"""Texts that are as good as taps: what stands on a button, its number, a command, a code."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from bot.language.afterwards.wishes import wish_of
from bot.language.buying.pointing import less_in, pointed
from bot.language.fold import fold, same
from bot.language.lexicon import words_for
from bot.language.quantities import amount_in, minus_in
from bot.language.texts import is_no, is_yes
from dialogs.engine.heard import ChangesKind, LinkCode, SentLike
from dialogs.engine.state import Idle
from dialogs.reading import commands
from dialogs.reading.candidate import CERTAIN, LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.reading.small import asks_count, is_all, waits
from dialogs.states import InCheckout, ListingOrders, OrderPlaced, ViewingOrder
from replies.codec import Tap, tag_of
from replies.taps import (
    AddPieces,
    AddToCart,
    BrowseCategories,
    BuyNow,
    Cancel,
    ChangeLine,
    Checkout,
    ChooseZone,
    Confirm,
    ConfirmCancelOrder,
    ConfirmEmptyCart,
    EmptyCart,
    GoBack,
    Help,
    MyOrders,
    OpenCart,
    OpenCategory,
    OpenMenu,
    OpenOrder,
    OpenProduct,
    PayWith,
    SetQuantity,
    TalkToPerson,
    UseAddress,
    UsePlace,
)
from replies.taps_after import ConfirmDelivery, ConfirmItems, DeleteMyData, KeepMyData
from replies.taps_wishlist import LeaveCart, NoReminders

_LINK_CODE = re.compile(r"QS[- ]?([A-Z2-9]{4})[- ]?([A-Z2-9]{4})", re.IGNORECASE | re.ASCII)
_PAIR, _THIS = words_for("pair.word"), words_for("pointing.this")
"""How many pieces a pair is depends on what it is of: whoever knows the line tells (`correcting.read_line_change`)."""
_UNIT = words_for("quantity.unit")
_SIZE_LEAST = 20
"""A number from which on it may be a size."""
_BETWEEN = (Idle, OrderPlaced, ViewingOrder, ListingOrders)
"""Where nothing is under way."""
_CHANGING = words_for(
    "quantity.make", "quantity.more", "edit.instead", "edit.sorry", "items.less", "edit.remove", "edit.only"
)
"""What is said of a line that was put into the cart, where something else was said since."""
_THUMBS = re.compile(r"[\U0001F44D\U0001F44C\U0001F3FB-\U0001F3FF\s]+")
_COUNTED = (ChangeLine, UseAddress, ChooseZone, PayWith, UsePlace, OpenProduct, OpenOrder, OpenCategory)
_BINDING = (Confirm, ConfirmCancelOrder, ConfirmEmptyCart, ConfirmDelivery, ConfirmItems)
"""What is never done for a number: "1" beside it may be pieces, a floor, a slip."""
_CALLED: Mapping[type[Tap], str] = {
    BrowseCategories: "categories",
    OpenMenu: "menu",
    MyOrders: "orders",
    TalkToPerson: "person",
    OpenCart: "cart",
    GoBack: "back",
}
"""Commands that scripts know by another name than the button's."""
_NUMBER = re.compile(r"#?(\d{1,2})[.)]?")


def read_code(text: str, context: Context) -> Iterator[Candidate]:
    """The code that links a merchant's chat."""
    if code := _LINK_CODE.fullmatch(text):
        heard = LinkCode(code=(code[1] + code[2]).upper())
        yield Candidate(kind="value", name="link_code", score=CERTAIN, why="it has the shape of the code", heard=heard)


def read_thumb(text: str, context: Context) -> Iterator[Candidate]:
    """A thumb up, and nothing else."""
    if _THUMBS.fullmatch(text):
        yield Candidate(kind="social", name="like", score=CERTAIN, why="only a thumb up", heard=SentLike())


def read_button(text: str, context: Context) -> Iterator[Candidate]:
    """What stands on one button or quick reply on show."""
    meant = {one.payload: tap for one, tap in zip(context.offered, context.taps, strict=True) if same(one.title, text)}
    tap = next(iter(meant.values())) if len(meant) == 1 else None
    if tap:
        yield _tapped(tap, CERTAIN, "it stands on a button on show")


def read_offer(text: str, context: Context) -> Iterator[Candidate]:
    """A yes to what the shop offered to put into the cart, or that it shall be bought at once."""
    offered = [
        tap
        for one, tap in zip(context.offered, context.taps, strict=True)
        if isinstance(tap, AddToCart | BuyNow) and tap.quantity and not one.of
    ]
    is_above = any(one.is_above for one in context.offered if not one.of)
    if len(offered) != 2 or context.listens:  # an offer has one button of each kind
        return
    adds, buys = offered
    if is_above:
        if isinstance(adds, AddToCart) and (pieces := _pieces_in(text)):
            yield _tapped(replace(adds, quantity=pieces), LIKELY, "how many there shall be of what was offered above")
    elif isinstance(commands.find(text), Checkout):
        yield _tapped(buys, LIKELY, "it checks out, beside what was offered")
    elif is_yes(text):
        yield _tapped(adds, CERTAIN, "a yes to what was offered")
    elif isinstance(adds, AddToCart) and (pieces := _pieces_in(text)):
        yield _tapped(replace(adds, quantity=pieces), LIKELY, "how many there shall be of what was offered")


def _pieces_in(text: str) -> int:
    """How many pieces a text says, and nothing else; 0 where it says none, or what may be a size or money."""
    told = pointed(text)
    if told is None or told.quantity is None or told.rest or told.place or told.asks or told.price or told.kinds:
        return 0
    return told.quantity if told.quantity < _SIZE_LEAST or set(fold(text).split()) & _UNIT else 0


def read_all(text: str, context: Context) -> Iterator[Candidate]:
    """That nothing more is wanted: time for the cart."""
    if context.is_looking and is_all(text):
        yield _tapped(OpenCart(), LIKELY, "it says that this is all")


def read_count(text: str, context: Context) -> Iterator[Candidate]:
    """How many of something are in the cart: the cart says so."""
    if context.is_looking and asks_count(text):
        yield _tapped(OpenCart(), LIKELY, "it asks how many there are in the cart")


def read_unasked(text: str, context: Context) -> Iterator[Candidate]:
    """A yes or a no to a cart that the shop spoke of by itself, whatever was asked before."""
    refused = next((tap for tap in context.taps if isinstance(tap, NoReminders | LeaveCart)), None)
    if refused is None:
        return
    if is_no(text) or isinstance(commands.find(text), Cancel):
        yield _tapped(refused, CERTAIN, "a no to the cart that the shop spoke of")
    elif waits(text):
        yield _tapped(LeaveCart(), CERTAIN, "later, to the cart that the shop spoke of")
    elif is_yes(text):
        yield _tapped(Checkout(), CERTAIN, "a yes to the cart that the shop spoke of")


def read_deletion(text: str, context: Context) -> Iterator[Candidate]:
    """A yes or a no to the question whether what the shop knows shall be deleted."""
    if isinstance(context.state, InCheckout) or not any(isinstance(tap, DeleteMyData) for tap in context.taps):
        return
    if is_no(text) or isinstance(commands.find(text), Cancel):
        yield _tapped(KeepMyData(), CERTAIN, "a no to the deletion")
    elif is_yes(text):
        yield _tapped(DeleteMyData(), CERTAIN, "a yes to the deletion")


def read_line(text: str, context: Context) -> Iterator[Candidate]:
    """How many pieces there shall be of the one cart line on show: "2 more", "gawin mong 3"."""
    if len(context.lines) != 1 or isinstance(commands.find(text), EmptyCart):
        return
    is_changed = not context.is_line_above or bool(_CHANGING & set(fold(text).split()))
    if not is_changed:
        return
    if less := less_in(text) or minus_in(text):
        tap: Tap = AddPieces(line_id=context.lines[0], quantity=-less)
        why = "how many less of the one line of the cart on show"
        yield Candidate(kind="value", name="quantity", value=str(-less), why=why, heard=tap)
    elif (amount := amount_in(text)) and not amount.times and not _PAIR & set(fold(text).split()):
        if amount.number >= _SIZE_LEAST and not amount.more and not _UNIT & set(fold(text).split()):
            number = str(amount.number)
            sized = ChangesKind(text=text, said=number, line_id=context.lines[0])
            why = "a size, or else a number of pieces, beside the one line of the cart on show"
            yield Candidate(kind="value", name="quantity", value=number, why=why, heard=sized)
            return
        kind = AddPieces if amount.more else SetQuantity
        tap = kind(line_id=context.lines[0], quantity=amount.number)
        why = "a number of pieces, beside the one line of the cart on show"
        yield Candidate(kind="value", name="quantity", value=str(amount.number), why=why, heard=tap)


def read_number(text: str, context: Context) -> Iterator[Candidate]:
    """The number of something in a list: of the things in it where there are any, else of everything on show."""
    number = _NUMBER.fullmatch(text)
    if number is None or any(fold(one.title).isdigit() for one in context.offered):
        return
    if any(isinstance(tap, _BINDING) for tap in context.taps):
        return
    shown = [tap for one, tap in zip(context.offered, context.taps, strict=True) if one.of or not one.is_above]
    choices = _numbered(shown)
    tap = choices[int(number[1]) - 1] if 1 <= int(number[1]) <= len(choices) else None
    if tap and not isinstance(tap, TalkToPerson):  # a person is called by words
        yield _tapped(tap, LIKELY, f"the number of one of {len(choices)} things on show")


def read_command(text: str, context: Context) -> Iterator[Candidate]:
    """A word that works everywhere."""
    tap = commands.find(text)
    of_order = isinstance(tap, Cancel) and wish_of(text) == "cancel"
    if of_order and (context.is_looking or isinstance(context.state, _BETWEEN)):
        return  # nothing but an order is there to be cancelled
    if (
        isinstance(tap, Help)
        and len(context.goods) == 1
        and not context.goods[0].is_above
        and _THIS & set(fold(text).split())
    ):
        return  # "paano to gamitin" asks of the product that is on show
    if tap:
        yield _tapped(tap, LIKELY, "a command, give or take polite words and a slip")


def _tapped(tap: Tap, score: float, why: str) -> Candidate:
    name = _CALLED.get(type(tap)) or tag_of(type(tap))
    fields = ", ".join(f"{field}={value}" for field in tap.__struct_fields__ if (value := getattr(tap, field)))
    return Candidate(kind="command", name=name, value=fields, score=score, why=why, heard=tap)


def _numbered(taps: Sequence[Tap | None]) -> Sequence[Tap | None]:
    """What a typed number counts: the things in a list, such as products, where there are any; else everything."""
    for kind in _COUNTED:
        if counted := [tap for tap in taps if isinstance(tap, kind)]:
            return counted
    return taps
