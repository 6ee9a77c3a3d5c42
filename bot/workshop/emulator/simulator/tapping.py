"""What can be tapped on the rarer templates, and what the page's own people do with a chat in Facebook's inbox."""

import msgspec
from aiohttp import web

from bot.workshop.emulator import events, phone
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.linking_api import begins
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.rest_api import PAGE_INBOX
from bot.workshop.emulator.simulator.bodies import decode


class Noticed(msgspec.Struct, frozen=True):
    """A one-time notification that was asked for."""

    payload: str


class Revealed(msgspec.Struct, frozen=True):
    """A coupon whose code was looked at."""

    text: str
    payload: str = ""


class Rated(msgspec.Struct, frozen=True):
    """A feedback form that was filled in."""

    screen: str
    answers: dict[str, dict[str, str]]


class Handed(msgspec.Struct, frozen=True):
    """A chat that changes hands."""

    to_bot: bool


class Opened(msgspec.Struct, frozen=True):
    """A log-in that begins."""

    url: str


def wants_notice(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Tap "Notify me"."""
    return phone.wants_notice(facebook, person, decode(body, Noticed).payload)


def reveals(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Tap "Reveal code": the bot is told by a message ("Coupon Template" page)."""
    coupon = decode(body, Revealed)
    message: Json = {"mid": facebook.new_mid(), "text": coupon.text}
    if coupon.payload:
        message["quick_reply"] = {"payload": coupon.payload}
    facebook.said(person, str(message["mid"]), coupon.text)
    return _did(facebook, person, "message", message)


def rates(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Send a feedback form."""
    rated = decode(body, Rated)
    person.acts(facebook.time.now_ms())
    screens = [{"screen_id": rated.screen, "questions": rated.answers}]
    return _did(facebook, person, "messaging_feedback", {"feedback_screens": screens})


def logs_out(facebook: Facebook, person: Person, _body: bytes) -> phone.Did:
    """Tap "Log out"."""
    person.acts(facebook.time.now_ms())
    return _did(facebook, person, "account_linking", {"status": "unlinked"})


def logs_in(facebook: Facebook, person: Person, body: bytes) -> str:
    """Tap "Log in".

    Returns:
        The address that the shopper's browser opens, on the bot's own page.

    Raises:
        web.HTTPBadRequest: The button has no address.
    """
    url = decode(body, Opened).url
    if not url.startswith(("https://", "http://")):
        raise web.HTTPBadRequest(text="The button has no address to log in at.")
    return begins(facebook, person, url)


def hands(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Let the people of the page take a chat over in Facebook's inbox, or hand it back to the bot."""
    app = facebook.app.app_id
    to_bot = decode(body, Handed).to_bot
    person.owner = app if to_bot else PAGE_INBOX
    facebook.feed.tell("people", person.psid)
    before, after = (PAGE_INBOX, app) if to_bot else (app, PAGE_INBOX)
    what: Json = {"previous_owner_app_id": before, "new_owner_app_id": after, "metadata": ""}
    return _did(facebook, person, "pass_thread_control" if to_bot else "take_thread_control", what)


def _did(facebook: Facebook, person: Person, key: str, what: Json) -> phone.Did:
    item = events.from_shopper(person.psid, facebook.app.page_id, facebook.time.now_ms(), key, what)
    return key, item, "messaging"
