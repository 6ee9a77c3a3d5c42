"""Changes to what was said before: of the order that is being made, and of the cart."""

import re
from collections.abc import Iterator

from bot.language.addressing import parse
from bot.language.buying.addressed import STREET, address_within, sends_to
from bot.language.buying.codes import promo_code_in
from bot.language.buying.correcting import (
    Correction,
    LineChange,
    addition_in,
    correction_in,
    count_in,
    line_change_in,
    name_within,
    names_kin,
    objects,
    said_of_received,
)
from bot.language.buying.late import beside_in, sorry_name_in
from bot.language.buying.leading import without_lead
from bot.language.buying.naming import name_in
from bot.language.buying.whole import whole_in
from bot.language.changes.back import put_back_in
from bot.language.changes.kinds import is_of_one, kind_change_in
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.meaning import meaning
from bot.language.payments import method_alone
from bot.language.phones import phone_alone, phone_in
from bot.language.quantities import amount_in
from bot.language.texts import is_question, tidy
from bot.language.values.answers import yes_no_in
from bot.language.values.requests import request_in
from bot.language.values.times import delivery_wish_in
from dialogs.engine.claimed import ChangesLine, Claims
from dialogs.engine.heard import ChangesKind, Corrects
from dialogs.reading.candidate import LIKELY, POSSIBLE, Candidate
from dialogs.reading.context import Context
from dialogs.reading.given import is_address
from dialogs.reading.small import is_told, waits
from dialogs.reading.tapped import read_line
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingExtra,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingChange,
    ChoosingPayment,
    Draft,
    EnteringPromo,
    InCheckout,
    ListingOrders,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
    ViewingOrder,
)
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.taps import OpenCart

_ASKING = words_for("small.asking")
_PIECES = (AskingBarangay, AskingCity, AskingProvince)
"""Where a piece of the address is asked."""
_REQUEST = re.compile(rf"\b{pattern('small.please')}\s*\w+[^?]*$", re.IGNORECASE)
"""A request in the words of a question: "pwede pakitanggal yung walis"."""
_PAST_LANDMARK = (AskingRecipient, AskingPhone, *_PIECES, ChoosingPayment, ReviewingOrder, EnteringPromo)
"""Where what something is beside answers nothing that is asked."""
_PAST_ADDRESS = (AskingLandmark, ChoosingPayment, ReviewingOrder)
"""Where an address is another one than was given."""
_NO_REQUEST = (AskingLandmark, AskingExtra, EnteringPromo)
"""Where what the rider is asked to do may be the answer."""
_PAST_PHONE = (AskingAddress, *_PIECES, AskingLandmark, ChoosingPayment, EnteringPromo)
"""Where a phone number answers nothing that is asked."""
_CALLED_ADDRESS = re.compile(
    rf"^(?:(?:{pattern('small.article', 'small.me', 'small.polite', 'edit.sorry')})\s+)*{pattern('part.address')}\b"
    rf"(?:\s+(?:{pattern('small.polite', 'small.me', 'small.particle')}|is|ay|sa))*[\s:=,]+(.+)$",
    re.IGNORECASE,
)
"""Such as "yung address po brgy Santol sa Balagtas"."""
_DENIED = re.compile(
    rf"^(?:{pattern('edit.sorry')}[\s,]+)?{pattern('answer.no')}"
    rf"(?:\s+{pattern('small.polite', 'small.particle')})*\s+[^\s,]+"
    rf"(?:\s+{pattern('small.polite', 'quantity.unit')})*\s*[,.;]\s*",
    re.IGNORECASE,
)
"""What it shall not be, before what it shall be: "hindi po 2, isa lang yung mug"."""
_ASKED_TO, _DOING = words_for("edit.asked_to"), words_for("edit.remove", "edit.take_out", "quantity.make")
"""Such as "can you remove all soaps", "pwede bang tanggalin yung mug": asked for, and no question."""
_PAIR = words_for("pair.word")
_MAY, _ADD = words_for("time.may"), words_for("wish.add")
_OF_AN_ORDER = (OrderPlaced, ViewingOrder, ListingOrders)
"""Where a change is one of an order that was placed."""


def read_correction(text: str, context: Context) -> Iterator[Candidate]:
    """Another phone, address, name or way to pay than was given; or which of them shall be another."""
    asked = isinstance(context.state, InCheckout)
    if not asked and (context.draft == Draft() or context.listens or isinstance(context.state, _OF_AN_ORDER)):
        return
    if asked and not isinstance(context.state, EnteringPromo | ReviewingOrder) and (code := promo_code_in(text)):
        heard = Corrects(text, "promo", promo=code)
        why = "a code beside words that speak of one"
        yield Candidate(kind="correction", name="promo", value=code, score=LIKELY, why=why, heard=heard)
        return
    if asked and not isinstance(context.state, EnteringPromo) and (wish := delivery_wish_in(text)):
        heard, why = Corrects(text, "delivery_wish", wish=wish), "it says when it shall come, and nothing else"
        yield Candidate(kind="correction", name="delivery_wish", value=wish, score=LIKELY, why=why, heard=heard)
        return
    if asked and not isinstance(context.state, _NO_REQUEST) and (request := request_in(text)):
        heard, why = Corrects(text, "request", request=request), "it asks the packer or the rider for something"
        yield Candidate(kind="correction", name="request", value=request, score=LIKELY, why=why, heard=heard)
        return
    found = correction_in(text)
    if found is None and asked:
        found = _alone(text, context)
    if found is None or not (asked or found.is_told):
        return
    if isinstance(context.state, AskingRecipient) and found.recipient:
        return  # the answer to what is asked, as below
    if isinstance(context.state, ChoosingPayment) and found.part == "payment":
        return  # the answer to what is asked
    if isinstance(context.state, EnteringPromo | ChoosingChange | ReviewingOrder) and found.part == "promo":
        return
    told = found.phone or found.method or found.address or found.recipient or found.landmark
    heard = Corrects(
        text, found.part, found.phone, found.method, found.address, found.recipient, landmark=found.landmark
    )
    why = f"it changes the {found.part}" if told else f"it says that the {found.part} shall be another"
    yield Candidate(kind="correction", name=found.part, value=told, score=LIKELY, why=why, heard=heard)


def _alone(text: str, context: Context) -> Correction | None:
    """A correction without words for one: a way to pay, and at the summary a phone or an address."""
    if isinstance(context.state, ReviewingOrder):
        if phone := phone_in(text):
            return Correction(part="phone", phone=phone)
        if address := address_within(text) or sends_to(text):
            return Correction(part="address", address=address)
        if name := name_within(text):
            return Correction(part="recipient", recipient=name)
        if names_kin(text):
            return Correction(part="recipient")
    if isinstance(context.state, AskingPhone | AskingAddress | AskingLandmark) and (name := sorry_name_in(text)):
        return Correction(part="recipient", recipient=name)
    if isinstance(context.state, _PAST_PHONE) and (phone := phone_alone(text)):
        return Correction(part="phone", phone=phone)
    if isinstance(context.state, _PAST_LANDMARK) and (beside := beside_in(text)):
        return Correction(part="landmark", landmark=beside)
    is_named = name_in(text).name or whole_in(text).recipient
    if isinstance(context.state, AskingRecipient | AskingPhone) and is_address(text) and not is_named:
        return Correction(part="address", address=text)
    if isinstance(context.state, _PAST_ADDRESS) and (address := _address_alone(text)):
        return Correction(part="address", address=address)
    if isinstance(context.state, ChoosingPayment):
        return None
    method = method_alone(text, may_be_name=isinstance(context.state, AskingRecipient | AskingExtra))
    return Correction(part="payment", method=method) if method else None


def _address_alone(text: str) -> str:
    """The address that a text gives where another thing is asked, with street and barangay or called so; else empty."""
    if beside_in(text) or is_question(text):
        return ""
    match = _CALLED_ADDRESS.match(tidy(text))
    if match and parse(match[1]).city:
        return match[1]
    return text if is_address(text) and set(fold(text).split()) & STREET and parse(text).barangay else ""


def read_kind_change(text: str, context: Context) -> Iterator[Candidate]:
    """Another color or size of what was taken."""
    if context.listens or isinstance(context.state, _OF_AN_ORDER) or waits(text):
        return
    shown = context.goods[0].product_id if len(context.goods) == 1 else 0
    in_cart = bool(context.lines) or isinstance(context.state, InCheckout)
    found = kind_change_in(text, shown=isinstance(context.state, ViewingProduct), in_cart=in_cart)
    if found and (found.goods or not isinstance(context.state, ChoosingVariant)):
        heard = ChangesKind(
            text=text,
            said=found.said,
            product_id=0 if found.goods else shown,
            goods=found.goods,
            quantity=-1 if is_of_one(text) else found.quantity,
        )
        why = "a color or a size, and that it shall be instead"
        value = f"{found.goods}: {found.said}" if found.goods else found.said
        yield Candidate(kind="correction", name="kind", value=value, score=LIKELY, why=why, heard=heard)


def read_line_change(text: str, context: Context) -> Iterator[Candidate]:
    """Another number of something in the cart, or none."""
    asks = set(fold(text).split())
    is_request = bool(_REQUEST.search(text) or (asks & _ASKED_TO and asks & _DOING and context.is_looking))
    if context.listens or isinstance(context.state, _OF_AN_ORDER):
        return
    if not is_request and ((is_question(text) and not _asks_for_more(text, context)) or asks & _ASKING):
        return
    if meaning(text).concepts & {"haggle", "bot"}:
        return  # "baka pwede bawasan kahit konti", "ayoko na po kausap bot"
    answer = yes_no_in(text)
    said = answer.rest if answer and answer.yes and answer.rest else _DENIED.sub("", text)
    found = line_change_in(said, in_cart=bool(context.lines) or isinstance(context.state, ReviewingOrder))
    amount = amount_in(text)
    is_shown = isinstance(context.state, ReviewingOrder) or (
        amount and (amount.times or _PAIR & set(fold(text).split())) and len(context.lines) == 1
    )
    if found is None and amount and is_shown and not text.strip().isdigit():
        found = LineChange(goods="", quantity=amount.number, more=amount.more, times=amount.times)
    if found is None and isinstance(context.state, ReviewingOrder):
        found = addition_in(text) or count_in(text)
    if found is None:
        return
    heard = ChangesLine(text, found.goods, found.quantity, found.more, found.times, found.others, found.of, found.every)
    why = "words that take something out" if found.quantity < 1 else "words that set how many there shall be"
    sign = "x" if found.times else "+" if found.more and found.quantity > 0 else ""
    value = f"{found.goods}: {sign}{found.quantity}"
    yield Candidate(kind="correction", name="quantity", value=value, score=POSSIBLE, why=why, heard=heard)


def _asks_for_more(text: str, context: Context) -> bool:
    """Whether a question at the summary is a wish for more: "pwede pa po dagdagan ng isa pang mug?"."""
    words = fold(text).split()
    asks = bool(words) and words[0] in _MAY and not _ADD.isdisjoint(words)
    return asks and isinstance(context.state, ReviewingOrder)


def read_shown_change(text: str, context: Context) -> Iterator[Candidate]:
    """The same while the cart is on show, so that it is no wish about an order: "palitan ng 1 yung kandila"."""
    if not (context.lines or isinstance(context.state, ReviewingCart)) or isinstance(context.state, InCheckout):
        return
    named = [one for one in read_line_change(without_lead(text), context) if isinstance(one.heard, ChangesLine)]
    if named and not said_of_received(text):
        yield from (one for one in named if isinstance(one.heard, ChangesLine) and one.heard.goods)
        return
    parts = clauses(text)
    counted = [part for part in parts if amount_in(part)]
    if len(counted) == 1 and all(is_told(part) for part in parts if part not in counted):
        yield from read_line(without_lead(counted[0]), context)  # "ay mali po, isa lang pala"


def read_put_back(text: str, context: Context) -> Iterator[Candidate]:
    """That what was taken out of the cart shall be in it again: "ibalik mo yung tumbler"."""
    if not isinstance(context.state, ReviewingCart):
        return
    goods = put_back_in(text)
    if goods is not None:
        heard = Claims(text=text, said=goods, quantity=1) if goods else OpenCart()
        why = "it puts something back, and the cart is on show"
        yield Candidate(kind="correction", name="put_back", value=goods, score=LIKELY, why=why, heard=heard)


def read_objection(text: str, context: Context) -> Iterator[Candidate]:
    """At the summary: that something shall be other, without saying what. Nothing is placed on it then."""
    if not isinstance(context.state, ReviewingOrder):
        return
    answer = yes_no_in(text)
    if (answer and answer.rest) or (answer is None and objects(text)):
        why = "it takes something back that the summary shows"
        yield Candidate(kind="correction", name="unsaid", score=POSSIBLE, why=why, heard=Corrects(text=text))
