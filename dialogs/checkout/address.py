"""Checkout's questions about who receives the order, and where."""

import re

from msgspec.structs import replace

from bot.language.addressing import bare_barangay, parse, postal_code_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import phone_in
from bot.language.places import Place, city_of, province_of, provinces_like, town_and_province
from bot.language.texts import is_nothing, is_yes, tidy
from dialogs.checkout.asides import aside
from dialogs.checkout.draft import asked, moved
from dialogs.checkout.filling import LINE_MOST, NAME_MOST, with_address
from dialogs.checkout.form import ask_again, proceed
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.table import Dialog, On
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingPayment,
    ChoosingZone,
    InCheckout,
    Ordering,
)
from replies.checkout import AskPhone, AskProvince, AskRecipient
from replies.taps import ChooseZone, Keep, Skip, UseOwnName, UsePlace
from repository.orders import shipping
from repository.orders.shipping import Zone, zone_of

_ME = words_for("recipient.me")
_NAME_LABEL = re.compile(rf"^{pattern('recipient.label')}\s*[:=]?\s+", re.IGNORECASE)
_NAME_END = re.compile(rf"[\s,]+{pattern('small.polite', 'small.please')}\.?$", re.IGNORECASE)


async def give_recipient(state: AskingRecipient, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take who receives it; a phone and an address in the same message are taken too."""
    draft = state.draft
    if answered := await aside(state, heard.text, turn):
        return answered
    if fold(heard.text) in _ME or is_yes(heard.text):
        return await use_own_name(state, UseOwnName(), turn)
    phone = phone_in(heard.text)
    name, rest = _name_and_rest(heard.text)
    if not name:
        refused = AskRecipient(given=draft.recipient, own_name=turn.name, refused=tidy(heard.text)[:60])
        return Next(state, [refused])
    draft = replace(draft, recipient=name, address_id=None)
    if phone:
        draft = replace(draft, phone=phone)
    return await (with_address(draft, rest, turn) if phone and rest else proceed(draft, turn))


async def use_own_name(state: AskingRecipient, tap: UseOwnName, turn: Turn) -> Next[Ordering]:
    """The shopper receives it."""
    if not turn.name:
        return await ask_again(state, turn)
    return await proceed(replace(state.draft, recipient=turn.name[:NAME_MOST], address_id=None), turn)


async def give_phone(state: AskingPhone, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the phone in any usual spelling; say kindly what one looks like where it is none."""
    if phone := phone_in(heard.text):
        return await proceed(replace(state.draft, phone=phone, address_id=None), turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    return Next(state, [AskPhone(given=state.draft.phone, refused=tidy(heard.text))])


async def give_address(state: AskingAddress, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the address, whole or its first line."""
    is_phone_alone = phone_in(heard.text) and not any(letter.isalpha() for letter in heard.text)
    if is_yes(heard.text) or is_nothing(heard.text) or is_phone_alone:
        return await ask_again(state, turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    return await with_address(state.draft, heard.text, turn)


async def give_barangay(state: AskingBarangay, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the barangay; there may be none to give."""
    if answered := await aside(state, heard.text, turn):
        return answered
    if is_yes(heard.text):
        return await ask_again(state, turn)
    barangay = "" if is_nothing(heard.text) else bare_barangay(heard.text)[:NAME_MOST]
    return await proceed(asked(replace(state.draft, barangay=barangay, address_id=None), "barangay"), turn)


async def skip_barangay(state: AskingBarangay, tap: Skip, turn: Turn) -> Next[Ordering]:
    """Go on without a barangay."""
    return await proceed(asked(replace(state.draft, barangay="", address_id=None), "barangay"), turn)


async def give_city(state: AskingCity, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the city or town, and its province where the city tells it."""
    draft = state.draft
    if is_yes(heard.text) or is_nothing(heard.text):
        return await ask_again(state, turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    found = parse(heard.text)
    if found.city and found.province:
        draft = replace(draft, postal_code=found.postal_code or draft.postal_code)
        return await proceed(moved(draft, city=found.city, province=found.province), turn)
    known = city_of(heard.text, draft.province) or city_of(heard.text)
    if known:
        return await proceed(moved(draft, city=known.city, province=known.province), turn)
    if town := town_and_province(tidy(heard.text)):
        return await proceed(moved(draft, city=town.city[:NAME_MOST], province=town.province), turn)
    if found.province and not found.line1:
        return await proceed(moved(draft, city="", province=found.province), turn)
    return await proceed(moved(draft, city=tidy(heard.text)[:NAME_MOST], province=draft.province), turn)


async def give_province(state: AskingProvince, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the province, small typos forgiven; offer the likely ones where it is not sure."""
    draft = state.draft
    if is_yes(heard.text) or is_nothing(heard.text):
        return await ask_again(state, turn)
    if answered := await aside(state, heard.text, turn):
        return answered
    zones = await ask(shipping.zones)
    covered = _covered(zones)
    known = city_of(draft.city)
    if not province_of(heard.text) and (meant := _city_and_province(heard.text)):
        # The "city" that was given before was a barangay, or part of a city's name.
        barangay = draft.barangay or ("" if fold(draft.city) in fold(meant.city) else draft.city)
        return await proceed(moved(replace(draft, barangay=barangay), city=meant.city, province=meant.province), turn)
    if province := province_of(heard.text, covered):
        return await proceed(moved(draft, city=draft.city, province=province), turn)
    typed = tidy(heard.text)[:NAME_MOST]
    likely = provinces_like(heard.text, covered)
    if not likely and known:
        likely = (known.province,)
    unsure = AskingProvince(draft=replace(draft, province=typed, region="", zone_id=None, address_id=None))
    return Next(unsure, [AskProvince(city=draft.city, refused=typed, likely=likely, given=typed)])


async def use_place(state: AskingProvince, tap: UsePlace, turn: Turn) -> Next[Ordering]:
    """Take the province that was meant."""
    return await proceed(moved(state.draft, city=state.draft.city, province=tap.place[:NAME_MOST]), turn)


async def give_landmark(state: AskingLandmark, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the landmark and the postal code, either or both."""
    if answered := await aside(state, heard.text, turn):
        return answered
    if is_yes(heard.text):
        return await ask_again(state, turn)
    if is_nothing(heard.text):
        return await skip_landmark(state, Skip(), turn)
    postal_code, landmark = postal_code_in(heard.text)
    draft = replace(
        state.draft,
        postal_code=postal_code or state.draft.postal_code,
        landmark=landmark[:LINE_MOST] or state.draft.landmark,
        address_id=None,
    )
    return await proceed(asked(draft, "landmark"), turn)


async def skip_landmark(state: AskingLandmark, tap: Skip, turn: Turn) -> Next[Ordering]:
    """Go on without a landmark."""
    return await proceed(asked(state.draft, "landmark"), turn)


async def keep(state: InCheckout, tap: Keep, turn: Turn) -> Next[Ordering]:
    """Leave the answer as it was given, and go on."""
    draft = state.draft
    if isinstance(state, AskingLandmark):
        draft = asked(draft, "landmark")
    return await proceed(draft, turn)


async def choose_zone(state: ChoosingZone, tap: ChooseZone, turn: Turn) -> Next[Ordering]:
    """Ship as to this zone."""
    return await proceed(replace(state.draft, zone_id=tap.zone_id), turn)


async def name_zone(state: ChoosingZone, heard: Typed, turn: Turn) -> Next[Ordering]:
    """Take the zone that was typed, or the one that a typed province lies in."""
    if answered := await aside(state, heard.text, turn):
        return answered
    zones = await ask(shipping.zones)
    said = fold(heard.text)
    named = [zone for zone in zones if said and said in fold(zone.name)]
    if len(named) == 1:
        return await choose_zone(state, ChooseZone(zone_id=named[0].id), turn)
    province = province_of(heard.text, _covered(zones))
    if province and zone_of(zones, city="", province=province, region=""):
        return await proceed(moved(state.draft, city=state.draft.city, province=province), turn)
    return await ask_again(state, turn)


def _name_and_rest(text: str) -> tuple[str, str]:
    """The name in a message and what stands behind it and its phone number; no name where there is none."""
    lines = [tidy(part) for part in re.split(r"[\n;,]+", text) if tidy(part)]
    first = lines[0] if lines else ""
    name = _NAME_END.sub("", _NAME_LABEL.sub("", re.sub(r"[+\d][\d\s().-]{6,}", " ", first))).strip(" ,:-")
    letters = sum(part.isalpha() for part in name)
    if letters < 2 or any(part.isdigit() for part in name):
        return "", ""
    rest = [
        line
        for line in lines[1:]
        if not phone_in(line) or not re.fullmatch(r"[^A-Za-z]*|.{0,12}?[\d\s+().-]{7,}", line)
    ]
    return " ".join(name.split())[:NAME_MOST], ", ".join(rest)


def _city_and_province(text: str) -> Place | None:
    """The city with its province that was typed where a province was asked."""
    if known := city_of(text):
        return known
    found = parse(text)
    if found.city and found.province:
        return Place(found.city, found.province)
    return town_and_province(tidy(text))


def _covered(zones: tuple[Zone, ...]) -> tuple[str, ...]:
    return tuple(place for zone in zones for place in zone.covers)


CHECKOUT_ADDRESS = Dialog(
    "checkout address",
    (
        On(AskingRecipient, Typed, give_recipient),
        On(AskingRecipient, UseOwnName, use_own_name),
        On(AskingPhone, Typed, give_phone),
        On(AskingAddress, Typed, give_address),
        On(AskingBarangay, Typed, give_barangay),
        On(AskingBarangay, Skip, skip_barangay),
        On(AskingCity, Typed, give_city),
        On(AskingProvince, Typed, give_province),
        On(AskingProvince, UsePlace, use_place),
        On(AskingLandmark, Typed, give_landmark),
        On(AskingLandmark, Skip, skip_landmark),
        On(
            (
                AskingRecipient,
                AskingPhone,
                AskingAddress,
                AskingBarangay,
                AskingCity,
                AskingProvince,
                AskingLandmark,
                ChoosingPayment,
            ),
            Keep,
            keep,
        ),
        On(ChoosingZone, ChooseZone, choose_zone),
        On(ChoosingZone, Typed, name_zone),
    ),
)
