"""What Facebook tells a page, as typed events in Messenger's own words, and how they are kept.

`bot.messenger.decode` makes them from a webhook's body. Each has a `key` that Facebook's redeliveries share, says
whether the bot must react (`is_turn`), and whether it lets the page write to the shopper again (`opens_window`).

Sources: Meta's webhook reference for Messenger, restated in the project's contract, sections 1, 2 and 4.
"""

from datetime import UTC, datetime

import msgspec

from bot.messenger.changed import MessageEdit, Reaction, Unsend, message_identity
from bot.messenger.event import MAX_ID, MAX_MID, Event, dump
from bot.messenger.page_events import (
    AccountLinking,
    Comment,
    DashboardTest,
    Feedback,
    PageChange,
    PagePost,
    PolicyEnforcement,
    ThreadControl,
)
from bot.messenger.parts import Answer, Attachment, OrderedProduct, ReferralDetails, SharedProduct

__all__ = [
    "MAX_ID",
    "MAX_MID",
    "AccountLinking",
    "AnyEvent",
    "AttachmentMessage",
    "Comment",
    "CustomerInformation",
    "DashboardTest",
    "Delivery",
    "Echo",
    "Event",
    "Feedback",
    "MessageEdit",
    "Optin",
    "PageChange",
    "PagePost",
    "PolicyEnforcement",
    "Postback",
    "QuickReply",
    "Reaction",
    "Read",
    "Referral",
    "SendCart",
    "TextMessage",
    "ThreadControl",
    "Unknown",
    "Unsend",
    "Unsupported",
    "dump",
    "load",
]


class _Message(Event, frozen=True, kw_only=True):
    """What a shopper put into the chat. One `mid` is one act, whatever shape it comes in."""

    is_a_turn = True
    is_a_visit = True

    mid: str = ""

    def identity(self) -> tuple[str, ...] | None:
        return message_identity(self.mid)


class TextMessage(_Message, frozen=True, kw_only=True):
    """The shopper typed a message.

    `reply_to` is the `mid` that it answers; `attachments` are previews of the links in the text; `command` is a
    slash command chosen from the page's list; `referral` says which ad or product the message came from.
    """

    text: str
    reply_to: str = ""
    command: str = ""
    referral: ReferralDetails | None = None
    attachments: tuple[Attachment, ...] = ()


class QuickReply(_Message, frozen=True, kw_only=True):
    """The shopper tapped a quick reply; for a phone or e-mail reply the payload is the number or the address."""

    text: str = ""
    payload: str = ""


class Postback(_Message, frozen=True, kw_only=True):
    """The shopper tapped a button, a menu item, an ice breaker or Get Started. On standby there is no payload."""

    title: str = ""
    payload: str = ""
    referral: ReferralDetails | None = None


class AttachmentMessage(_Message, frozen=True, kw_only=True):
    """The shopper sent pictures, a recording, a file, a sticker, a shared link or products, perhaps with a text."""

    attachments: tuple[Attachment, ...]
    text: str = ""
    reply_to: str = ""
    referral: ReferralDetails | None = None

    @property
    def products(self) -> tuple[SharedProduct, ...]:
        """The products that were shared, over all attachments."""
        return tuple(product for attachment in self.attachments for product in attachment.products)

    @property
    def is_like(self) -> bool:
        """Whether this is the thumbs-up."""
        return any(attachment.is_like for attachment in self.attachments)


class Unsupported(_Message, frozen=True, kw_only=True):
    """The shopper sent something that Facebook does not pass on to bots."""


class Echo(Event, frozen=True, kw_only=True):
    """The page wrote: this bot, another app, or a person in Facebook's inbox. `app_id` and `metadata` tell which."""

    mid: str = ""
    app_id: str = ""
    metadata: str = ""
    text: str = ""
    reply_to: str = ""
    attachments: tuple[Attachment, ...] = ()

    def identity(self) -> tuple[str, ...] | None:
        return ("echo", self.mid) if self.mid else None


class Delivery(Event, frozen=True, kw_only=True):
    """Messages of the page reached a device: those in `mids`, and all up to `watermark`."""

    mids: tuple[str, ...] = ()
    watermark: datetime | None = None


class Read(Event, frozen=True, kw_only=True):
    """The person saw all messages of the page up to `watermark`."""

    watermark: datetime | None = None


class Referral(Event, frozen=True, kw_only=True):
    """A shopper who has chatted before came back through an m.me link or an ad."""

    is_a_turn = True
    is_a_visit = True

    referral: ReferralDetails


class Optin(Event, frozen=True, kw_only=True):
    """A plugin or an opt-in message was accepted; `type` is "" for the plugins, `user_ref` stands for the person."""

    ref: str = ""
    type: str = ""
    user_ref: str = ""
    payload: str = ""
    title: str = ""
    token: str = ""

    @property
    def is_turn(self) -> bool:
        return self.type == "" and not self.standby and self.psid != ""

    @property
    def opens_window(self) -> bool:
        return self.type == "" and self.psid != ""


class SendCart(Event, frozen=True, kw_only=True):
    """The shopper sent a cart filled in Facebook's own shop. Prices are the sender's text."""

    is_a_turn = True
    is_a_visit = True

    products: tuple[OrderedProduct, ...]
    note: str = ""


class CustomerInformation(Event, frozen=True, kw_only=True):
    """The shopper filled in the customer information form: name, phone, address_line_1, locality..."""

    is_a_turn = True
    is_a_visit = True

    answers: tuple[Answer, ...]


class Unknown(Event, frozen=True, kw_only=True):
    """An item that this version does not know or cannot read. `item` is its JSON."""

    item: str


AnyEvent = (
    TextMessage
    | QuickReply
    | Postback
    | AttachmentMessage
    | Unsupported
    | Unsend
    | MessageEdit
    | Reaction
    | Echo
    | Delivery
    | Read
    | Referral
    | Optin
    | SendCart
    | CustomerInformation
    | ThreadControl
    | AccountLinking
    | PolicyEnforcement
    | Feedback
    | Comment
    | PagePost
    | PageChange
    | DashboardTest
    | Unknown
)

_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Bare(msgspec.Struct):
    """What every stored event has, whatever its kind."""

    page_id: str = ""
    psid: str = ""
    sent_at: datetime = _EPOCH
    standby: bool = False


def load(stored: bytes | str) -> Event:
    """The event that `dump` stored.

    Args:
        stored: What `dump` gave, perhaps in a later or earlier version of the program.

    Returns:
        The event, or `Unknown` with the JSON where this version can't read it: a deployment strands no queue.
    """
    try:
        return _decoder.decode(stored)
    except (ValueError, RecursionError):
        text = stored if isinstance(stored, str) else stored.decode(errors="replace")
        try:
            bare = msgspec.json.decode(stored, type=_Bare)
        except (ValueError, RecursionError):
            bare = _Bare()
        return Unknown(page_id=bare.page_id, psid=bare.psid, sent_at=bare.sent_at, standby=bare.standby, item=text)
