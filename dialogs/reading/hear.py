"""What a shopper did, as a step hears it: an event becomes a tap, a typed text or something that was sent."""

import re

import msgspec
from msgspec.structs import replace

from bot.language.texts import tidy
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
    SentLike,
    SentPictures,
    SentSomethingElse,
    SharedProducts,
    TappedUnknown,
)
from dialogs.reading import commands
from dialogs.reading.context import NOWHERE, Context
from dialogs.reading.table import heard_in
from replies.payloads import CODEC
from replies.taps import GetStarted

TEXT_MOST = 2000  # characters of a typed text that a step gets to see


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
        ref = event.referral.ref if event.referral else ""
        return _text(event.command or event.text, context, ref)
    if isinstance(event, AttachmentMessage):
        return _attachments(event, context)
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


def _quick_reply(event: QuickReply, context: Context) -> msgspec.Struct:
    if tap := CODEC.unpack(event.payload):
        return tap
    # A phone or e-mail quick reply carries the number or the address; one without a payload is its title.
    if not event.payload or event.payload == event.text or re.fullmatch(r"\+?[\d ()-]{7,20}|\S+@\S+", event.payload):
        return _text(event.payload or event.text, context, "")
    return commands.find(event.text) or TappedUnknown(title=tidy(event.text))


def _text(text: str, context: Context, ref: str) -> msgspec.Struct:
    typed = text.strip()[:TEXT_MOST]
    return (
        heard_in(typed, replace(context, ref=ref) if ref else context)
        if typed
        else SentSomethingElse(kind="unsupported")
    )


def _attachments(event: AttachmentMessage, context: Context) -> msgspec.Struct:
    if skus := tuple(product.retailer_id for product in event.products if product.retailer_id):
        return SharedProducts(skus=skus)
    kinds = [attachment.type for attachment in event.attachments]
    pictures = [part for part in event.attachments if part.type == "image"]
    files = tuple(dict.fromkeys(part.file_id for part in pictures if part.file_id))
    if event.text.strip() and not files:
        return _text(event.text, context, event.referral.ref if event.referral else "")
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
