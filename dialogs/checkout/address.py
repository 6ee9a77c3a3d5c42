"""Where the order goes: the address, whole or piece by piece, read from what was typed."""

import re

from msgspec.structs import replace

from bot.language.addressing import bare_barangay, parse, postal_code_in
from bot.language.buying.leading import without_lead
from bot.language.buying.whole import whole_in
from bot.language.country.gazetteer import is_barangay, is_barangay_often, key, towns_by_name
from bot.language.country.same import SamePlace, same_place_in
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.phones import phone_in
from bot.language.places import Place, city_of, province_of, provinces_like, town_and_province
from bot.language.texts import is_nothing, is_okay, is_question, is_yes, says_unknown, tidy
from dialogs.checkout.draft import LINE_MOST, NAME_MOST, moved, with_more, with_saved, with_whole
from dialogs.checkout.question import Read
from dialogs.engine.run import Next, Turn, ask
from dialogs.showing.answers import first_name
from dialogs.states import ChoosingAddress, ChoosingZone, Draft, InCheckout, Ordering
from replies.checkout import AskBarangay, AskCity, AskProvince, AskSavedAddress, AskZone
from replies.taps import NewAddress
from replies.usual import AskUsual
from repository.orders import addresses, shipping
from repository.orders.addresses import Address
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from repository.orders.shipping import Zone, zone_of

_NEW = words_for("edit.another")


_STREET = words_for("address.street", "address.estate", "address.part", "address.barangay")
_LEAD = re.compile(r"^.*?\b(?:to|sa|address|tirahan)\b[^\d#]*?(?=(?:blk|block|lot|unit|purok|#|\d))", re.IGNORECASE)
_TAIL = re.compile(r"(?:[\s,]+(?:instead|na ?lang|nlng|po|please|pls))+[.!]*$", re.IGNORECASE)


def address_within(text: str) -> str:
    """The address in a sentence such as "send it to 45 Rizal St, Quezon City instead"; empty where it holds none.

    Args:
        text: What was typed where no address was asked.
    """
    address = _TAIL.sub("", _LEAD.sub("", tidy(text)))
    is_one = any(letter.isdigit() for letter in address) and _STREET & set(fold(address).split())
    return address if is_one and parse(address).city else ""


async def ask_saved(state: InCheckout, turn: Turn) -> Next[Ordering] | None:
    """Ask which saved address, as it was asked before; None where there is none to choose from."""
    if isinstance(state, ChoosingAddress) and state.usual:
        before = await ask(suki.usual, shopper_id=turn.shopper_id, rules=turn.rules)
        method = turn.draft.payment_method or before.method
        if before.addresses and method:
            return as_before(turn, replace(before, method=method))
    saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
    return which_saved(turn, saved) if saved else None


def which_saved(turn: Turn, saved: tuple[Address, ...]) -> Next[Ordering]:
    """The question which saved address.

    Args:
        turn: The facts, with the draft.
        saved: The saved addresses.
    """
    return Next(ChoosingAddress(), [AskSavedAddress(addresses=saved)], draft=turn.draft)


def as_before(turn: Turn, before: Usual) -> Next[Ordering]:
    """The offer to order with the usual address and the usual way to pay.

    Args:
        turn: The facts, with the draft.
        before: What the shopper ordered with before, with an address and a way to pay.
    """
    offered = AskUsual(
        first_name=first_name(turn),
        addresses=before.addresses,
        method=before.method,
        tier=before.tier,
        points=before.points,
    )
    return Next(ChoosingAddress(usual=before.method), [offered], draft=turn.draft)


async def read_saved(state: InCheckout, text: str, turn: Turn) -> Read:
    """The saved address that was meant; a typed yes takes the only one."""
    said = fold(text)
    if _NEW & set(said.split()):
        return NewAddress()
    saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
    meant = [
        one
        for one in saved
        if len(said) >= 3
        and said in fold(f"{one.recipient_name} {one.address_line1} {one.barangay} {one.city} {one.province}")
    ]
    usual = state.usual if isinstance(state, ChoosingAddress) else ""
    if is_yes(text) and saved and usual:
        return with_saved(replace(turn.draft, payment_method=usual), saved[0])
    if is_yes(text) and len(saved) == 1:
        meant = list(saved)
    return with_saved(turn.draft, meant[0]) if len(meant) == 1 else None


async def read_address(state: InCheckout, text: str, turn: Turn) -> Read:
    """The address, whole or its first line."""
    is_phone_alone = phone_in(text) and not any(letter.isalpha() for letter in text)
    unknown = says_unknown(text) and not parse(text).city and not any(map(str.isdigit, text))
    if is_yes(text) or is_nothing(text) or is_phone_alone or unknown:
        return None
    if (same := same_place_in(text)) and not parse(text).city:
        return await _with_same_place(turn.draft, same, turn)
    draft = with_whole(turn.draft, whole_in(text), methods=turn.rules.payment_methods)
    if not draft.line1 and draft.landmark and draft.barangay and draft.city:
        return replace(draft, line1=draft.landmark, landmark="")  # where no street has a name
    return draft


def asks_at_address(text: str) -> bool:
    """Whether a text is a question and no address: an address has a number in it."""
    return is_question(text) and not any(letter.isdigit() for letter in text)


async def read_barangay(state: InCheckout, text: str, turn: Turn) -> Read:
    """The barangay; with it the city, the street, whatever else is said of the address."""
    if is_yes(text):
        return None
    if says_more(text, turn.draft):
        return with_more(turn.draft, text)
    told = parse(text)
    if told.city and told.city != turn.draft.city and not _is_barangay(text, turn.draft):  # "Manila po"
        draft = moved(turn.draft, city=told.city, province=told.province)
        return Next(state, [AskBarangay(given="")], draft=draft)
    return replace(turn.draft, barangay=bare_barangay(text)[:NAME_MOST], address_id=None)


def says_more(text: str, draft: Draft) -> bool:
    """Whether a text says more of an address than the piece that is asked: "brgy San Roque Marikina, 12 Mabini".

    Args:
        text: What was typed.
        draft: What is known.
    """
    parsed = parse(text)
    if not parsed.city or not (parsed.barangay or parsed.line1):
        return False
    return not _is_barangay(text, draft)


def _is_barangay(text: str, draft: Draft) -> bool:
    """Whether a barangay is called so: of a city's name only where the city has one, or many places do."""
    bare = key(bare_barangay(text))
    is_one = is_barangay(bare) and (is_barangay_often(bare) or not city_of(bare))
    return is_one or any(town.has(bare) for town in towns_by_name().get(key(draft.city), ()))


async def read_city(state: InCheckout, text: str, turn: Turn) -> Read:
    """The city or town, and its province where the city tells it."""
    draft = turn.draft
    if is_yes(text) or is_nothing(text):
        return None
    parsed = parse(text)
    if parsed.province and says_more(text, replace(draft, city="")):
        return with_more(draft, text)
    if not parsed.city and fold(bare_barangay(text)) != fold(text):  # "brgy 93 po"
        draft = replace(draft, barangay=bare_barangay(text)[:NAME_MOST], address_id=None)
        return Next(state, [AskCity(given=draft.city, province=draft.province)], draft=draft)
    if parsed.city and parsed.province:
        draft = replace(draft, postal_code=parsed.postal_code or draft.postal_code)
        return moved(draft, city=parsed.city, province=parsed.province)
    if known := city_of(text, draft.province) or city_of(text) or town_and_province(tidy(text)):
        return moved(draft, city=known.city, province=known.province)
    if parsed.province and not parsed.line1:
        return moved(draft, city="", province=parsed.province)
    return moved(draft, city=tidy(text), province=draft.province)


async def read_province(state: InCheckout, text: str, turn: Turn) -> Read:
    """The province, small typos forgiven; the likely ones where it is not sure."""
    draft = turn.draft
    if is_yes(text) or is_nothing(text):
        return None
    if parse(text).province and says_more(text, draft):
        return with_more(draft, text)
    covered = _covered(await ask(shipping.zones))
    if not province_of(text) and (meant := _city_and_province(text)):
        # The "city" that was given before was a barangay, or part of a city's name.
        barangay = draft.barangay or ("" if fold(draft.city) in fold(meant.city) else draft.city)
        return moved(replace(draft, barangay=barangay), city=meant.city, province=meant.province)
    if province := province_of(text, covered):
        return moved(draft, city=draft.city, province=province)
    typed = tidy(text)[:NAME_MOST]
    likely = provinces_like(text, covered)
    if not likely and (known := city_of(draft.city)):
        likely = (known.province,)
    again = AskProvince(city=draft.city, refused=typed, likely=likely, given=typed)
    unsure = replace(draft, province=typed, region="", zone_id=None, address_id=None)
    return Next(state, [again], draft=unsure)


async def read_landmark(state: InCheckout, text: str, turn: Turn) -> Read:
    """The landmark and the postal code, either or both; an "ok" is as good as "skip", and a "yes" is no landmark."""
    if is_okay(text):
        return turn.draft
    if is_yes(text):
        return None
    postal_code, landmark = postal_code_in(without_lead(text))
    return replace(
        turn.draft,
        postal_code=postal_code or turn.draft.postal_code,
        landmark=landmark[:LINE_MOST] or turn.draft.landmark,
        address_id=None,
    )


async def ask_zone(state: InCheckout, turn: Turn) -> Next[Ordering]:
    """Ask in which zone the address lies."""
    return which_zone(turn, await ask(shipping.zones))


def which_zone(turn: Turn, zones: tuple[Zone, ...]) -> Next[Ordering]:
    """The question in which zone the address lies.

    Args:
        turn: The facts, with the draft.
        zones: Every zone that the shop sends to.
    """
    place = ", ".join(dict.fromkeys(part for part in (turn.draft.city, turn.draft.province) if part))
    return Next(ChoosingZone(), [AskZone(place=place, zones=zones)], draft=replace(turn.draft, zone_id=None))


async def read_zone(state: InCheckout, text: str, turn: Turn) -> Read:
    """The zone that was typed, or the one that a typed province lies in."""
    zones = await ask(shipping.zones)
    said = fold(text)
    named = [zone for zone in zones if said and said in fold(zone.name)]
    if len(named) == 1:
        return replace(turn.draft, zone_id=named[0].id)
    province = province_of(text, _covered(zones))
    if province and zone_of(zones, city="", province=province, region=""):
        return moved(turn.draft, city=turn.draft.city, province=province)
    return None


def _city_and_province(text: str) -> Place | None:
    """The city with its province that was typed where a province was asked."""
    if known := city_of(text):
        return known
    parsed = parse(text)
    if parsed.city and parsed.province:
        return Place(parsed.city, parsed.province)
    return town_and_province(tidy(text))


def _covered(zones: tuple[Zone, ...]) -> tuple[str, ...]:
    return tuple(place for zone in zones for place in zone.covers)


async def _with_same_place(draft: Draft, same: SamePlace, turn: Turn) -> Draft:
    """The draft with another street where the address before was: the one that is known, else the one saved last.

    Args:
        draft: What is known.
        same: What was said.
        turn: The facts.
    """
    parsed = parse(same.line)
    line, barangay = parsed.line1[:LINE_MOST], parsed.barangay
    if draft.city:
        before = (draft.barangay, draft.city, draft.province)
    else:
        saved = await ask(addresses.addresses, shopper_id=turn.shopper_id)
        before = (saved[0].barangay, saved[0].city, saved[0].province) if saved else ("", "", "")
    barangay = barangay or (before[0] if same.is_barangay else "")
    known = replace(draft, line1=line, barangay=barangay, landmark="", postal_code="", pin="")
    return moved(known, city=before[1], province=before[2])
