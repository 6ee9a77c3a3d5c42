"""Who receives the order: the name and the phone number, read from what was typed."""

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.buying.naming import is_me, name_in
from bot.language.buying.whole import whole_in
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.phones import METRO_MANILA, odd_phone_in, phone_in
from bot.language.places import city_of, province_of
from bot.language.texts import is_nothing, is_yes, tidy
from dialogs.checkout.draft import NAME_MOST, UNSURE, moved, with_address, with_whole
from dialogs.checkout.question import Read
from dialogs.engine.run import Next, Turn
from dialogs.states import Draft, InCheckout
from replies.checkout import AskPhone, AskRecipient
from replies.understood import Noted, WhyAsked

_NONE = words_for("answer.nothing")
_BROKEN = words_for("topic.damaged")
_ODD = "phone "  # and a number, in `Draft.asked`: it was asked whether that is right


async def read_recipient(state: InCheckout, text: str, turn: Turn) -> Read:
    """Who receives it; a phone and an address in the same message are taken too, and where they are said to live."""
    draft = turn.draft
    if is_me(text):
        return own_name(turn)
    if is_nothing(text):
        return None
    whole = whole_in(text)
    if whole.recipient and parse(whole.address).city:
        return with_whole(replace(draft, recipient=""), whole, methods=turn.rules.payment_methods)
    phone, read = phone_in(text), name_in(text)
    if not read.name and parse(whole.address).city and any(map(str.isalpha, text)):
        return with_whole(draft, whole, methods=turn.rules.payment_methods)  # the name is asked again
    if phone and not any(map(str.isalpha, text)):
        asked = AskRecipient(given=draft.recipient, own_name=turn.name)
        return Next(state, [Noted(phone=phone), asked], draft=replace(draft, phone=phone, address_id=None))
    if not read.name:
        return AskRecipient(given=draft.recipient, own_name=turn.name, refused=tidy(text)[:60])
    draft = replace(draft, recipient=read.name[:NAME_MOST], phone=phone or draft.phone, address_id=None)
    if read.rest and (phone or parse(read.rest).city):
        return with_address(draft, read.rest)
    if read.place and not (draft.city or draft.province):
        city = city_of(read.place)
        return moved(
            draft, city=city.city if city else "", province=province_of(read.place) or (city.province if city else "")
        )
    return draft


async def read_phone(state: InCheckout, text: str, turn: Turn) -> Read:
    """The phone in any usual spelling; what one looks like, said kindly, where it is none.

    A mobile number that begins as none does is asked for once more, and taken then (contract/rules.md, "phone").
    """
    draft = turn.draft
    area = METRO_MANILA if draft.province == "Metro Manila" else ""
    if phone := phone_in(text, area=area):
        whole = whole_in(text)
        if parse(whole.address).city and parse(whole.address).line1:
            draft = with_whole(draft, whole, methods=turn.rules.payment_methods)
        return replace(draft, phone=phone, address_id=None, asked=_without_odd(draft))
    asked = next((entry.removeprefix(_ODD) for entry in draft.asked if entry.startswith(_ODD)), "")
    odd = odd_phone_in(text) or (asked if is_yes(text) else "")
    if odd and odd == asked:
        return replace(draft, phone=odd, address_id=None, asked=(*_without_odd(draft), UNSURE + "phone"))
    if odd:
        remembered = replace(draft, asked=(*_without_odd(draft), _ODD + odd))
        return Next(state, [AskPhone(given=draft.phone, odd=odd)], draft=remembered)
    if is_yes(text) or set(fold(text).split()) & (_NONE | _BROKEN):  # "wala po akong number ngayon"
        return Next(state, [WhyAsked(part="phone"), AskPhone(given=draft.phone)], draft=draft)
    return AskPhone(given=draft.phone, refused=tidy(text))


def _without_odd(draft: Draft) -> tuple[str, ...]:
    return tuple(entry for entry in draft.asked if not entry.startswith(_ODD) and entry != UNSURE + "phone")


def own_name(turn: Turn) -> Draft | None:
    """The draft with the shopper as who receives it; None where Facebook has not told the name."""
    return replace(turn.draft, recipient=turn.name[:NAME_MOST], address_id=None) if turn.name else None
