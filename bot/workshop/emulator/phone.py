"""What a person can do in Messenger, each written down and turned into the webhook item that Facebook sends for it."""

from collections.abc import Sequence

import msgspec

from bot.messenger.bubbles import Button
from bot.workshop.emulator import events, wall
from bot.workshop.emulator.ad_window import heard
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Refused, Sent

#: The thumbs-up of the composer (Meta's "messages" event page).
LIKE = 369239263222822
STICKER_URL = "https://scontent.xx.fbcdn.net/v/t39.1997-6/sticker.png"

#: An item's key, the item itself, and the array of the webhook that it comes in.
Did = tuple[str, Json, events.Field]


def types(facebook: Facebook, person: Person, text: str, *, reply_to: str = "") -> Did:
    """A typed message.

    Args:
        facebook: Where.
        person: Who.
        text: What.
        reply_to: The mid of the message that it answers; empty for none.
    """
    mid = facebook.new_mid()
    facebook.said(person, mid, text, reply_to=reply_to)
    message: Json = {"mid": mid, "text": text}
    if reply_to:
        message["reply_to"] = {"mid": reply_to, "is_self_reply": False}
    return item_of(facebook, person, "message", message)


def taps(facebook: Facebook, person: Person, button: Button) -> Did:
    """A tap on a quick reply, which is a message, or on a button, which is a postback.

    The quick replies that offer the profile's phone number or address are answered with it, as text and as payload.
    """
    mid = facebook.new_mid()
    if button.content_type in ("user_phone_number", "user_email"):
        value = person.phone if button.content_type == "user_phone_number" else person.email
        button = msgspec.structs.replace(button, title=value, payload=value)
    facebook.said(person, mid, button.title)
    if button.content_type:
        quick_reply: Json = {"payload": button.payload}
        return item_of(facebook, person, "message", {"mid": mid, "text": button.title, "quick_reply": quick_reply})
    return item_of(facebook, person, "postback", {"mid": mid, "title": button.title, "payload": button.payload})


def shares(facebook: Facebook, person: Person, kind: str, url: str, text: str = "") -> Did:
    """A picture, a voice message, a video or a file.

    Args:
        facebook: Where.
        person: Who.
        kind: `image`, `audio`, `video` or `file`.
        url: Where the bot can fetch it.
        text: What was written with it.
    """
    mid = facebook.new_mid()
    facebook.said(person, mid, text, pictures=(url,) if kind == "image" else (), kind="" if kind == "image" else kind)
    message: Json = {"mid": mid, "attachments": [{"type": kind, "payload": {"url": url}}]}
    if text:
        message["text"] = text
    return item_of(facebook, person, "message", message)


def shares_pictures(facebook: Facebook, person: Person, urls: Sequence[str]) -> Did:
    """Several pictures in one message.

    Args:
        facebook: Where.
        person: Who.
        urls: Where the bot can fetch each.
    """
    mid = facebook.new_mid()
    facebook.said(person, mid, "", pictures=tuple(urls))
    pictures: list[Json] = [{"type": "image", "payload": {"url": url}} for url in urls]
    return item_of(facebook, person, "message", {"mid": mid, "attachments": pictures})


def sticks(facebook: Facebook, person: Person, sticker: int) -> Did:
    """A sticker, as webhooks have them since 30 August 2026."""
    mid = facebook.new_mid()
    facebook.said(person, mid, sticker=sticker)
    payload: Json = {"url": STICKER_URL, "sticker_id": sticker}
    return item_of(facebook, person, "message", {"mid": mid, "attachments": [{"type": "sticker", "payload": payload}]})


def gets_started(facebook: Facebook, person: Person, ref: str = "") -> Did:
    """The Get Started button of an empty chat; the payload is the profile's."""
    mid = facebook.new_mid()
    facebook.said(person, mid, "Get Started")
    postback: Json = {"mid": mid, "title": "Get Started", "payload": facebook.profile.get_started}
    if ref:
        postback["referral"] = {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
    return item_of(facebook, person, "postback", postback)


def follows(facebook: Facebook, person: Person, ref: str) -> Did:
    """An m.me link with a ref, tapped by somebody who has a conversation already."""
    facebook.said(person, facebook.new_mid(), kind="link", title=ref)
    return item_of(facebook, person, "referral", {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"})


def comments(facebook: Facebook, person: Person, text: str, post: str, *, live: bool = False) -> Did:
    """A comment below one of the page's posts or live videos; the page may answer it once, privately."""
    comment = wall.writes_comment(facebook, person, text, post, live=live)
    return "feed", wall.told(facebook, comment, "add"), "changes"


def wants_notice(facebook: Facebook, person: Person, payload: str) -> Did:
    """The Notify Me button of a one-time notification request: gives the page a token for one message."""
    token = f"{facebook.number()}"
    facebook.tickets[f"one_time_notif_token:{token}"] = (person.psid, facebook.time.now_ms())
    person.acts(facebook.time.now_ms())
    return item_of(
        facebook,
        person,
        "optin",
        {"type": "one_time_notif_req", "payload": payload, "one_time_notif_token": token},
    )


def ticks_checkbox(facebook: Facebook, person: Person, ref: str) -> Did:
    """The checkbox plugin of a web shop: the page may write once to a `user_ref`, not knowing the PSID."""
    user_ref = f"checkbox-{facebook.number()}"
    at = facebook.time.now_ms()
    facebook.tickets[f"user_ref:{user_ref}"] = (person.psid, at)
    optin: Json = {"ref": ref, "user_ref": user_ref}
    return "optin", {"recipient": {"id": facebook.app.page_id}, "timestamp": at, "optin": optin}, "messaging"


def tappable(person: Person) -> tuple[Button, ...]:
    """What can be tapped in the chat, newest first: quick replies of the last line, then buttons of every message."""
    buttons: list[Button] = []
    seen = (line for line in reversed(person.chat) if not isinstance(line, Refused))  # which nobody sees
    if isinstance(last := next(seen, None), Sent):
        buttons.extend(last.bubble.quick_replies)
    for sent in reversed(person.sent):
        buttons.extend(button for button in sent.bubble.buttons if button.type == "postback")
    return tuple(buttons)


def menu_of(facebook: Facebook, person: Person) -> tuple[Button, ...]:
    """The persistent menu that this person sees, by their own menu or their locale."""
    return facebook.profile.menu_for(person.locale, person.menu)


def item_of(facebook: Facebook, person: Person, key: str, what: Json) -> Did:
    """A webhook item of something that a person did, in the array that the thread's owner gets it in.

    Args:
        facebook: Where.
        person: Who.
        key: The item's key, such as `message`.
        what: What stands under the key.
    """
    ours = person.owner in (None, facebook.app.app_id)
    if not ours and key == "postback":
        what = {name: value for name, value in what.items() if name != "payload"}
    at = facebook.time.now_ms()
    heard(person, key, what, at)
    item = events.from_shopper(person.psid, facebook.app.page_id, at, key, what)
    return key, item, "messaging" if ours else "standby"
