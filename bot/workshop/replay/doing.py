"""What a shopper does in a transcript: typed, tapped, or one of the acts in round brackets; docs/transcripts.md."""

import re
from collections.abc import Awaitable, Callable, Mapping

from bot.workshop.emulator import arriving, phone, sharing
from bot.workshop.emulator.arriving import Ad, CartItem
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Said
from bot.workshop.emulator.shopper import ChatFailed, Shopper
from handlers.transcripts.acts import NAMES, Act
from handlers.web.pictures import PICTURES

_LINE = re.compile(r"(\d+)x(.+?)(?:@(\d+(?:\.\d+)?)([A-Z]{3})?)?")
_STICKER = 800000000000001
_BOOKED_FOR = 1_796_000_400  # 30 November 2026, 9 AM in Manila


async def do(doing: Act, shopper: Shopper) -> None:
    """Let a shopper do something.

    Args:
        doing: What.
        shopper: Who.

    Raises:
        ChatFailed: It cannot be done, such as a tap on what is not there.
    """
    match doing.kind:
        case "start":
            await shopper.opens_chat(ref=doing.inside, answered=False)
        case "menu":
            await shopper.taps_menu(doing.text, answered=False)
        case "tap":
            await shopper.taps(doing.text, answered=False)
        case "text":
            await shopper.says(doing.text, answered=False)
        case name:
            await ACTS[name](shopper, doing)


async def _picture(shopper: Shopper, told: Act) -> None:
    picture = (PICTURES / "shop.jpg").read_bytes()
    if told.first.isdigit():
        await shopper.sends_pictures(*[picture] * int(told.first), answered=False)
    else:
        await shopper.sends_picture(picture, text=told.text, answered=False)


async def _reply(shopper: Shopper, told: Act) -> None:
    await shopper.replies(told.first, told.text, answered=False)


async def _comment(shopper: Shopper, told: Act) -> None:
    post = told.first if told.first.isdigit() else "1"
    await shopper.comments(told.text, post=post, live="live" in told.words, answered=False)


async def _like(shopper: Shopper, _: Act) -> None:
    await shopper.likes(answered=False)


def _file(kind: str) -> "Make":
    def make(facebook: Facebook, person: Person, told: Act) -> phone.Did:
        return phone.shares(facebook, person, kind, f"{arriving.CDN}{kind}", told.text)

    return make


def _sticker(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return (sharing.sticks_twice if told.first == "twice" else phone.sticks)(facebook, person, _STICKER)


def _link(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return arriving.comes_by_link(facebook, person, told.inside)


def _ad(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    named = told.named
    ad = Ad(
        title=told.first,
        ad_id=named.get("ad", "6045246247433"),
        post_id=named.get("post", ""),
        ref=named.get("ref", ""),
    )
    return arriving.comes_by_ad(facebook, person, ad, told.text)


def _shop(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return arriving.asks_of_product(facebook, person, told.first, told.text or "Is this available?")


def _post(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    number = int(told.named.get("id", "122101010101"))
    return arriving.shares_post(facebook, person, told.first, told.text, post_id=number)


def _reel(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    number = int(told.named.get("id", "122101010102"))
    return arriving.shares_post(facebook, person, told.first, told.text, post_id=number, is_reel=True)


def _product(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    goods = [(word, "") for word in told.words] + list(told.named.items())
    return arriving.shares_products(facebook, person, goods, told.text)


def _card(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    sent = next((one for one in reversed(person.sent) if one.bubble.cards and told.first in one.bubble.words()), None)
    if sent is None:
        raise ChatFailed(f"The bot sent no card with {told.first!r} to {person.first_name}.")
    return arriving.passes_card_on(facebook, person, sent, told.text)


def _cart(facebook: Facebook, person: Person, told: Act) -> phone.Did:
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


def _location(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    try:
        latitude, longitude = (float(word.rstrip(",")) for word in told.words)
    except ValueError:
        raise ChatFailed("A location has a latitude and a longitude: (location 14.5547 121.0244).") from None
    return sharing.sends_place(facebook, person, latitude, longitude)


def _form(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return sharing.fills_form(facebook, person, told.named)


def _booking(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return sharing.books(facebook, person, told.first or "requested", int(told.named.get("at", _BOOKED_FOR)))


def _unsupported(facebook: Facebook, person: Person, _: Act) -> phone.Did:
    return sharing.sends_unsupported(facebook, person)


def _edit(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return sharing.edits(facebook, person, _last(person), told.text)


def _unsend(facebook: Facebook, person: Person, _: Act) -> phone.Did:
    return sharing.unsends(facebook, person, _last(person))


def _react(facebook: Facebook, person: Person, told: Act) -> phone.Did:
    return sharing.reacts(facebook, person, told.first or "❤")


def _last(person: Person) -> Said:
    """The newest message of the shopper that has words."""
    for item in reversed(person.chat):
        if isinstance(item, Said) and item.text and not item.is_gone:
            return item
    raise ChatFailed(f"{person.first_name} has typed nothing that could be changed.")


Make = Callable[[Facebook, Person, Act], phone.Did]


def _made(what: str, make: Make) -> Callable[[Shopper, Act], Awaitable[None]]:
    async def act(shopper: Shopper, told: Act) -> None:
        await shopper.does(what, make(shopper.facebook, shopper.person, told), answered=False)

    return act


ACTS: Mapping[str, Callable[[Shopper, Act], Awaitable[None]]] = {
    "picture": _picture,
    "pictures": _picture,
    "like": _like,
    "reply": _reply,
    "comment": _comment,
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
"""What can stand in round brackets."""
assert ACTS.keys() == NAMES
