"""What the emulated Facebook knows: the page, the people, what was said, what is to go wrong."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from bot.base import clock
from bot.messenger.bubbles import Bubble
from bot.workshop.emulator import events
from bot.workshop.emulator.answers import Json, Refusal, usage_headers
from bot.workshop.emulator.app import SCOPES, App
from bot.workshop.emulator.circles import CIRCLING, Circles
from bot.workshop.emulator.clock import VirtualClock
from bot.workshop.emulator.comments import Wall
from bot.workshop.emulator.company import Delivery
from bot.workshop.emulator.courier import Courier
from bot.workshop.emulator.faults import Faults
from bot.workshop.emulator.feed import Feed
from bot.workshop.emulator.files import Files
from bot.workshop.emulator.journal import Journal, Record
from bot.workshop.emulator.people import Item, People, Person, Refused, Said, Sent
from bot.workshop.emulator.profile import Profile
from bot.workshop.emulator.receipts import Receipts
from bot.workshop.emulator.simulator.behind import Behind

Review = Literal["approve", "reject", "later"]
"""What Meta's reviewers make of a utility template."""


class Facebook:
    """One page on one Messenger, with everybody who chats with it.

    Args:
        app: The page and its app.
        now: Where the time comes from; must return aware datetimes.
        seed: Decides which sends a fault with a chance below 1 meets.

    Attributes:
        pages: This page and the others of the same person and app, in the order in which they were made.
    """

    def __init__(self, app: App, now: Callable[[], datetime], seed: int) -> None:
        self.app = app
        self.pages: list[Facebook] = [self]
        self.time = VirtualClock(now)
        self.people = People()
        self.feed = Feed()
        self.faults = Faults(seed, lambda: self.feed.tell("faults", ""))
        self.files = Files()
        self.profile = Profile()
        self.courier = Courier(app, self.time, self.faults, self._delivery)
        self.receipts = Receipts()
        self.answer_headers = usage_headers(app.page_id, 1)
        self.closing = asyncio.Event()
        self.profile_calls: dict[str, deque[int]] = {}
        self.personas: dict[str, Json] = {}
        self.wall = Wall()
        self.tickets: dict[str, tuple[str, int]] = {}
        self.order_numbers: set[str] = set()
        self.labels: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.templates: dict[tuple[str, str], Json] = {}
        self.review: Review = "approve"
        self.subscribed: tuple[str, ...] = ()
        self.callback = ""
        self.callback_fields: tuple[str, ...] = ()
        self.requires_proof = False
        self.dead_token: int | None = None
        self.dead_person: int | None = None
        self.scopes: tuple[str, ...] = SCOPES
        self.base_url = ""
        self.behind: Behind | None = None
        self.journal: Journal | None = None
        self.sends = 0
        self._circles = Circles()
        self._run = clock.token(48)
        self.last_number = 0
        self._last_psid = 2_000_000_000_000_000 + int.from_bytes(self._run[:6].encode()) * 20

    def forgets_business(self) -> None:
        """Nothing is left of what the page did with anybody: receipts, tickets, labels, comments, faults."""
        for kept in (self.order_numbers, self.tickets, self.labels, self.wall.comments):
            kept.clear()
        self.faults.clear()

    def new_psid(self) -> str:
        """A PSID that nobody has, 16 digits as Facebook's are, not the same in two runs of the program."""
        self._last_psid += 97_003
        return str(self._last_psid)

    def new_mid(self) -> str:
        """A message id that was never used, by an earlier run of the program neither."""
        return f"m_{self._run}{self.number():012x}"

    def meet(self, name: str, locale: str = "en_US", *, psid: str = "") -> Person:
        """Let somebody open an account.

        Args:
            name: First and last name.
            locale: As Facebook spells it, such as `en_US` or `tl_PH`.
            psid: The PSID; empty for a new one.
        """
        person = self.people.add(psid or self.new_psid(), name, locale)
        self._write(Record(met=(person.psid, name, locale)))
        self.feed.tell("people", person.psid)
        return person

    def forget(self, person: Person) -> None:
        """Let somebody's account be gone, with all that was said."""
        self.people.remove(person.psid)
        self._write(Record(gone=person.psid))
        self.feed.tell("people", person.psid)

    def advance(self, hours: float) -> None:
        """Move the time on for everybody, and tell whoever watches."""
        self.time.advance(hours=hours)
        self._write(Record(ahead=hours))
        self.feed.tell("time", "")

    def profiled(self, properties: Json) -> None:
        """The page's profile is now this."""
        self.profile.properties = properties
        self._write(Record(profile=properties))
        self.feed.tell("profile", "")

    def subscribes(self, fields: tuple[str, ...]) -> None:
        """The bot's app is subscribed to these fields of the page from now on, and is told of nothing else.

        Until it has chosen once, it is told of everything: whoever tries a bot out need not subscribe it first.

        Args:
            fields: The webhook fields; none where it unsubscribes.
        """
        self.subscribed = fields
        self.courier.fields = frozenset(fields)
        self._write(Record(subscribed=fields))

    def attach(self, url: str) -> str:
        """An attachment id for an address."""
        number = self.files.attach(url)
        self._write(Record(attached=(number, url)))
        return number

    def serves(self, content: bytes, content_type: str = "") -> str:
        """Keep a file, and give the address where the bot can fetch it."""
        name = self.files.keep(content, content_type)
        if self.journal:
            self.journal.keep(name, content)
            self._write(Record(file=(name, self.files.type_of(name))))
        return f"{self.base_url}/files/{name}"

    def hear(self, person: Person, item: Item) -> None:
        """Put a line into a conversation and tell whoever watches."""
        person.add(item)
        if self.journal:
            self._write(Record(psid=person.psid, item=item))
        if self.feed.watched:
            self.feed.tell("item", person.psid, item=item)

    def change(self, person: Person, item: Item) -> None:
        """Put a line in the place of the one with its number, and tell whoever watches."""
        person.change(item)
        self._write(Record(psid=person.psid, item=item))
        self.feed.tell("changed", person.psid, item=item)

    def number(self) -> int:
        """The next place in the order of all lines."""
        self.last_number += 1
        return self.last_number

    def said(
        self, person: Person, mid: str, text: str = "", *, pictures: tuple[str, ...] = (), sticker: int = 0,
        kind: str = "", title: str = "", reply_to: str = "",
    ) -> Said:  # fmt: skip
        """Write down what a person did, and open the window."""
        at = self.time.now_ms()
        person.acts(at)
        item = Said(
            number=self.number(), mid=mid, at=at, text=text, pictures=pictures, sticker=sticker, kind=kind,
            title=title, reply_to=reply_to,
        )  # fmt: skip
        self.hear(person, item)
        return item

    def sent(self, person: Person, body: bytes, message: Json, *, warnings: tuple[str, ...] = ()) -> Sent:
        """Write down what the bot sent, and let its echo and its receipts follow.

        Args:
            person: To whom.
            body: The whole request, as it is kept.
            message: The message in it.
            warnings: What the request did without.
        """
        at = self.time.now_ms()
        self.sends += 1
        item = Sent(
            number=self.number(),
            psid=person.psid,
            mid=self.new_mid(),
            at=at,
            body=msgspec.Raw(body),
            warnings=warnings,
        )
        self.hear(person, item)
        if b'"receipt"' in body:
            self.knows_receipt(item.bubble)
        if self._circles.notes(person):
            line = Refused(number=self.number(), at=at, code=0, subcode=0, reason=CIRCLING, body=msgspec.Raw(b"{}"))
            self.hear(person, line)
        if person.is_circling:
            return item
        page, psid = self.app.page_id, person.psid
        if self.receipts.echoes:
            self.courier.send(psid, "echo", events.echo(psid, page, at, item.mid, self.app.app_id, message))
        if self.receipts.deliveries:
            person.delivered = at
            self.courier.send(psid, "delivery", events.delivered(psid, page, at, [item.mid]))
        if person.looking:
            self.reads(person)
        if self.feed.watched:
            self.tell_marks(person)
        return item

    def knows_receipt(self, bubble: Bubble) -> None:
        """Remember the order number of a receipt that was sent; none may bear it again ("Receipt Template" page)."""
        payload = bubble.attachment.payload if bubble.attachment else None
        if payload and payload.template_type == "receipt":
            self.order_numbers.add(payload.order_number)

    def reacts(self, person: Person, payload: Json, *, takes_back: bool) -> bool:
        """Let the page react to a message of a chat, or take its reaction back.

        Args:
            person: Whose chat.
            payload: `message_id` and `reaction`, as the Send API has them.
            takes_back: Whether the reaction goes.

        Returns:
            Whether the chat has that message.
        """
        mid = str(payload.get("message_id"))
        if all(getattr(item, "mid", "") != mid for item in person.chat):
            return False
        if takes_back:
            person.reactions.pop(mid, None)
        else:
            person.reactions[mid] = str(payload.get("reaction"))
        self.feed.tell("reaction", person.psid, mid=mid, reaction=person.reactions.get(mid, ""))
        return True

    def reads(self, person: Person) -> None:
        """The person has the conversation before their eyes."""
        if not person.sent or person.sent[-1].at <= person.read:
            return
        person.read = self.time.now_ms()
        if self.receipts.reads:
            self.courier.send(person.psid, "read", events.read(person.psid, self.app.page_id, person.read))
        self.tell_marks(person)

    def refused(self, person: Person, body: bytes, refusal: Refusal) -> None:
        """Write down what Graph refused, for the page to show in red."""
        item = Refused(
            number=self.number(),
            at=self.time.now_ms(),
            code=refusal.code,
            subcode=refusal.subcode,
            reason=refusal.message,
            body=msgspec.Raw(body),
        )
        self.hear(person, item)

    def tell_marks(self, person: Person) -> None:
        """Tell whoever watches how far messages came."""
        self.feed.tell("marks", person.psid, marks=person.marks)

    def _write(self, record: Record) -> None:
        if self.journal:
            self.journal.write(record)

    def _delivery(self, delivery: Delivery) -> None:
        person = self.people.get(delivery.psid)
        if person is not None and delivery.status == 200 and delivery.upto > person.arrived:
            person.arrived = delivery.upto
            self.tell_marks(person)
        if self.feed.watched:
            self.feed.tell("webhook", delivery.psid, delivery=delivery)
