"""What an order needs, told though nobody asked for it: a phone, an address, all in one message."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.buying.leading import without_lead
from bot.language.buying.naming import SURE, name_in
from bot.language.buying.pointing import pointed
from bot.language.buying.whole import whole_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import FIRM, meaning
from bot.language.payments import method_in
from bot.language.phones import phone_alone, phone_in
from bot.language.texts import is_question
from dialogs.engine.claimed import Gives, GivesAll
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate
from dialogs.reading.context import Context
from dialogs.reading.goods.claiming import is_counted_thing
from dialogs.reading.goods.offered import offered_in
from dialogs.states import InCheckout, ListingOrders, OrderPlaced, ViewingOrder
from replies.taps import Checkout

_OF_ADDRESS = words_for("address.street", "address.estate", "address.part", "address.barangay", "address.house")
_PIECE = re.compile(
    rf"\s*(.+?)(?:\s*[,.;/|\n]+\s*|\s+{pattern('search.between')}\s+|\s+(?=\d{{1,2}}\s*(?:x|pcs?)?\s+[^\W\d]))"
)
"""One thing of an order, up to a mark, an "and", or the number of the next."""
_ORDER_MOST = 70  # words
_BAGO = re.compile(r"\bbago\b(?!,?\s+(?:city|neg))", re.IGNORECASE)
"""A city as well as the word for "before"."""
_GIVEN_MOST = 45  # words
_NAME_MOST = 5  # words
_LITTLE_OF_NAMES = frozenset({"de", "dela", "del", "delos", "los", "la", "y", "po", "ng"})


def read_given(text: str, context: Context) -> Iterator[Candidate]:
    """What an order needs, told though nobody asked: a phone alone, or an address, perhaps with a name before it."""
    if isinstance(context.state, InCheckout | OrderPlaced | ViewingOrder | ListingOrders) or context.listens:
        return
    if is_question(text) or len(text.split()) > _GIVEN_MOST:
        return
    gives = Gives(text=text, beside=offered_in(context))
    phone = phone_alone(text)
    if phone and not method_in(text):
        why = "a phone number, and hardly more"
        yield Candidate(kind="value", name="phone", value=phone, score=LIKELY, why=why, heard=gives)
        return
    if is_address(text):
        why = "an address with its city"
        yield Candidate(kind="value", name="address", value=text, score=LIKELY, why=why, heard=gives)
        return
    if (gives.beside or any(isinstance(tap, Checkout) for tap in context.taps)) and is_full_name(text):
        why = "a full name, where checkout is offered"
        yield Candidate(kind="value", name="recipient", value=text, score=POSSIBLE, why=why, heard=gives)


def read_whole_order(text: str, context: Context) -> Iterator[Candidate]:
    """A whole order in one message: "2 mug navy, 1 kawali. Ana Cruz 0917 123 4567, 12 Mabini St, Marikina. COD"."""
    if isinstance(context.state, InCheckout | OrderPlaced | ViewingOrder | ListingOrders) or context.listens:
        return
    if len(text.split()) > _ORDER_MOST:
        return
    wanted: list[tuple[int, str]] = []
    rest = text
    while (piece := _PIECE.match(rest)) and (told := pointed(without_lead(piece[1]))):
        if not wanted and told.quantity is None and not told.rest and not told.asks:
            rest = rest[piece.end() :]  # "hi po, order po ako"
            continue
        if not wanted and told.takes and told.quantity is None and not (told.asks or meaning(piece[1]).concepts & FIRM):
            told = replace(told, quantity=1)  # "pa order ng payong"
        if not told.quantity or not told.rest or not is_counted_thing(told, piece[1]) or phone_in(piece[1]):
            break
        wanted.append((told.quantity, told.said))
        rest = rest[piece.end() :]
    if wanted and (phone_in(rest) or is_address(rest)):
        heard = GivesAll(text=text, wanted=tuple(wanted), rest=rest.strip())
        value = ", ".join(f"{pieces} {said}" for pieces, said in wanted)
        why = "things with their numbers, and behind them what an order needs"
        yield Candidate(kind="value", name="order", value=value, score=LIKELY, why=why, heard=heard)


def is_address(text: str) -> bool:
    """Whether a text is an address with its city: with a number in its first line, or words that only addresses have.

    Args:
        text: What was typed.
    """
    parsed = parse(whole_in(_BAGO.sub(" ", text)).address)
    is_told = bool(parsed.line1) and any(map(str.isdigit, parsed.line1))
    if not parsed.city or is_question(text):
        return False
    return is_told or bool((parsed.barangay or parsed.line1) and set(fold(text).split()) & _OF_ADDRESS)


def is_full_name(text: str) -> bool:
    """Whether a text is a name of two to five words, each with a capital, and nothing else.

    Args:
        text: What was typed.
    """
    words = without_lead(text).split()
    named = name_in(text)
    if not 2 <= len(words) <= _NAME_MOST or named.sureness < SURE or named.rest or is_question(text):
        return False
    return all(word[:1].isupper() for word in named.name.split() if word.lower() not in _LITTLE_OF_NAMES)
