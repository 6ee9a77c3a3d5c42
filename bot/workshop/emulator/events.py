"""Webhook items as Facebook writes them: what a shopper did, and what became of the bot's own messages."""

import re
from typing import Literal

import msgspec

from bot.workshop.emulator.answers import Json

#: The arrays of a webhook's entry: what happened to our threads, to threads of another app, and to the page itself.
Field = Literal["messaging", "standby", "changes"]

#: The webhook field that an app subscribes to for each kind of item ("Webhook Events" page).
FIELD_OF = {
    "message": "messages",
    "postback": "messaging_postbacks",
    "referral": "messaging_referrals",
    "optin": "messaging_optins",
    "echo": "message_echoes",
    "delivery": "message_deliveries",
    "read": "message_reads",
    "reaction": "message_reactions",
    "message_edit": "message_edits",
    "pass_thread_control": "messaging_handovers",
    "take_thread_control": "messaging_handovers",
    "request_thread_control": "messaging_handovers",
    "app_roles": "messaging_handovers",
    "account_linking": "messaging_account_linking",
    "policy_enforcement": "messaging_policy_enforcement",
    "order": "send_cart",
    "messaging_customer_information": "messaging_customer_information",
    "messaging_feedback": "messaging_feedback",
    "response_feedback": "response_feedback",
    "template": "message_template_status_update",
    "feed": "feed",
}
_encode = msgspec.json.Encoder().encode
_ESCAPED = re.compile(r"[/<%@\u0080-\U0010ffff]")
_SPELLED = {"/": "\\/", "<": "\\u003C", "%": "\\u0025", "@": "\\u0040"}


def envelope(page_id: str, at: int, items: list[tuple[Field, Json]]) -> Json:
    """A webhook body, with an entry for each item.

    Args:
        page_id: The page that the items are for.
        at: When they are sent, in milliseconds.
        items: Each with the array that it belongs into.
    """
    return {"object": "page", "entry": [{"id": page_id, "time": at, field: [item]} for field, item in items]}


def body_of(envelope: Json, *, escaped: bool = True) -> bytes:
    """The bytes on the wire.

    Args:
        envelope: The webhook's body.
        escaped: As Facebook escapes it: `\\uXXXX` for what is not ASCII, and for `/ < % @`. Otherwise plain UTF-8.
    """
    plain = _encode(envelope)
    if not escaped:
        return plain
    return _ESCAPED.sub(_spell, plain.decode()).encode("ascii")


def _spell(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SPELLED:
        return _SPELLED[character]
    point = ord(character)
    if point < 0x10000:
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"


def from_shopper(psid: str, page_id: str, at: int, key: str, what: Json) -> Json:
    """Something a person did.

    Args:
        psid: Who.
        page_id: To which page.
        at: When, in milliseconds.
        key: The item's own key, such as `message` or `postback`.
        what: What stands under the key.
    """
    return {"sender": {"id": psid}, "recipient": {"id": page_id}, "timestamp": at, key: what}


def echo(psid: str, page_id: str, at: int, mid: str, app_id: str, message: Json) -> Json:
    """The copy of a page's message that its apps get (Meta's "message_echoes" page).

    Args:
        psid: Who was written to.
        page_id: Who wrote.
        at: When, in milliseconds.
        mid: The message's id.
        app_id: The app that sent it; the page's inbox has one of its own.
        message: The message as it was sent.
    """
    copy: Json = {"mid": mid, "is_echo": True, "app_id": int(app_id) if app_id.isdecimal() else app_id}
    for name in ("text", "metadata"):
        if name in message:
            copy[name] = message[name]
    attachments = message.get("attachments") or ([message["attachment"]] if "attachment" in message else [])
    if isinstance(attachments, list) and attachments:
        copy["attachments"] = [_echoed(attachment) for attachment in attachments]
    return {"sender": {"id": page_id}, "recipient": {"id": psid}, "timestamp": at, "message": copy}


def _echoed(attachment: object) -> object:
    if not isinstance(attachment, dict) or not isinstance(payload := attachment.get("payload"), dict):
        return attachment
    if attachment.get("type") == "template":
        return {"type": "template", "title": str(payload.get("text", ""))[:80], "url": None, "payload": payload}
    given = payload.get("attachment_id")
    if isinstance(given, str) and given.isdecimal():
        return {**attachment, "payload": {**payload, "attachment_id": int(given)}}
    return attachment


def delivered(psid: str, page_id: str, at: int, mids: list[str]) -> Json:
    """Messages reached the person's phone: those named, and all that are no newer than `at`."""
    return from_shopper(psid, page_id, at, "delivery", {"mids": mids, "watermark": at})


def read(psid: str, page_id: str, at: int) -> Json:
    """The person saw all messages that are no newer than `at`."""
    return from_shopper(psid, page_id, at, "read", {"watermark": at})
