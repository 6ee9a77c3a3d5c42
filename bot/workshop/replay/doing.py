"""What a shopper does in a transcript: typed, tapped, or one of the acts in round brackets; docs/transcripts.md."""

import re
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from bot.workshop.emulator import arriving, phone, sharing
from bot.workshop.emulator.arriving import Ad, CartItem
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Said
from bot.workshop.emulator.shopper import ChatFailed, Shopper
from handlers.web.pictures import PICTURES

_TAP = re.compile(r"\[(.+)\]")
_MENU = re.compile(r"\[menu: (.+)\]")
_ACT = re.compile(r"\(([a-z]+)((?:\s+(?:[^\s()\"]*\"[^\"]*\"|[^\s()\"]+))*)\)\s*(.*)", re.DOTALL)
_WORD = re.compile(r"(?:([^\s\"=]+)=)?(?:\"([^\"]*)\"|([^\s\"]+))")
_LINE = re.compile(r"(\d+)x(.+?)(?:@(\d+(?:\.\d+)?)([A-Z]{3})?)?")
_STICKER = 800000000000001
_BOOKED_FOR = 1_796_000_400  # 30 November 2026, 9 AM in Manila


class Told(msgspec.Struct, frozen=True):
    """What stands in the brackets, and behind them.

    Attributes:
        words: The words, without those that have a name.
        named: Those that have one, as in `post=12`.
        text: What is typed with it.
        inside: All that stands behind the act's name, quotes taken off.
    """

    words: tuple[str, ...]
    named: Mapping[str, str]
    text: str
    inside: str = ""

    @property
    def first(self) -> str:
        """The first word, empty where there is none."""
        return self.words[0] if self.words else ""


async def do(did: str, shopper: Shopper) -> None:
    """Let a shopper do what stands in a transcript.

    Args:
        did: The line, without the `> `.
        shopper: Who.

    Raises:
        ChatFailed: It cannot be done.
    """
    if did == "[Get Started]":
        await shopper.opens_chat(answered=False)
    elif match := _MENU.fullmatch(did):
        await shopper.taps_menu(match[1], answered=False)
    elif match := _TAP.fullmatch(did):
        await shopper.taps(match[1], answered=False)
    elif (match := _ACT.fullmatch(did)) and (act := ACTS.get(match[1])):
        await act(shopper, _told(match[2], match[3]))
    else:
        await shopper.says(did.removeprefix("\\"), answered=False)


def _told(inside: str, text: str) -> Told:
    found = [(match[1] or "", match[2] if match[2] is not None else match[3]) for match in _WORD.finditer(inside)]
    return Told(
        tuple(value for name, value in found if not name),
        {name: value for name, value in found if name},
        text.strip(),
        inside.strip().strip('"'),
    )


async def _picture(shopper: Shopper, told: Told) -> None:
    picture = (PICTURES / "shop.jpg").read_bytes()
    if told.first.isdigit():
        await shopper.sends_pictures(*[picture] * int(told.first), answered=False)
    else:
        await shopper.sends_picture(picture, text=told.text, answered=False)


async def _reply(shopper: Shopper, told: Told) -> None:
    await shopper.replies(told.first, told.text, answered=False)


async def _like(shopper: Shopper, _: Told) -> None:
    await shopper.likes(answered=False)


def _file(kind: str) -> "Make":
    def make(facebook: Facebook, person: Person, told: Told) -> phone.Did:
        return phone.shares(facebook, person, kind, f"{arriving.CDN}{kind}", told.text)

    return make


def _sticker(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return (sharing.sticks_twice if told.first == "twice" else phone.sticks)(facebook, person, _STICKER)


def _link(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return arriving.comes_by_link(facebook, person, told.inside)


def _ad(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    named = told.named
    ad = Ad(
        title=told.first,
        ad_id=named.get("ad", "6045246247433"),
        post_id=named.get("post", ""),
        ref=named.get("ref", ""),
    )
    return arriving.comes_by_ad(facebook, person, ad, told.text)


def _shop(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return arriving.asks_of_product(facebook, person, told.first, told.text or "Is this available?")


def _post(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    number = int(told.named.get("id", "122101010101"))
    return arriving.shares_post(facebook, person, told.first, told.text, post_id=number)


def _reel(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    number = int(told.named.get("id", "122101010102"))
    return arriving.shares_post(facebook, person, told.first, told.text, post_id=number, is_reel=True)


def _product(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    goods = [(word, "") for word in told.words] + list(told.named.items())
    return arriving.shares_products(facebook, person, goods, told.text)


def _card(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    sent = next((one for one in reversed(person.sent) if one.bubble.cards and told.first in one.bubble.words()), None)
    if sent is None:
        raise ChatFailed(f"The bot sent no card with {told.first!r} to {person.first_name}.")
    return arriving.passes_card_on(facebook, person, sent, told.text)


def _cart(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    lines = [_line(word, "") for word in told.words]
    lines += [_line(name, value) for name, value in told.named.items() if name != "note"]
    return arriving.sends_cart(facebook, person, lines, told.named.get("note", ""))


def _line(said: str, name: str) -> CartItem:
    """One line of a cart: `2xKIT-001`, `2xKIT-001@149.00`, `1x9000@12.50USD="Blue mug"`."""
    match = _LINE.fullmatch(said)
    if match is None:
        raise ChatFailed(f"{said!r} is no line of a cart: write 2xKIT-001 or 2xKIT-001@149.00.")
    return CartItem(
        retailer_id=match[2], name=name, quantity=int(match[1]), unit_price=float(match[3] or 0),
        currency=match[4] or "PHP",
    )  # fmt: skip


def _location(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    try:
        latitude, longitude = (float(word.rstrip(",")) for word in told.words)
    except ValueError:
        raise ChatFailed("A location has a latitude and a longitude: (location 14.5547 121.0244).") from None
    return sharing.sends_place(facebook, person, latitude, longitude)


def _form(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return sharing.fills_form(facebook, person, told.named)


def _booking(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return sharing.books(facebook, person, told.first or "requested", int(told.named.get("at", _BOOKED_FOR)))


def _unsupported(facebook: Facebook, person: Person, _: Told) -> phone.Did:
    return sharing.sends_unsupported(facebook, person)


def _edit(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return sharing.edits(facebook, person, _last(person), told.text)


def _unsend(facebook: Facebook, person: Person, _: Told) -> phone.Did:
    return sharing.unsends(facebook, person, _last(person))


def _react(facebook: Facebook, person: Person, told: Told) -> phone.Did:
    return sharing.reacts(facebook, person, told.first or "❤")


def _last(person: Person) -> Said:
    """The newest message of the shopper that has words."""
    for item in reversed(person.chat):
        if isinstance(item, Said) and item.text and not item.is_gone:
            return item
    raise ChatFailed(f"{person.first_name} has typed nothing that could be changed.")


Make = Callable[[Facebook, Person, Told], phone.Did]


def _made(what: str, make: Make) -> Callable[[Shopper, Told], Awaitable[None]]:
    async def act(shopper: Shopper, told: Told) -> None:
        await shopper.does(what, make(shopper.facebook, shopper.person, told), answered=False)

    return act


ACTS: Mapping[str, Callable[[Shopper, Told], Awaitable[None]]] = {
    "picture": _picture,
    "pictures": _picture,
    "like": _like,
    "reply": _reply,
    "sticker": _made("sent a sticker", _sticker),
    "voice": _made("sent a voice message", _file("audio")),
    "video": _made("sent a video", _file("video")),
    "file": _made("sent a file", _file("file")),
    "link": _made("came by a link", _link),
    "ad": _made("came by an ad", _ad),
    "shop": _made("came from the page's shop", _shop),
    "post": _made("shared a post", _post),
    "reel": _made("shared a reel", _reel),
    "product": _made("shared a product", _product),
    "card": _made("sent a card back", _card),
    "cart": _made("sent a cart", _cart),
    "location": _made("sent a location", _location),
    "form": _made("filled in the form", _form),
    "booking": _made("booked an appointment", _booking),
    "unsupported": _made("sent what Facebook does not pass on", _unsupported),
    "edit": _made("changed a message", _edit),
    "unsend": _made("took a message back", _unsend),
    "react": _made("reacted", _react),
}
"""What can stand in round brackets. A comment below a post is not among them yet."""
