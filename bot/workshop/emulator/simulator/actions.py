"""What the page may do for a shopper: each becomes a signed webhook to the bot."""

from collections.abc import Callable

import msgspec
from aiohttp import web

from bot.messenger.bubbles import Button
from bot.workshop.emulator import phone
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.simulator import tapping
from bot.workshop.emulator.simulator.bodies import decode

#: The longest name of a shopper, in characters.
LONGEST_NAME = 60
#: The largest picture that the page may send, in bytes.
LARGEST_PICTURE = 25 * 1024 * 1024


class NewShopper(msgspec.Struct, frozen=True):
    """Somebody to create."""

    name: str
    locale: str = "en_US"


class Typed(msgspec.Struct, frozen=True):
    """A typed message."""

    text: str
    reply_to: str = ""


class Tapped(msgspec.Struct, frozen=True):
    """Something on the screen that was tapped."""

    title: str
    payload: str


class Stuck(msgspec.Struct, frozen=True):
    """A sticker."""

    sticker: int = phone.LIKE


def create(facebook: Facebook, body: bytes) -> Person:
    """Create a shopper.

    Raises:
        web.HTTPBadRequest: The name or the locale cannot be.
    """
    wanted = decode(body, NewShopper)
    name = " ".join(wanted.name.split())
    if not 0 < len(name) <= LONGEST_NAME or not 0 < len(wanted.locale) <= 10:
        raise web.HTTPBadRequest(text=f"A name has 1 to {LONGEST_NAME} characters.")
    return facebook.meet(name, wanted.locale)


def types(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Type a message."""
    typed = decode(body, Typed)
    text = typed.text.strip()
    if not text:
        raise web.HTTPBadRequest(text="There is nothing to send.")
    return phone.types(facebook, person, text, reply_to=typed.reply_to)


def taps(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Tap a button or a quick reply that is on the screen."""
    return phone.taps(facebook, person, _on_screen(body, phone.tappable(person)))


def taps_menu(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Tap an item of the persistent menu, or an ice breaker."""
    items = phone.menu_of(facebook, person) + facebook.profile.ice_breakers_for(person.locale)
    return phone.taps(facebook, person, _on_screen(body, items))


def starts(facebook: Facebook, person: Person, _body: bytes) -> phone.Did:
    """Tap Get Started."""
    if not facebook.profile.get_started:
        raise web.HTTPConflict(text="The page's profile has no Get Started button.")
    return phone.gets_started(facebook, person)


def sticks(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Send a sticker."""
    return phone.sticks(facebook, person, decode(body, Stuck).sticker)


Action = Callable[[Facebook, Person, bytes], phone.Did]
ACTIONS: dict[str, Action] = {
    "text": types,
    "tap": taps,
    "menu": taps_menu,
    "start": starts,
    "sticker": sticks,
    "notice": tapping.wants_notice,
    "coupon": tapping.reveals,
    "feedback": tapping.rates,
    "hand": tapping.hands,
    "logout": tapping.logs_out,
}


def _on_screen(body: bytes, shown: tuple[Button, ...]) -> Button:
    tapped = decode(body, Tapped)
    for button in shown:
        if (button.title, button.payload) == (tapped.title, tapped.payload):
            return button
    raise web.HTTPConflict(text=f"{tapped.title!r} is not on the screen any more.")
