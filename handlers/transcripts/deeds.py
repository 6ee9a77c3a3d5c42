"""What a shopper did, as a transcript writes it: every event that is a turn, as the act that brings it again."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

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
from bot.messenger.parts import Attachment, OrderedProduct, ReferralDetails
from handlers.transcripts.acts import quoted, typed
from replies.payloads import CODEC
from replies.taps import GetStarted

_FILES = {"audio": "voice", "video": "video", "file": "file", "image": "picture"}


class Deeds:
    """Writes down what one shopper does.

    Args:
        menu: The titles of the persistent menu.
        said: What the bot said, by its `mid`: the first words of each message.
    """

    def __init__(self, menu: frozenset[str], said: Mapping[str, str]) -> None:
        self._menu = menu
        self._said = said
        self._newest = ""  # the mid of the newest text of the shopper, which alone can be changed

    def of(self, event: Event) -> tuple[str, list[str]]:
        """What stands behind `>` for an event, and remarks on what of it no transcript can hold.

        Args:
            event: A turn of the shopper.
        """
        did, lacks = self._of(event)
        if isinstance(event, TextMessage | QuickReply | Postback):
            self._newest = event.mid
        return did, [f"# {each}" for each in lacks]

    def _of(self, event: Event) -> tuple[str, list[str]]:
        match event:
            case Postback():
                if isinstance(CODEC.unpack(event.payload), GetStarted):
                    ref = event.referral.ref if event.referral else ""
                    return f"[Get Started]{f' ({ref})' if ref else ''}", []
                return (f"[menu: {event.title}]" if event.title in self._menu else f"[{event.title}]"), []
            case QuickReply():
                is_ours = CODEC.unpack(event.payload) is not None
                return (f"[{event.text}]" if is_ours else typed(event.text or event.payload)), []
            case TextMessage():
                return self._text(event)
            case AttachmentMessage():
                return self._sent(event)
            case Referral():
                return _came(event.referral, ""), []
            case Optin():
                return _act("link", [quoted(event.ref or "hello")]), []
            case MessageEdit():
                older = [] if event.mid == self._newest else ["An older message was changed than the newest."]
                return _act("edit", text=event.text), older
            case Unsend():
                older = [] if event.mid == self._newest else ["An older message was taken back than the newest."]
                return "(unsend)", older
            case Reaction():
                return _act("react", [event.emoji or "❤"]), []
            case SendCart():
                lines = [_line(each) for each in event.products]
                return _act("cart", [*lines, *_named({"note": event.note})]), []
            case CustomerInformation():
                return _act("form", _named({each.key: each.value for each in event.answers})), []
            case Unsupported():
                return "(unsupported)", []
        return "(unsupported)", [f"Here came {type(event).__name__}, which no transcript can hold."]

    def _text(self, event: TextMessage) -> tuple[str, list[str]]:
        if event.reply_to:
            if words := self._said.get(event.reply_to, ""):
                return _act("reply", [quoted(words)], event.text), []
            return typed(event.text), ["This replied to a message that is not among the bot's."]
        if event.referral and (came := _came(event.referral, event.text)):
            return came, []
        return typed(event.text) or "\\ ", []

    def _sent(self, event: AttachmentMessage) -> tuple[str, list[str]]:
        first, kinds = event.attachments[0], [one.type for one in event.attachments]
        if event.is_like:
            return "(like)", []
        if "sticker" in kinds:
            return "(sticker)", []
        if event.products:
            goods = _goods((one.retailer_id or one.id, one.title) for one in event.products)
            return _act("product", goods, event.text), []
        if first.cards:
            return _act("card", [quoted(first.cards[0].title)], event.text), []
        match first.type:
            case "location" if first.latitude is not None and first.longitude is not None:
                return _act("location", [f"{first.latitude}", f"{first.longitude}"], event.text), []
            case "post" | "reel":
                return _act(first.type, [quoted(first.title), *_named({"id": first.post_id})], event.text), []
            case "image" if kinds.count("image") > 1:
                return _act("pictures", [f"{kinds.count('image')}"], event.text), []
            case kind if kind in _FILES:
                return _act(_FILES[kind], text=event.text), []
        return self._other(first, event)

    def _other(self, first: Attachment, event: AttachmentMessage) -> tuple[str, list[str]]:
        if first.booking:
            return _act("booking", [first.booking.status, *_named({"at": str(first.booking.starts)})]), []
        if event.text:
            return typed(event.text), [f"With it came {first.type!r}, which no transcript can hold."]
        return "(unsupported)", [f"Here came {first.type!r}, which no transcript can hold."]


def _came(referral: ReferralDetails, text: str) -> str:
    """How somebody came; empty where a message was only begun from a link."""
    if referral.ad_id or referral.source == "ADS":
        told = {"ad": referral.ad_id, "post": referral.post_id, "ref": referral.ref}
        return _act("ad", [quoted(referral.ad_title or "Ad"), *_named(told)], text)
    if referral.product_id:
        return _act("shop", [referral.product_id], text)
    return "" if text else _act("link", [quoted(referral.ref or "hello")])


def _act(kind: str, words: Iterable[str] = (), text: str = "") -> str:
    inside = " ".join([kind, *words])
    said = "\n".join(line.strip() for line in text.strip().split("\n"))
    return f"({inside}){f' {said}' if said else ''}"


def _named(told: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}={quoted(value)}" for name, value in told.items() if value)


def _goods(goods: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"{number}={quoted(title)}" if title else number for number, title in goods)


def _line(product: OrderedProduct) -> str:
    """One line of a cart: `2xKIT-001@149.00`, `1x9000@12.50USD="Lamp"`."""
    line = f"{product.quantity}x{product.retailer_id or product.id}"
    try:
        price = Decimal(product.unit_price or 0)
    except InvalidOperation:
        price = Decimal(0)
    if price > 0:
        currency = product.currency if product.currency != "PHP" else ""
        line += f"@{price:.2f}{currency}"
    return f"{line}={quoted(product.name)}" if product.name else line
