"""What a shopper did, as a step hears it: an event becomes a tap, a typed text or something that was sent."""

import re
from collections.abc import Sequence

import msgspec

from bot.language.afterwards.anger import anger_in
from bot.language.afterwards.rating import stars_in
from bot.language.afterwards.wishes import wish_of
from bot.language.fold import fold, same
from bot.language.quantities import amount_in
from bot.language.references import reference_in, says_paid
from bot.language.texts import is_question, tidy, wants_it
from bot.messenger.event import Event
from bot.messenger.events import (
    AttachmentMessage,
    Optin,
    Postback,
    QuickReply,
    Referral,
    SendCart,
    TextMessage,
    Unsupported,
)
from dialogs.engine.heard import (
    Arrived,
    LinkCode,
    SaysPaid,
    SentLike,
    SentPictures,
    SentSomethingElse,
    SharedProducts,
    TappedUnknown,
    Typed,
    Vented,
    WantsSome,
    Wished,
)
from dialogs.reading import commands
from replies.payloads import CODEC
from replies.taps import (
    AddPieces,
    AddToCart,
    Cancel,
    ChangeLine,
    ChooseVariant,
    ChooseZone,
    GetStarted,
    OpenCategory,
    OpenOrder,
    OpenProduct,
    PayWith,
    SetQuantity,
    UseAddress,
    UsePlace,
)

TEXT_MOST = 2000  # characters of a typed text that a step gets to see
_THUMBS = re.compile(r"[\U0001F44D\U0001F44C\U0001F3FB-\U0001F3FF\s]+")
_LINK_CODE = re.compile(r"QS[- ]?([A-Z2-9]{4})[- ]?([A-Z2-9]{4})", re.IGNORECASE | re.ASCII)
_COUNTED = (ChangeLine, UseAddress, ChooseZone, PayWith, UsePlace, OpenProduct, OpenOrder, OpenCategory)
_NUMBER = re.compile(r"#?(\d{1,2})[.)]?")


class Offered(msgspec.Struct, frozen=True):
    """A button or quick reply of the last turn's messages.

    Attributes:
        title: What stands on it.
        payload: What it sends back.
    """

    title: str
    payload: str


def hear(event: Event, offered: Sequence[Offered] = ()) -> msgspec.Struct:
    """What a step hears of an event: a tap (`replies/taps.py`) or a `Heard`.

    Args:
        event: A turn's event (`Event.is_turn`).
        offered: The buttons and quick replies of the last turn, in order: typing what stands on one, or its number,
            is tapping it.
    """
    if isinstance(event, Postback):
        return _postback(event)
    if isinstance(event, QuickReply):
        return _quick_reply(event, offered)
    if isinstance(event, TextMessage):
        ref = event.referral.ref if event.referral else ""
        return _text(event.command or event.text, offered, ref)
    if isinstance(event, AttachmentMessage):
        return _attachments(event, offered)
    if isinstance(event, Referral):
        return Arrived(ref=event.referral.ref)
    if isinstance(event, Optin):
        return Arrived(ref=event.ref)
    if isinstance(event, SendCart):
        return SharedProducts(skus=tuple(one.retailer_id for one in event.products if one.retailer_id))
    if isinstance(event, Unsupported):
        return SentSomethingElse(kind="unsupported")
    return SentSomethingElse(kind=type(event).__name__.lower())


def _postback(event: Postback) -> msgspec.Struct:
    tap = CODEC.unpack(event.payload) or commands.find(event.title)
    if isinstance(tap, GetStarted) and event.referral and event.referral.ref:
        return Arrived(ref=event.referral.ref)
    return tap or TappedUnknown(title=tidy(event.title))


def _quick_reply(event: QuickReply, offered: Sequence[Offered]) -> msgspec.Struct:
    if tap := CODEC.unpack(event.payload):
        return tap
    # A phone or e-mail quick reply carries the number or the address; one without a payload is its title.
    if not event.payload or event.payload == event.text or re.fullmatch(r"\+?[\d ()-]{7,20}|\S+@\S+", event.payload):
        return _text(event.payload or event.text, offered, "")
    return commands.find(event.text) or TappedUnknown(title=tidy(event.text))


def _text(text: str, offered: Sequence[Offered], ref: str) -> msgspec.Struct:
    typed = text.strip()[:TEXT_MOST]
    if not typed:
        return SentSomethingElse(kind="unsupported")
    if code := _LINK_CODE.fullmatch(typed):
        return LinkCode(code=(code[1] + code[2]).upper())
    if _THUMBS.fullmatch(typed):
        return SentLike()
    is_on_offer = any(same(one.title, typed) for one in offered)
    if not is_on_offer and (mood := anger_in(typed)):
        return Vented(text=typed, mood=mood)
    heard = _offered(typed, offered) or commands.find(typed)
    if heard is None and ref:
        return Arrived(ref=ref)
    if heard is None and not stars_in(typed)[0] and (wish := wish_of(typed)):
        return Wished(text=typed, wish=wish)
    return heard or (SaysPaid(text=typed) if _tells_of_payment(typed) else Typed(text=typed))


def _tells_of_payment(typed: str) -> bool:
    """Whether it says that money was sent: by words, or by a number that can be nothing else."""
    if says_paid(typed):
        return True
    reference = reference_in(typed)
    return reference is not None and reference.is_sure and not is_question(typed)


def _attachments(event: AttachmentMessage, offered: Sequence[Offered]) -> msgspec.Struct:
    if skus := tuple(product.retailer_id for product in event.products if product.retailer_id):
        return SharedProducts(skus=skus)
    kinds = [attachment.type for attachment in event.attachments]
    pictures = [part for part in event.attachments if part.type == "image"]
    files = tuple(dict.fromkeys(part.file_id for part in pictures if part.file_id))
    if event.text.strip() and not files:
        return _text(event.text, offered, event.referral.ref if event.referral else "")
    if pictures:
        return SentPictures(
            urls=tuple(part.url for part in pictures if part.url),
            files=files,
            troubles=tuple(part.trouble for part in pictures if part.trouble),
            text=event.text.strip()[:TEXT_MOST],
        )
    if "sticker" in kinds:
        return SentLike()
    return SentSomethingElse(kind=kinds[0] if kinds else "unsupported")


def _offered(typed: str, offered: Sequence[Offered]) -> msgspec.Struct | None:
    """The offered tap whose title was typed, or whose number in order."""
    titles = [fold(one.title) for one in offered]
    meant = {one.payload for one in offered if same(one.title, typed)}
    if len(meant) == 1:
        return CODEC.unpack(meant.pop())
    if changed := _quantity(typed, offered):
        return changed
    number = _NUMBER.fullmatch(typed)
    if number and not any(title.isdigit() for title in titles):
        choices = _numbered([CODEC.unpack(one.payload) for one in offered])
        if 1 <= int(number[1]) <= len(choices):
            return choices[int(number[1]) - 1]
    return _wanted(typed, offered)


def _wanted(typed: str, offered: Sequence[Offered]) -> WantsSome | None:
    """The one product on offer where the text says to take it, or how many; none while checkout asks something."""
    taps = [CODEC.unpack(one.payload) for one in offered]
    products = {tap.product_id for tap in taps if isinstance(tap, OpenProduct | AddToCart | ChooseVariant)}
    if len(products) != 1 or any(isinstance(tap, Cancel) for tap in taps):
        return None
    amount = amount_in(typed)
    if amount is None and not wants_it(typed):
        return None
    quantity = amount.number if amount else 1
    return WantsSome(product_id=products.pop(), quantity=quantity) if quantity else None


def _quantity(typed: str, offered: Sequence[Offered]) -> msgspec.Struct | None:
    """The change of the one line on offer, such as what was just added, that was typed: "2 more", "gawin mong 3"."""
    lines = [tap for one in offered if isinstance(tap := CODEC.unpack(one.payload), ChangeLine)]
    amount = amount_in(typed) if len(lines) == 1 else None
    if amount is None:
        return None
    kind = AddPieces if amount.more else SetQuantity
    return kind(line_id=lines[0].line_id, quantity=amount.number)


def _numbered(taps: Sequence[msgspec.Struct | None]) -> Sequence[msgspec.Struct | None]:
    """What a typed number counts: the things in a list, such as products, where there are any; else everything."""
    for kind in _COUNTED:
        if counted := [tap for tap in taps if isinstance(tap, kind)]:
            return counted
    return taps
