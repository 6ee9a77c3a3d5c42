"""Another address or phone for an order that is not packed yet: read, shown, and changed with a tap."""

import re

from msgspec.structs import replace

from bot.language.addressing import Parsed, bare_barangay, parse
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import phone_in
from bot.language.places import Place, city_of
from bot.language.texts import is_no, is_polite, is_yes, leave_in, tidy
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.tracking import detail, show_order
from dialogs.states import ViewingOrder
from dialogs.states_after import ConfirmingDelivery, EnteringDelivery
from replies.changing import AskDelivery, DeliveryCheck, NotChanged, OrderChanged, TooLateToChange
from replies.orders import UnknownOrderText
from replies.talk import Liked
from replies.taps import Cancel, GoBack
from replies.taps_after import ChangeDelivery, ConfirmDelivery
from repository.aftersales import changing
from repository.aftersales.changing import CHANGEABLE, Changed
from repository.database.errors import NotChangeable, UnknownOrder, UnknownZone
from repository.orders.addresses import AddressDraft
from repository.orders.placed_orders import Order

Entering = EnteringDelivery | ConfirmingDelivery | ViewingOrder
"""Where another address leads."""
_LEAD = re.compile(
    rf"^.*\b(?:{pattern('redirect.before')})\b[\s:,]*|^.*\b{pattern('redirect.word')}\b[^,:;\n]*?[,:;\n]+\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?:[\s,]+{pattern('redirect.after')})+[\s.!?]*$", re.IGNORECASE)
_LITTLE = words_for("redirect.after", "redirect.word", "redirect.before", "small.polite", "small.particle", "small.me")
_STREET = words_for("address.street", "address.estate", "address.part", "address.barangay")
_SHORT = 100


def place_in(text: str) -> Parsed:
    """The address, or the town alone, in a wish such as "pa change po ng address, sa Cainta na lang"; empty for none.

    Args:
        text: What was typed.
    """
    bare = _TAIL.sub("", _LEAD.sub("", tidy(text))).strip(" ,.;:!?")
    parsed = parse(bare)
    if parsed.city or parsed.province:
        only_words = set(fold(parsed.line1).split()) <= _LITTLE
        return replace(parsed, line1="") if only_words else parsed
    if place := city_of(bare):
        return Parsed(city=place.city, province=place.province)
    return Parsed()


async def begin(state: Here, order_id: int, part: str, text: str, turn: Turn) -> Next[Here | Entering]:
    """Begin to change where an order goes, with what was typed already.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`.
        part: "address" or "phone".
        text: What was typed, or empty.
        turn: The facts.
    """
    try:
        order = (await detail(order_id, turn)).order
    except UnknownOrder:
        return Next(state, [UnknownOrderText()])
    if order.status not in CHANGEABLE:
        viewing = ViewingOrder(order_id=order.id)
        return Next(viewing, [TooLateToChange(order_id=order.id, number=order.order_number, status=order.status)])
    if part == "phone":
        return await _with_phone(order, text, turn)
    return await _with_place(order, EnteringDelivery(order_id=order.id), place_in(text) if text else Parsed(), turn)


async def change_delivery(state: Here, tap: ChangeDelivery, turn: Turn) -> Next[Here | Entering]:
    """Ask where the order shall go instead, or which number shall be called."""
    return await begin(state, tap.order_id, "phone" if tap.part == "phone" else "address", "", turn)


async def hear_delivery(state: EnteringDelivery, heard: Typed, turn: Turn) -> Next[EnteringDelivery | Entering]:
    """Take the address or the number that was typed; ask again for what is missing."""
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    if is_polite(heard.text):
        return Next(state, [Liked(said=leave_in(heard.text))], intent="polite")
    try:
        order = (await detail(state.order_id, turn)).order
    except UnknownOrder:
        return Next(ViewingOrder(order_id=state.order_id), [UnknownOrderText()])
    if state.part == "phone":
        return await _with_phone(order, heard.text, turn, again=True)
    parsed = parse(heard.text)
    if state.city and state.province and not (parsed.city and parsed.province):
        # Read as part of the place that is known: "Brgy San Isidro" is a barangay there, and no town elsewhere.
        parsed = parse(f"{heard.text}, {state.city}, {state.province}")
    if not (parsed.city or parsed.province) and (place := city_of(heard.text)):
        parsed = Parsed(city=place.city, province=place.province)
    return await _with_place(order, state, parsed, turn, again=True)


async def confirm_delivery(state: ConfirmingDelivery, tap: ConfirmDelivery, turn: Turn) -> Next[Entering]:
    """Change where the order goes to what was understood and shown."""
    if tap.order_id != state.order_id:
        return await begin(state, tap.order_id, "address", "", turn)
    return await _change(state, turn)


async def confirm_delivery_elsewhere(state: Here, tap: ConfirmDelivery, turn: Turn) -> Next[Here | Entering]:
    """An old button: ask anew where the order shall go."""
    return await begin(state, tap.order_id, "address", "", turn)


async def answer_delivery(state: ConfirmingDelivery, heard: Typed, turn: Turn) -> Next[Entering]:
    """Change it on a typed yes, leave it on a typed no; anything else is another address or number."""
    if is_yes(heard.text):
        return await _change(state, turn)
    if is_no(heard.text):
        return await show_order(state, state.order_id, turn)
    return await hear_delivery(EnteringDelivery(order_id=state.order_id, part=state.part), heard, turn)


async def leave_delivery(
    state: EnteringDelivery | ConfirmingDelivery, tap: Cancel | GoBack, turn: Turn
) -> Next[Entering]:
    """Leave the order as it is."""
    return await show_order(state, state.order_id, turn)


async def _with_phone(order: Order, text: str, turn: Turn, *, again: bool = False) -> Next[Entering]:
    phone = phone_in(text) if text else None
    if not phone:
        entering = EnteringDelivery(order_id=order.id, part="phone")
        return Next(entering, [AskDelivery(order_id=order.id, number=order.order_number, part="phone", again=again)])
    return await _shown(order, ConfirmingDelivery(order_id=order.id, part="phone", phone=phone), turn)


async def _with_place(
    order: Order, so_far: EnteringDelivery, parsed: Parsed, turn: Turn, *, again: bool = False
) -> Next[Entering]:
    """The next question, or what was understood."""
    line1, barangay = parsed.line1, parsed.barangay
    if not (parsed.city or parsed.province or barangay or _is_line(line1)):
        line1 = ""
    if so_far.line1 and not (parsed.city or parsed.province) and not barangay:
        line1, barangay = so_far.line1, bare_barangay(line1) if line1 else so_far.barangay
    known = EnteringDelivery(
        order_id=order.id,
        line1=(line1 or so_far.line1)[:255],
        barangay=(barangay or so_far.barangay)[:_SHORT],
        city=(parsed.city or so_far.city)[:_SHORT],
        province=(parsed.province or so_far.province)[:_SHORT],
    )
    if not (known.line1 and known.city and known.province):
        place = ", ".join(part for part in (known.city, known.province) if part)
        nothing_new = again and known == replace(so_far, part="address")
        asked = AskDelivery(
            order_id=order.id, number=order.order_number, place=place if known.city and known.province else "",
            line1=known.line1, again=nothing_new,
        )  # fmt: skip
        return Next(known, [asked])
    confirming = ConfirmingDelivery(
        order_id=order.id,
        line1=known.line1,
        barangay=known.barangay,
        city=known.city,
        province=known.province,
        postal_code=parsed.postal_code,
        landmark=parsed.landmark[:255],
    )
    return await _shown(order, confirming, turn)


def _is_line(text: str) -> bool:
    """Whether a text alone can be a house and a street: "hi po" is none."""
    return any(letter.isdigit() for letter in text) or bool(_STREET & set(fold(text).split()))


def _delivery(order: Order, change: ConfirmingDelivery) -> AddressDraft:
    """Where the order would go."""
    if change.part == "phone":
        return replace(order.delivery, phone=change.phone)
    return replace(
        order.delivery,
        address_line1=change.line1,
        address_line2="",
        barangay=change.barangay,
        city=change.city,
        province=change.province,
        region=Place(change.city, change.province).region,
        postal_code=change.postal_code,
        landmark=change.landmark,
    )


async def _shown(order: Order, change: ConfirmingDelivery, turn: Turn) -> Next[Entering]:
    """What was understood, with what it would cost."""
    delivery = _delivery(order, change)
    try:
        changed: Changed = await ask(
            changing.preview_delivery,
            order_id=order.id,
            shopper_id=turn.shopper_id,
            delivery=delivery,
            rules=turn.rules,
        )
    except (UnknownOrder, NotChangeable, UnknownZone) as refused:
        return _refused(order, refused)
    check = DeliveryCheck(
        order_id=order.id,
        number=order.order_number,
        part=change.part,
        delivery=delivery,
        fee_before=changed.was.shipping_fee,
        fee=changed.sums.shipping_fee,
        total=changed.sums.total,
    )
    return Next(change, [check])


async def _change(state: ConfirmingDelivery, turn: Turn) -> Next[Entering]:
    viewing = ViewingOrder(order_id=state.order_id)
    try:
        order = (await detail(state.order_id, turn)).order
    except UnknownOrder:
        return Next(viewing, [UnknownOrderText()])
    try:
        changed: Changed = await ask(
            changing.change_delivery,
            order_id=order.id,
            shopper_id=turn.shopper_id,
            delivery=_delivery(order, state),
            rules=turn.rules,
        )
    except (UnknownOrder, NotChangeable, UnknownZone) as refused:
        return _refused(order, refused)
    done = OrderChanged(order_id=order.id, number=order.order_number, part=state.part, total=changed.sums.total)
    return Next(viewing, [done])


def _refused(order: Order, refused: Exception) -> Next[ViewingOrder]:
    viewing = ViewingOrder(order_id=order.id)
    if isinstance(refused, NotChangeable) and refused.reason == "status":
        late = TooLateToChange(order_id=order.id, number=order.order_number, status=refused.status)
        return Next(viewing, [late])
    reason = refused.reason if isinstance(refused, NotChangeable) else "zone"
    return Next(viewing, [NotChanged(order_id=order.id, number=order.order_number, reason=reason)])


ROWS = (
    On(ANYWHERE, ChangeDelivery, change_delivery),
    On(EnteringDelivery, Typed, hear_delivery),
    On(ConfirmingDelivery, ConfirmDelivery, confirm_delivery),
    On(ANYWHERE, ConfirmDelivery, confirm_delivery_elsewhere),
    On(ConfirmingDelivery, Typed, answer_delivery),
    On((EnteringDelivery, ConfirmingDelivery), (Cancel, GoBack), leave_delivery),
)
