"""What an order needs, told though nobody asked for it: a phone, an address, all in one message."""

from collections.abc import Iterator

from bot.language.addressing import parse
from bot.language.buying.whole import whole_in
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.payments import method_in
from bot.language.phones import cut_out, phone_in
from bot.language.texts import is_question
from dialogs.engine.claimed import Gives
from dialogs.reading.candidate import LIKELY, Candidate
from dialogs.reading.context import Context
from dialogs.states import InCheckout, ListingOrders, OrderPlaced, ViewingOrder

_OF_ADDRESS = words_for("address.street", "address.estate", "address.part", "address.barangay", "address.house")
_BESIDE_PHONE = 4
"""Words beside a phone number that say whose it is: "my number is", "cp no ko po"."""
_GIVEN_MOST = 45  # words


def read_given(text: str, context: Context) -> Iterator[Candidate]:
    """What an order needs, told though nobody asked: a phone alone, or an address, perhaps with a name before it."""
    if isinstance(context.state, InCheckout | OrderPlaced | ViewingOrder | ListingOrders) or context.listens:
        return
    if is_question(text) or len(text.split()) > _GIVEN_MOST:
        return
    rest = fold(cut_out(text))
    phone = phone_in(text)
    if phone and not any(map(str.isdigit, rest)) and len(rest.split()) <= _BESIDE_PHONE and not method_in(text):
        why = "a phone number, and hardly more"
        yield Candidate(kind="value", name="phone", value=phone, score=LIKELY, why=why, heard=Gives(text=text))
        return
    parsed = parse(whole_in(text).address)
    is_told = bool(parsed.line1) and any(map(str.isdigit, parsed.line1))
    if parsed.city and (is_told or (parsed.barangay and set(fold(text).split()) & _OF_ADDRESS)):
        value = ", ".join(filter(None, (parsed.line1, parsed.barangay, parsed.city, parsed.province)))
        why = "an address with its city"
        yield Candidate(kind="value", name="address", value=value, score=LIKELY, why=why, heard=Gives(text=text))
