"""What a shopper did, as a step hears it: an event becomes a tap, a typed text or something that was sent."""

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from bot.language.arriving.links import links_in, pin_of
from bot.language.arriving.refs import read_ref
from bot.language.meaning import meaning
from bot.language.texts import tidy
from bot.messenger.event import Event
from bot.messenger.events import (
    AttachmentMessage,
    CustomerInformation,
    MessageEdit,
    Optin,
    Postback,
    QuickReply,
    Reaction,
    Referral,
    SendCart,
    TextMessage,
    Unsend,
    Unsupported,
)
from bot.messenger.parts import Attachment
from bot.messenger.referring import Came, came_from
from dialogs.engine.heard import (
    LinkCode,
    SaysPaid,
    SentLike,
    SentPictures,
    SentSomethingElse,
    TappedUnknown,
    Troubled,
    Typed,
    Vented,
    Wished,
)
from dialogs.engine.sent import Arrived, Booked, Edited, FilledIn, Reacted, SentCart, SentPlace, TookBack
from dialogs.reading import commands
from dialogs.reading.context import NOWHERE, Context
from dialogs.reading.table import heard_in
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import AddToCart, BuyNow, ChooseVariant, GetStarted, OpenProduct, TalkToPerson

TEXT_MOST = 2000  # characters of a typed text that a step gets to see
_BAD_NAMES = frozenset({"dislike", "angry", "sad"})
_BAD_SIGNS = frozenset("👎😡😠🤬😢😭😞😔😒🙁☹💔🤮")
_ABOVE_ALL = (Vented, Troubled, Wished, SaysPaid, LinkCode, TalkToPerson)
"""What is heard whatever somebody came for."""


def hear(event: Event, context: Context = NOWHERE) -> msgspec.Struct:
    """What a step hears of an event: a tap (`replies/taps.py`) or a `Heard`. Texts are read by `table.py`.

    Args:
        event: A turn's event (`Event.is_turn`).
        context: Where the conversation stands, and what is on the screen: typing what stands on a button is tapping it.
    """
    if isinstance(event, Postback):
        return _postback(event)
    if isinstance(event, QuickReply):
        return _quick_reply(event, context)
    if isinstance(event, TextMessage):
        return _text(event.command or event.text, context, came_from(event) or context.shared)
    if isinstance(event, AttachmentMessage):
        return _attachments(event, context)
    if isinstance(event, Referral | Optin):
        return _arrived(came_from(event) or Came(kind="link"), "")
    return _other(event, context)


def _other(event: Event, context: Context) -> msgspec.Struct:
    if isinstance(event, SendCart):
        return SentCart(lines=event.products, note=event.note.strip()[:TEXT_MOST])
    if isinstance(event, CustomerInformation):
        return FilledIn(answers=event.answers)
    if isinstance(event, Reaction):
        return Reacted(is_bad=event.reaction in _BAD_NAMES or bool(_BAD_SIGNS & set(event.emoji)))
    if isinstance(event, MessageEdit):
        return Edited(text=event.text.strip()[:TEXT_MOST], was_asked=context.edited)
    if isinstance(event, Unsend):
        return TookBack()
    if isinstance(event, Unsupported):
        return SentSomethingElse(kind="unsupported")
    return SentSomethingElse(kind=type(event).__name__.lower())


def _postback(event: Postback) -> msgspec.Struct:
    ours, came = CODEC.unpack(event.payload), came_from(event)
    if came and _leads(came) and ours is None:  # the button of an ad says words of its own: "I'm interested"
        return _arrived(came, event.title.strip()[:TEXT_MOST])
    tap = ours or commands.find(event.title)
    if came and (tap is None or isinstance(tap, GetStarted)):
        return _arrived(came, "" if tap else event.title.strip()[:TEXT_MOST])
    return tap or TappedUnknown(title=tidy(event.title))


def _quick_reply(event: QuickReply, context: Context) -> msgspec.Struct:
    if tap := CODEC.unpack(event.payload):
        return tap
    # A phone or e-mail quick reply carries the number or the address; one without a payload is its title.
    if not event.payload or event.payload == event.text or re.fullmatch(r"\+?[\d ()-]{7,20}|\S+@\S+", event.payload):
        return _text(event.payload or event.text, context, None)
    return commands.find(event.text) or TappedUnknown(title=tidy(event.text))


def _text(text: str, context: Context, came: Came | None) -> msgspec.Struct:
    linked = links_in(text)
    typed = linked.text[:TEXT_MOST]
    if linked.pin:
        return SentPlace(pin=linked.pin, text=typed)
    if came is None:
        return heard_in(typed, context) if typed else SentSomethingElse(kind="unsupported")
    if typed:
        heard = heard_in(typed, context)
        if isinstance(heard, _ABOVE_ALL) or _wants_person(typed) or (not _leads(came) and isinstance(heard, Tap)):
            return heard
        if not came.kind:  # an address of somewhere else says nothing: the words do
            return heard if not came.titles or not isinstance(heard, Typed) else _arrived(came, typed)
    return _arrived(came, typed)


def _wants_person(text: str) -> bool:
    """Whether a text is about a person of the shop and about nothing else, in whatever words."""
    concepts = meaning(text).concepts
    return "person" in concepts and concepts <= {"person", "shop"}


def _leads(came: Came) -> bool:
    """Whether it is said what somebody came for, and not only from where."""
    return bool(came.goods or came.titles or came.post_id) or read_ref(came.ref).is_plain


def _arrived(came: Came, text: str, products: tuple[int, ...] = ()) -> Arrived:
    return Arrived(
        ref=came.ref,
        goods=came.goods,
        products=products,
        titles=came.titles,
        post_id=came.post_id,
        text=text,
        is_address=not came.kind,
    )


def _attachments(event: AttachmentMessage, context: Context) -> msgspec.Struct:
    kinds = [attachment.type for attachment in event.attachments]
    pictures = [part for part in event.attachments if part.type == "image"]
    files = tuple(dict.fromkeys(part.file_id for part in pictures if part.file_id))
    came = came_from(event)
    if came and not files and (came.kind or came.titles or not event.text.strip()):
        if event.text.strip():
            return _of_cards(event.attachments, came, _text(event.text, context, came))
        return _of_cards(event.attachments, came, _arrived(came, ""))
    for part in event.attachments:
        if part.latitude is not None and part.longitude is not None:
            return SentPlace(pin=pin_of(part.latitude, part.longitude), text=event.text.strip()[:TEXT_MOST])
        if part.booking:
            return Booked(booking=part.booking)
    if event.text.strip() and not files:
        return _text(event.text, context, came)
    if pictures:
        return SentPictures(
            urls=tuple(part.url for part in pictures if part.url),
            files=files,
            troubles=tuple(part.trouble for part in pictures if part.trouble),
            text=event.text.strip()[:TEXT_MOST],
        )
    if "sticker" in kinds:
        return SentLike(is_sticker=not event.is_like)
    return SentSomethingElse(kind=kinds[0] if kinds else "unsupported")


def _of_cards(attachments: Sequence[Attachment], came: Came, heard: msgspec.Struct) -> msgspec.Struct:
    """What was heard, with the products of our own cards among what was sent."""
    taps = (CODEC.unpack(payload) for one in attachments for card in one.cards for payload in card.payloads)
    ids = (tap.product_id for tap in taps if isinstance(tap, OpenProduct | AddToCart | ChooseVariant | BuyNow))
    found = tuple(dict.fromkeys(ids))
    return replace(heard, products=found) if found and isinstance(heard, Arrived) else heard
