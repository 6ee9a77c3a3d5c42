"""What a person sends that is no text, and what they do with messages that are there already.

Sources: contract, section 2; Meta's messages page of 1 June 2026 for appointments, whose times are seconds, and for
stickers, which came in two shapes at once until 30 August 2026.
"""

from collections.abc import Mapping

import msgspec

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Said, Sent
from bot.workshop.emulator.phone import STICKER_URL, Did, item_of

REACTIONS: Mapping[str, str] = {
    "👍": "like", "👎": "dislike", "❤": "love", "❤️": "love", "😆": "smile", "😮": "wow", "😢": "sad", "😡": "angry",
}  # fmt: skip
"""What Facebook calls each reaction; any other emoji is "other"."""


def sends_place(facebook: Facebook, person: Person, latitude: float, longitude: float) -> Did:
    """A place on the map."""
    mid = facebook.new_mid()
    facebook.said(person, mid, kind="location", title=f"{latitude:.5f}, {longitude:.5f}")
    payload: Json = {"coordinates": {"lat": latitude, "long": longitude}}
    attachment: Json = {"type": "location", "title": f"{person.first_name}'s Location", "payload": payload}
    return item_of(facebook, person, "message", {"mid": mid, "attachments": [attachment]})


def sticks_twice(facebook: Facebook, person: Person, sticker: int) -> Did:
    """A sticker as the summer of 2026 had it: a picture and a sticker in one message."""
    mid = facebook.new_mid()
    facebook.said(person, mid, sticker=sticker)
    payload: Json = {"url": STICKER_URL, "sticker_id": sticker}
    shapes: list[Json] = [{"type": kind, "payload": payload} for kind in ("image", "sticker")]
    return item_of(facebook, person, "message", {"mid": mid, "attachments": shapes, "sticker_id": sticker})


def fills_form(facebook: Facebook, person: Person, answers: Mapping[str, str]) -> Did:
    """The page's form for names and addresses, filled in."""
    title = "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in answers.items())
    facebook.said(person, facebook.new_mid(), kind="form", title=title)
    responses: list[Json] = [{"key": key, "value": value} for key, value in answers.items()]
    form: Json = {"screens": [{"screen_id": "customer_information", "responses": responses}]}
    return item_of(facebook, person, "messaging_customer_information", form)


def books(facebook: Facebook, person: Person, status: str, starts: int) -> Did:
    """An appointment, by its status and the second at which it begins."""
    mid = facebook.new_mid()
    facebook.said(person, mid, kind="booking", title=status)
    payload: Json = {
        "booking_id": f"{facebook.number()}",
        "status": status,
        "start_time": starts,
        "end_time": starts + 3600,
        "timezone": "Asia/Manila",
    }
    attachment: Json = {"type": "appointment_booking", "payload": payload}
    return item_of(facebook, person, "message", {"mid": mid, "attachments": [attachment]})


def sends_unsupported(facebook: Facebook, person: Person) -> Did:
    """Something that Facebook does not pass on, such as a poll or a disappearing photo."""
    mid = facebook.new_mid()
    facebook.said(person, mid, kind="unsupported")
    return item_of(facebook, person, "message", {"mid": mid, "is_unsupported": True})


def edits(facebook: Facebook, person: Person, said: Said, text: str) -> Did:
    """Other words in a message that was sent; five changes are possible."""
    count = said.edits + 1
    changed = Said(number=said.number, mid=said.mid, at=said.at, text=text, reply_to=said.reply_to, edits=count)
    facebook.change(person, changed)
    return item_of(facebook, person, "message_edit", {"mid": said.mid, "text": text, "num_edit": count})


def unsends(facebook: Facebook, person: Person, said: Said) -> Did:
    """A message taken back."""
    facebook.change(person, Said(number=said.number, mid=said.mid, at=said.at, is_gone=True))
    return item_of(facebook, person, "message", {"mid": said.mid, "is_deleted": True})


def reacts(facebook: Facebook, person: Person, emoji: str, sent: Sent | None = None) -> Did:
    """An emoji on a message of the bot, the newest where none is named; the same once more takes it off."""
    person.acts(facebook.time.now_ms())
    sent = sent or (person.sent[-1] if person.sent else None)
    is_off = sent is not None and sent.reaction == emoji
    reaction: Json = {"action": "unreact" if is_off else "react"}
    if not is_off:
        reaction |= {"reaction": REACTIONS.get(emoji, "other"), "emoji": emoji}
    if sent:
        reaction["mid"] = sent.mid
        shown = msgspec.structs.replace(sent, reaction="" if is_off else emoji)
        facebook.change(person, shown)
    return item_of(facebook, person, "reaction", reaction)
