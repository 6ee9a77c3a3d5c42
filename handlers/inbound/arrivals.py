"""Events as they are stored."""

import msgspec

from bot.messenger.event import Event, dump
from bot.messenger.events import (
    AttachmentMessage,
    MessageEdit,
    Postback,
    QuickReply,
    Reaction,
    Referral,
    SendCart,
    TextMessage,
    Unsend,
)
from repository.chats.inbox import Arrival

_EDITS_MOST = 10  # of one message, to be sure


def kind_of(event: Event) -> str:
    """Messenger's word for an event, and whether the page only stood by.

    Args:
        event: Any event.
    """
    tag = str(type(event).__struct_config__.tag)
    return f"standby_{tag}" if event.standby else tag


def edit_keys(event: Unsend) -> list[bytes]:
    """What changes of a message may be kept under; Messenger allows five.

    Args:
        event: The message is taken back.
    """
    edit = MessageEdit(page_id=event.page_id, psid=event.psid, sent_at=event.sent_at, mid=event.mid, text="")
    return [msgspec.structs.replace(edit, num_edit=count).key for count in range(_EDITS_MOST + 1)]


def arrival(event: Event) -> Arrival:
    """An event as it is stored that is no turn.

    Args:
        event: Any event.
    """
    return Arrival(
        key=event.key,
        kind=kind_of(event)[:40],
        page_id=event.page_id[:64],
        psid=event.psid,
        event=dump(event).decode(),
        event_at=event.sent_at,
    )


def turn_arrival(event: Event) -> Arrival:
    """A turn's event as it is stored.

    Args:
        event: One with `Event.is_turn`.
    """
    message_type, text, payload = _seen_by_merchant(event)
    return msgspec.structs.replace(arrival(event), message_type=message_type, text=text, payload=payload[:1000])


def _seen_by_merchant(event: Event) -> tuple[str, str, str]:
    match event:
        case QuickReply():
            return "quick_reply", event.text, event.payload
        case Postback():
            return "postback", event.title, event.payload
        case TextMessage():
            return "text", event.text, ""
        case AttachmentMessage():
            return "attachment", event.text or ", ".join(part.type for part in event.attachments), ""
        case Referral():
            return "referral", (event.referral.ref or event.referral.ad_title)[:500], ""
        case SendCart():
            return "other", "\n".join(part for part in (_named(event), event.note) if part), ""
        case MessageEdit():
            return "other", event.text, ""
        case Reaction():
            return "other", event.emoji, ""
        case _:
            return "other", "", ""


def _named(event: SendCart) -> str:
    """What is in a cart that was sent, for people who read the chat."""
    return "\n".join(f"{line.quantity} × {line.name or line.retailer_id}"[:200] for line in event.products[:20])
