"""What the page may do for a shopper besides typing and tapping: come from somewhere, send all that is no text.

Comments below posts are in `below.py`.
"""

import io
import wave
from typing import Annotated, Literal

import msgspec
from aiohttp import web

from bot.workshop.emulator import arriving, phone, sharing
from bot.workshop.emulator.arriving import Ad, CartItem
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Said
from bot.workshop.emulator.simulator.actions import Action
from bot.workshop.emulator.simulator.bodies import decode

_Line = Annotated[str, msgspec.Meta(max_length=2000)]
_Text = Annotated[str, msgspec.Meta(max_length=20_000)]
_HERTZ = 8000


class Linked(msgspec.Struct, frozen=True):
    """A link into the chat."""

    ref: _Line


class FromAd(msgspec.Struct, frozen=True):
    """An ad, and what was typed with it."""

    title: _Line
    text: _Text = ""
    ad_id: _Line = ""
    post_id: _Line = ""
    ref: _Line = ""


class FromShop(msgspec.Struct, frozen=True):
    """A product's page of the page's shop, and what was typed there."""

    code: _Line
    text: _Text = "Is this available?"


class SharedPost(msgspec.Struct, frozen=True):
    """A post or a reel."""

    title: _Line
    text: _Text = ""
    kind: Literal["post", "reel"] = "post"
    post_id: int = 122101010101


class SharedProduct(msgspec.Struct, frozen=True):
    """A product of the page's catalogue."""

    code: _Line = ""
    title: _Line = ""
    text: _Text = ""


class FilledCart(msgspec.Struct, frozen=True):
    """A cart of Facebook's own shop."""

    lines: Annotated[tuple[CartItem, ...], msgspec.Meta(min_length=1, max_length=200)]
    note: _Text = ""


class Located(msgspec.Struct, frozen=True):
    """A place on the map."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]


class Recorded(msgspec.Struct, frozen=True):
    """A voice message, a video or a file."""

    kind: Literal["audio", "video", "file"]


class FilledForm(msgspec.Struct, frozen=True):
    """The form for names and addresses."""

    answers: dict[str, _Line]


class Booked(msgspec.Struct, frozen=True):
    """An appointment."""

    status: Literal["requested", "confirmed", "declined", "cancelled"] = "requested"
    starts: Annotated[int, msgspec.Meta(ge=0, le=4_000_000_000)] = 1_796_000_400


class Marked(msgspec.Struct, frozen=True):
    """A message that is there already, and what is done with it."""

    mid: str
    text: _Text = ""
    emoji: Annotated[str, msgspec.Meta(max_length=20)] = ""


def _link(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    return arriving.comes_by_link(facebook, person, decode(body, Linked).ref.strip())


def _ad(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, FromAd)
    ad = Ad(title=told.title, ad_id=told.ad_id or Ad(title="").ad_id, post_id=told.post_id, ref=told.ref)
    return arriving.comes_by_ad(facebook, person, ad, told.text.strip())


def _shop(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, FromShop)
    return arriving.asks_of_product(facebook, person, told.code, told.text.strip() or "Is this available?")


def _post(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, SharedPost)
    is_reel = told.kind == "reel"
    return arriving.shares_post(facebook, person, told.title, told.text.strip(), post_id=told.post_id, is_reel=is_reel)


def _product(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, SharedProduct)
    return arriving.shares_products(facebook, person, [(told.code, told.title)], told.text.strip())


def _cart(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, FilledCart)
    return arriving.sends_cart(facebook, person, told.lines, told.note.strip())


def _location(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, Located)
    return sharing.sends_place(facebook, person, told.latitude, told.longitude)


def _media(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    kind = decode(body, Recorded).kind
    url = facebook.serves(_second(), "audio/wav") if kind == "audio" else f"{arriving.CDN}{kind}"
    return phone.shares(facebook, person, kind, url)


def _form(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    answers = {key: value.strip() for key, value in decode(body, FilledForm).answers.items() if value.strip()}
    return sharing.fills_form(facebook, person, answers)


def _booking(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, Booked)
    return sharing.books(facebook, person, told.status, told.starts)


def _unsupported(facebook: Facebook, person: Person, _: bytes) -> phone.Did:
    return sharing.sends_unsupported(facebook, person)


def _edit(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, Marked)
    if not told.text.strip():
        raise web.HTTPBadRequest(text="There is nothing to send.")
    return sharing.edits(facebook, person, _said(person, told.mid), told.text.strip())


def _unsend(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    return sharing.unsends(facebook, person, _said(person, decode(body, Marked).mid))


def _react(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    told = decode(body, Marked)
    sent = next((one for one in person.sent if one.mid == told.mid), None)
    if sent is None:
        raise web.HTTPConflict(text="That message is not there any more.")
    return sharing.reacts(facebook, person, told.emoji or "❤", sent)


def _said(person: Person, mid: str) -> Said:
    """A message of the shopper that can still be changed.

    Raises:
        web.HTTPConflict: There is none.
    """
    for item in person.chat:
        if isinstance(item, Said) and item.mid == mid and not item.is_gone:
            return item
    raise web.HTTPConflict(text="That message is not there any more.")


def _second() -> bytes:
    """A second of silence, as a recording."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(_HERTZ)
        recording.writeframes(b"\x80" * _HERTZ)
    return file.getvalue()


SENDING: dict[str, Action] = {
    "link": _link,
    "ad": _ad,
    "shop": _shop,
    "post": _post,
    "product": _product,
    "cart": _cart,
    "location": _location,
    "media": _media,
    "form": _form,
    "booking": _booking,
    "unsupported": _unsupported,
    "edit": _edit,
    "unsend": _unsend,
    "react": _react,
}
"""By the last part of the address."""
