"""What a text tells of what was ordered before: how somebody feels, what they wish, that they paid."""

from collections.abc import Iterator

from bot.language.afterwards.anger import anger_in
from bot.language.afterwards.paying import money_wish
from bot.language.afterwards.rating import stars_in
from bot.language.afterwards.troubles import trouble_in
from bot.language.afterwards.wishes import wish_of
from bot.language.buying.codes import asks_of_promo, promo_code_in
from bot.language.buying.correcting import line_change_in
from bot.language.buying.leading import without_lead
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.meaning import Meaning, meaning
from bot.language.references import reference_in, says_paid
from bot.language.texts import is_question
from bot.language.values.requests import request_in
from bot.language.values.times import delivery_wish_in
from dialogs.engine.heard import SaysPaid, Troubled, Typed, Vented, Wished
from dialogs.engine.state import Idle
from dialogs.reading import commands
from dialogs.reading.candidate import CERTAIN, LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.states import (
    InCheckout,
    ListingOrders,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
    ViewingOrder,
    WaitingForPerson,
)
from dialogs.states_after import (
    ChangingItem,
    ChangingItems,
    ChoosingOtherWay,
    ConfirmingDelivery,
    ConfirmingItems,
    EnteringDelivery,
    SayingReturnReason,
    ShowingReturn,
    WritingReview,
)
from dialogs.states_looking import ChoosingVariant, ViewingProduct
from replies.taps import BrowseCategories, Checkout, OpenCart, OpenMenu, ViewPromos

_CODE = words_for("part.promo")
_ADD, _STILL, _CART = words_for("wish.add"), words_for("quantity.more"), words_for("command.cart")
_REFUSES = words_for("wish.forbids")
_CHANGE, _WHAT_OF_IT = words_for("wish.change", "quantity.make"), words_for("wish.kind", "wish.order", "wish.quantity")
_NOT_ITEMS = words_for("part.address", "part.recipient", "part.phone", "part.payment", "part.landmark")
_DROPPED, _TAKEN, _POLITE = words_for("edit.drop"), words_for("take.take"), words_for("small.polite")
_COURIERS = words_for("tracking.courier")
_DONE = words_for("paid.done")
_NEWS, _SENT = words_for("tracking.news"), words_for("paid.sent")
_RECEIPT, _OF_RECEIPT = words_for("wish.receipt"), frozenset({"receipt", "order", "shop"})
_WHEN_IT_COMES = frozenset({"arrive", "when", "duration", "shipping", "hours"})
_COMES = frozenset({"arrive", "when", "duration"})
_OF_PRICE = frozenset({"price", "cod", "pay", "order", "shop", "gcash"})
_OF_MONEY = words_for("wish.pay", "wish.method", "total.total", "wish.cash", "small.particle", "wish.again")
_ACCOUNT, _SHORT = words_for("wish.account"), 6
_TWICE, _BY_NOW = words_for("wish.twice"), words_for("tracking.by_now")
_OF_NEWS = _WHEN_IT_COMES | {"change", "shop"}
_OF_RIDER = _WHEN_IT_COMES | {"where"}
_AT_REST = Idle | ListingOrders
"""Where nothing is on show that a text could be about."""
_OF_A_CART = InCheckout | ReviewingCart | ViewingProduct | ChoosingVariant
"""Where a way to pay is asked for what is being bought: "pwede cod?"."""
_CHANGING = (ChangingItems, ChangingItem, ConfirmingItems, EnteringDelivery, ConfirmingDelivery)
"""States in which an order is changed, and can be taken back as well."""
_TELLING = SayingReturnReason | ShowingReturn | WritingReview | WaitingForPerson
"""Where anything may be typed."""
_CALLED = {"track": "track_order", "cancel": "cancel_order", "again": "order_again"}
"""Wishes that scripts know by a longer name."""


def read_mood(text: str, context: Context) -> Iterator[Candidate]:
    """Anger, or a thumb down."""
    if mood := anger_in(text):
        why = "accusing or insulting words, or signs of anger"
        yield Candidate(kind="social", name=mood, why=why, heard=Vented(text=text, mood=mood))


def read_promo(text: str, context: Context) -> Iterator[Candidate]:
    """How a promo works, or why a code does not: those that run say what they ask for."""
    if isinstance(context.state, InCheckout) or context.listens or not asks_of_promo(text):
        return
    code = promo_code_in(text)
    why = "it asks how a promo works, or why a code does not"
    heard = Typed(text=text) if code else ViewPromos()
    yield Candidate(kind="command", name="promos", value=code, score=LIKELY, why=why, heard=heard)


def read_trouble(text: str, context: Context) -> Iterator[Candidate]:
    """A parcel that will not be taken, or money that was sent wrongly; not where words are asked for or the cart is on
    show, of which "di ko na kukunin" is said too."""
    trouble = trouble_in(text)
    if not trouble or isinstance(context.state, _TELLING) or (trouble == "refuse" and context.lines):
        return
    heard, why = Troubled(text=text, trouble=trouble), "it tells what went wrong with an order"
    yield Candidate(kind="command", name=trouble, why=why, heard=heard)


def read_stars(text: str, context: Context) -> Iterator[Candidate]:
    """Stars, or a number of them."""
    if stars := stars_in(text)[0]:
        yield Candidate(kind="value", name="stars", value=str(stars), why="it gives stars", heard=Typed(text=text))


_ELSEWHERE = (OpenCart, OpenMenu, Checkout, BrowseCategories)
"""Commands of a sentence beside another, which only say where somebody wants to be."""


def read_wish(text: str, context: Context) -> Iterator[Candidate]:
    """What somebody wants of an order, or of what the shop sends unasked."""
    wish = wish_of(text) or _wish_of_placed(text, context)
    if wish == "address" and delivery_wish_in(text):
        wish = "delivery"  # a day, and no place
    if wish in ("method", "terms") and (context.lines or isinstance(context.state, _OF_A_CART)):
        return
    if wish == "stop" and isinstance(context.state, InCheckout) and set(fold(text).split()) & _CODE:
        return  # "wag na promo": the order goes on without one
    in_cart = bool(context.lines) or isinstance(context.state, ReviewingOrder)
    if wish == "return" and in_cart and line_change_in(text, in_cart=True):
        return  # "mali, 2 lang yung mug"
    if wish and any(isinstance(commands.find(without_lead(part)), _ELSEWHERE) for part in clauses(text)):
        return  # "ay sandali. balik na lang tayo sa cart"
    if wish:
        why = "words of an order that was placed, or of what is sent unasked"
        yield Candidate(kind="command", name=_CALLED.get(wish, wish), why=why, heard=Wished(text=text, wish=wish))


def _wish_of_placed(text: str, context: Context) -> str:
    """What is wished where an order is on show, without naming it: "kelan dating", "pwede pa add ng isang mug"."""
    asked = meaning(text)
    words = set(fold(text).split())
    comes = "arrive" in asked.concepts or {"shipping", "when"} <= asked.concepts
    when = comes and asked.concepts <= _WHEN_IT_COMES and not asked.rest and is_question(text)
    if not isinstance(context.state, OrderPlaced | ViewingOrder):
        if isinstance(context.state, _AT_REST) and (when or (words & _NEWS and asked.concepts <= _OF_NEWS)):
            return "when"  # of an order, where one is under way
        if (
            isinstance(context.state, _AT_REST)
            and words & _COURIERS
            and asked.concepts <= _OF_RIDER
            and is_question(text)
        ):
            return "courier"  # "san na po yung rider"
        if isinstance(context.state, _AT_REST) and request_in(text):
            return "delivery"  # "iwan nyo na lang sa guard"
        return "cancel" if isinstance(context.state, _CHANGING) and _cancels(text) else ""
    if delivery_wish_in(text) or request_in(text):
        return "delivery"  # "pwede po ba sa sabado nyo na lang ideliver"
    if when or any(_asks_when(part) for part in (text, *clauses(text))) or _asks_of_it(text, words, asked):
        return "track"
    if money_wish(text, words, asked.concepts, asks=is_question(text), is_shown=True) == "method":
        return "method"  # "pwede po cod?"
    if words & _ACCOUNT and len(words) <= _SHORT:
        return "pay"  # "kanino po nakapangalan", "may qr po kayo"
    change = line_change_in(text, in_cart=True)
    if change and change.quantity > 0 and words & _CHANGE and not words & _NOT_ITEMS:
        return "items"  # "gawin nyo na pong 2 yung candle"
    if words & _RECEIPT and asked.concepts <= _OF_RECEIPT and not asked.rest:
        return "receipt"  # "may resibo po ba ito"
    if words & _COURIERS and asked.concepts <= _WHEN_IT_COMES | {"shop"} and is_question(text):
        return "courier"  # "anong courier po"
    if _cancels(text):
        return "cancel"  # "di pala pwede cod, paki cancel po": it is asked before anything is done
    if _bare(text) in _DROPPED and words & _TAKEN:
        return "cancel"  # "di ko na po kukunin"
    if words & _NEWS and asked.concepts <= _OF_NEWS:
        return "track"
    if words & _CHANGE and words & _WHAT_OF_IT and not words & _NOT_ITEMS:
        return "items"  # "pa change po ng kulay, gumamela na lang"
    more = words & _ADD and words & _STILL and is_question(text) and not words & (_CART | _SENT)
    return "items" if more else ""


def _bare(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _POLITE)


def _asks_of_it(text: str, words: set[str], asked: Meaning) -> bool:
    """Whether it is asked what is to be paid, or whether it was ordered, or said that it stays: what an order shows."""
    if "cancel" in asked.concepts:
        return bool(words & _REFUSES) and not is_question(text)  # "wag nyo po icancel ha"
    if words & _TWICE and "order" in asked.concepts:
        return True  # "nadoble yata order ko"
    if not is_question(text):
        return False
    if "price" in asked.concepts and asked.concepts <= _OF_PRICE:
        return set(asked.rest) <= _OF_MONEY  # "magkano po ihahanda ko sa rider"
    return asked.concepts == {"order"} and not asked.rest and bool(words & _BY_NOW)  # "naorder ko na po ba?"


def _asks_when(text: str) -> bool:
    """Whether a sentence asks when it comes, or how long it takes, and no more: "ilang araw pa po kaya"."""
    asked = meaning(text)
    is_when = bool(asked.concepts & _COMES) and asked.concepts <= _WHEN_IT_COMES
    return is_when and not asked.rest and is_question(text)


def _cancels(text: str) -> bool:
    """Whether a text asks to cancel: "paki cancel po", not "wag i-cancel"."""
    return "cancel" in meaning(text).concepts and not set(fold(text).split()) & _REFUSES and not is_question(text)


def read_paid(text: str, context: Context) -> Iterator[Candidate]:
    """That money was sent: by words, or by a number that can be nothing else."""
    reference = reference_in(text)
    heard = SaysPaid(text=text)
    done = isinstance(context.state, OrderPlaced | ViewingOrder | ChoosingOtherWay) and _bare(text) in _DONE
    if says_paid(text) or done:
        yield Candidate(kind="value", name="paid", score=LIKELY, why="it says that money was sent", heard=heard)
    elif reference and reference.is_sure and not is_question(text):
        why = "a number with the shape of a transfer's"
        yield Candidate(kind="value", name="paid", value=reference.number, score=CERTAIN, why=why, heard=heard)
