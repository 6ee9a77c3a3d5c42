"""One visit of a page: who is there, what they sent, and how a page answers."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from aiohttp import web
from aiohttp_session import Session

from bot.base import clock
from handlers.console.base.look import LOOK, MENU, Look, listed
from handlers.console.base.onward import in_a_header
from handlers.console.base.roles import may
from handlers.console.base.storage import PREFIX, SIGNED_IN, TOKEN_HASH
from handlers.inbound.addresses import address_of
from handlers.outbound.ways import Ways
from handlers.turns.in_force import Shop
from replies.words import Words
from repository.chats import troubles
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.notices import bell
from repository.rules import Rules
from repository.staff.by import By
from repository.staff.sessions import SignedIn

SHOP = web.AppKey("shop", Shop)
WAYS = web.AppKey("ways", Ways)
"""Gives the page's way to Facebook; None while no page is connected."""
RECONNECT: web.AppKey[Callable[[], Awaitable[None]]] = web.AppKey("reconnect")
"""Lets this process use at once what was connected."""
ROUNDS = web.AppKey("rounds", int)
BODY_MOST = 256 * 1024  # bytes of a form
Answer = TypeVar("Answer")


class Notice(msgspec.Struct, frozen=True):
    """Something to be said on the next page.

    Attributes:
        text: What.
        is_bad: Whether it is about something that did not work.
        undo: Where a form goes that takes it back, empty where nothing does.
        fields: What that form holds.
    """

    text: str
    is_bad: bool = False
    undo: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Declined(Exception):
    """A page will not do what it was asked; the merchant goes on to another page, which says why.

    Attributes:
        reason: Why, in a sentence or two.
        path: Where to go on, below the console.
    """

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


class Visit:
    """A request of somebody who is logged in, checked by `handlers.console.base.guard`.

    Attributes:
        request: The request.
        session: What is kept between pages.
        who: Who it is.
        shop: The shop.
        form: What was sent, each field as it was typed; the first where one occurs twice.
        several: Every value of the fields that can occur often.
        files: The bytes of each file that was sent, by its field.
    """

    def __init__(self, request: web.Request, session: Session, who: SignedIn) -> None:
        self.request = request
        self.session = session
        self.who = who
        self.shop = request.app[SHOP]
        self.form: Mapping[str, str] = {}
        self.several: Mapping[str, list[str]] = {}
        self.files: Mapping[str, bytes] = {}

    @property
    def by(self) -> By:
        """Who does what is done now, for the histories."""
        return By(self.who.id, address_of(self.request))

    @property
    def csrf(self) -> str:
        """The token that every form carries."""
        return str(self.session.get("csrf", ""))

    @property
    def token_hash(self) -> bytes:
        """What the session is stored under."""
        return self.request[TOKEN_HASH]

    @property
    def look(self) -> Look:
        """How pages look."""
        return self.request.app[LOOK]

    @property
    def ways(self) -> Ways:
        """The ways to Facebook, one for each page."""
        return self.request.config_dict[WAYS]

    def may(self, permission: str) -> bool:
        """Whether they have a right."""
        return may(self.who.role, permission)

    def number(self, name: str) -> int:
        """A number in the address.

        Raises:
            NotFound: It is too long to be one of ours.
        """
        digits = self.request.match_info[name]
        if len(digits) > 18:
            raise NotFound(digits)
        return int(digits)

    def field(self, name: str) -> str:
        """What was typed into a field, line ends and white space around it put right; empty where there is none."""
        typed = self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
        return "".join(
            letter for letter in typed if letter in "\n\t" or letter.isprintable() or ord(letter) > 159
        ).strip()

    def version(self) -> int:
        """The number of the save that the form was opened at."""
        return whole(self.form.get("version", ""))

    def say(self, notice: Notice) -> None:
        """Say something on the next page."""
        self.session["notices"] = [*self.session.get("notices", []), msgspec.to_builtins(notice)]

    async def shop_name(self) -> str:
        """The shop's name, as the merchant has set it."""
        async with self.shop.database.connection() as conn:
            return (await self.rules(conn)).shop_name

    async def rules(self, conn: Connection) -> Rules:
        """The shop's rules in force.

        Args:
            conn: An open connection.
        """
        return await self.shop.rules(conn, self.who.rules_version)

    async def words(self) -> Words:
        """The bot's words in force."""
        async with self.shop.database.connection() as conn:
            return await self.shop.words(conn, self.who.words_version)

    async def page(self, template: str, *, status: int = 200, **facts: object) -> web.Response:
        """A page.

        Args:
            template: Its file.
            status: The HTTP status.
            facts: What it shows.
        """
        notices = [msgspec.convert(each, Notice) for each in self.session.pop("notices", [])]
        async with self.shop.database.connection() as conn:
            shop_name = (await self.rules(conn)).shop_name
            unseen = await bell.unseen(conn, admin_id=self.who.id)
            trouble = await troubles.current(conn)
        return self.look.page(
            template,
            status=status,
            shop_name=shop_name,
            who=self.who,
            may=self.may,
            csrf=masked(self.csrf),
            menu=self.request.app[MENU],
            screens=listed(self.request.app[MENU]),
            path=self.request.path,
            notices=notices,
            unseen=unseen,
            trouble=trouble,
            now=clock.now(),
            **facts,
        )

    def to(self, path: str, notice: Notice | None = None) -> web.Response:
        """Go on to another page of the console.

        Args:
            path: Below the console, beginning with a slash.
            notice: What to say there.
        """
        if notice is not None:
            self.say(notice)
        return web.Response(status=303, headers={"Location": PREFIX + in_a_header(path)})

    def json(self, answer: msgspec.Struct) -> web.Response:
        """An answer to one of our scripts.

        Args:
            answer: What it says.
        """
        return web.Response(body=msgspec.json.encode(answer), content_type="application/json")

    async def write(self, work: Callable[[Connection], Awaitable[Answer]]) -> Answer:
        """Run a transaction, again where the server undid it."""
        return await self.shop.database.retry(work)


Show = Callable[[Visit], Awaitable[web.StreamResponse]]


def whole(typed: str) -> int:
    """A whole number that is no less than 0, from an address or a hidden field; 0 where it is none of ours.

    Args:
        typed: What was sent.
    """
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def signed_in(request: web.Request) -> SignedIn | None:
    """Who is logged in, once the session is loaded."""
    return request.get(SIGNED_IN)


def masked(token: str) -> str:
    """A token as a page holds it, another text each time: pages are compressed, and how long one becomes must not tell
    what stands in it.

    Args:
        token: The token of a session.
    """
    pad = clock.token(32)[: len(token)]
    return f"{pad}.{_xor(token, pad).hex()}" if token else ""


def unmasked(given: str) -> str:
    """The token that a form or a script has sent back.

    Args:
        given: What `masked` made of it; anything else becomes a text that is no token.
    """
    pad, _, mixed = given.partition(".")
    try:
        return _xor(bytes.fromhex(mixed).decode(), pad).decode()
    except ValueError:
        return ""


def _xor(text: str, pad: str) -> bytes:
    return bytes(one ^ other for one, other in zip(text.encode(), pad.encode(), strict=True))


def is_same(given: str, token: str) -> bool:
    """Whether a token is the right one, in the same time whatever is wrong with it."""
    return bool(token) and hmac.compare_digest(given.encode(errors="replace"), token.encode())


def comes_from_here(request: web.Request, public_url: str) -> bool:
    """Whether a form was sent from one of our own pages, as far as the browser says.

    Args:
        request: A POST.
        public_url: Where browsers reach this server, or empty.
    """
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc in {request.host, urlsplit(public_url).netloc} - {""}
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
