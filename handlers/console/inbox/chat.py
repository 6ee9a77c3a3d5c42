"""One chat: what was said, who speaks, what may be written, and who the shopper is."""

from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec
from aiohttp import web

from bot.base import clock
from bot.messenger import limits, window
from bot.messenger.window import Closed, How, HumanAgent
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Visit, whole
from handlers.console.inbox.listing import VIEWS, Pane, pane
from handlers.console.orders import wordings
from handlers.console.orders.telling import failure
from replies.parts import clock_time, day
from repository.aftersales import quiet
from repository.database.connection import Connection
from repository.orders.carts import Cart, cart
from repository.rules import Rules
from repository.staff.team import Member, members
from repository.talks import canned, opening, thread
from repository.talks.canned import Canned
from repository.talks.opening import Standing
from repository.talks.thread import Line, Thread
from repository.verification.person import Person, person
from repository.verification.trust import Trust, trust_of

_STATES = {"queued": "waiting to be sent", "sent": "sent", "delivered": "delivered", "read": "read"}
_WHY_QUIET = {
    quiet.COMPLAINT: "after a complaint",
    quiet.ASKED: "who asked for a person",
    quiet.PERSON: "while a person speaks",
    quiet.TAKEN: "whose chat another app has",
}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it is drawn.

    Attributes:
        line: What was said.
        tried: As a message of Messenger's, for what the shop sent; else None.
        state: How far it came, in words.
        trouble: Why it did not arrive, and what to do.
    """

    line: Line
    tried: Tried | None
    state: str
    trouble: str


class Chat(msgspec.Struct, frozen=True, kw_only=True):
    """A chat as its page and its stream of events show it.

    Attributes:
        standing: How it stands.
        name: What the shopper is called.
        thread: A part of what was said.
        lines: The same, as it is drawn.
        quiet_until: Until when the bot is quiet; None while it speaks.
        quiet_why: Why, in words.
        how: How a person may write now.
        closes_at: When that ends; None where it is over.
        now: The present, in the shop's zone.
        typing: The colleague who types an answer just now; empty for none.
    """

    standing: Standing
    name: str
    thread: Thread
    lines: tuple[Shown, ...]
    quiet_until: datetime | None
    quiet_why: str
    how: How
    closes_at: datetime | None
    now: datetime
    typing: str

    @property
    def closed(self) -> Closed | None:
        """Why nothing may be written now; None where it may."""
        return self.how if isinstance(self.how, Closed) else None

    @property
    def is_tagged(self) -> bool:
        """Whether what is written goes out under the tag for words that a person typed."""
        return isinstance(self.how, HumanAgent)

    @property
    def quiet_minutes(self) -> int:
        """Minutes that the bot is quiet still, begun ones too."""
        return _minutes(self.quiet_until, self.now)

    @property
    def minutes(self) -> int:
        """Minutes that may be written in still."""
        return _minutes(self.closes_at, self.now)


class _Beside(msgspec.Struct, frozen=True):
    pane: Pane
    person: Person
    trust: Trust | None
    cart: Cart
    replies: list[Canned]
    team: list[Member]
    words: str


async def show(visit: Visit, *, status: int = 200, words: str | None = None, wrong: str = "") -> web.Response:
    """The page of a chat.

    Args:
        visit: With the shopper's id in the address.
        status: The HTTP status.
        words: What stands in the composer; None where nothing was sent.
        wrong: Why it was not sent.
    """
    async with visit.shop.database.connection() as conn:
        chat = await opened(conn, visit, before=whole(visit.request.query.get("before", "")))
        beside = await _beside(conn, visit, chat, words)
        await opening.look(conn, psid=chat.standing.psid, at=clock.now())
        version = version_of(await thread.pulse(conn, psid=chat.standing.psid), beside.pane)
    return await visit.page(
        "inbox.html",
        status=status,
        chat=chat,
        pane=beside.pane,
        views=VIEWS,
        beside=beside,
        wordings=wordings,
        wrong=wrong,
        typed_key=clock.token(),
        version=version,
        is_live=not visit.request.query.get("before"),
        most=limits.TEXT * 4,
        snoozes=SNOOZES,
    )


async def opened(conn: Connection, visit: Visit, *, before: int = 0) -> Chat:
    """A chat as it is now.

    Args:
        conn: An open connection.
        visit: With the shopper's id in the address.
        before: Of which turn to show what was said before; 0 shows the end.

    Raises:
        NotFound: There is no such chat.
    """
    shopper_id = visit.number("id")
    stands = await opening.standing(conn, shopper_id=min(shopper_id, 2**31 - 1))
    said = await thread.thread(conn, psid=stands.psid, before=before)
    rules = await visit.rules(conn)
    now = clock.now().astimezone(visit.shop.database.offset)
    until = quiet.ends_at(stands.quiet_since, stands.quiet_reason, rules)
    how = how_to_write(stands, rules, now)
    return Chat(
        standing=stands,
        name=wordings.called(stands.name, stands.shopper_id),
        thread=said,
        lines=tuple(_shown(line) for line in said.lines),
        quiet_until=until if until and until > now else None,
        quiet_why=_WHY_QUIET.get(stands.quiet_reason or "", ""),
        how=how,
        closes_at=_closes_at(stands, how),
        now=now,
        typing=stands.typing if stands.typing_by not in (None, visit.who.id) else "",
    )


def how_to_write(stands: Standing, rules: Rules, now: datetime) -> How:
    """How a person may write to a shopper now.

    Args:
        stands: How the chat stands.
        rules: The rules in force.
        now: The present.
    """
    return window.how_to_send(
        stands.window_expires_at,
        now,
        typed_by_person=True,
        has_template=False,
        wrote_at=stands.heard_at,
        has_human_agent=rules.human_agent,
    )


def version_of(pulse: object, shown: Pane) -> str:
    """A short text that changes whenever what a page shows does.

    Args:
        pulse: Of the chat.
        shown: The list beside it.
    """
    rows = [
        (one.talk.psid, str(one.talk.heard_at), one.talk.is_unread, str(one.talk.waits_since), one.talk.assigned)
        for one in shown.found.rows
    ]
    return blake2b(f"{pulse!r} {rows!r} {shown.waiting}".encode(), digest_size=12).hexdigest()


SNOOZES = {"hour": "for an hour", "evening": "for four hours", "tomorrow": "until tomorrow, 9 AM"}


def snoozed_until(choice: str, now: datetime) -> datetime | None:
    """Until when a choice of `SNOOZES` puts a chat off; None for any other.

    Args:
        choice: Which.
        now: The present, in the shop's zone.
    """
    if choice == "tomorrow":
        return (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    hours = {"hour": 1, "evening": 4}.get(choice)
    return now + timedelta(hours=hours) if hours else None


async def known(conn: Connection, visit: Visit, chat: Chat) -> dict[str, str]:
    """What can be filled into a canned reply for a shopper, by name.

    Args:
        conn: An open connection.
        visit: Of the page.
        chat: The shopper's.
    """
    return {
        "name": chat.standing.name,
        "first_name": chat.standing.name.partition(" ")[0],
        "shop_name": (await visit.rules(conn)).shop_name,
        "order_number": await opening.newest_order(conn, shopper_id=chat.standing.shopper_id),
        "clerk": visit.who.shown_as,
        "today": day(chat.now),
        "time": clock_time(chat.now),
    }


async def _beside(conn: Connection, visit: Visit, chat: Chat, words: str | None) -> _Beside:
    shopper_id = chat.standing.shopper_id
    one = await person(conn, shopper_id=shopper_id)
    return _Beside(
        await pane(conn, visit),
        one,
        await trust_of(conn, shopper_id=shopper_id),
        await cart(conn, shopper_id=shopper_id),
        await canned.found(conn, text="", language=one.shopper.language or "en"),
        [member for member in await members(conn) if member.is_active],
        await _prefilled(conn, visit, chat) if words is None else words,
    )


async def _prefilled(conn: Connection, visit: Visit, chat: Chat) -> str:
    """What the composer holds: a canned reply that was picked, or what failed and is to be sent again."""
    query = visit.request.query
    again = next((shown for shown in chat.lines if shown.line.key == f"said-{whole(query.get('again', ''))}"), None)
    if again is not None:
        return str(again.line.message.get("text", ""))
    if reply_id := whole(query.get("canned", "")):
        reply = await canned.one(conn, reply_id=min(reply_id, 2**31 - 1))
        return canned.filled(reply.words, await known(conn, visit, chat)) if reply else ""
    return ""


def _shown(line: Line) -> Shown:
    waits = line.state == "queued" and line.why
    return Shown(
        line=line,
        tried=Tried(messages=(dict(line.message),)) if line.message else None,
        state=_STATES.get(line.state, ""),
        trouble=failure(line.why) if line.state == "failed" or waits else "",
    )


def _closes_at(stands: Standing, how: How) -> datetime | None:
    if isinstance(how, HumanAgent):
        return (stands.heard_at or clock.now()) + window.BY_PERSON - window.MARGIN
    if isinstance(how, Closed) or stands.window_expires_at is None:
        return None
    return stands.window_expires_at - window.MARGIN


def _minutes(until: datetime | None, now: datetime) -> int:
    return max(0, -int((now - until).total_seconds() // 60)) if until else 0
