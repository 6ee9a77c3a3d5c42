"""What the emulated Facebook knows: the page, the people, what was said, what is to go wrong."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from itertools import count

import msgspec

from bot import clock
from bot.emulator import events
from bot.emulator.answers import Answer, Json, Refusal, usage_headers
from bot.emulator.app import App
from bot.emulator.clock import VirtualClock
from bot.emulator.courier import Courier, Delivery
from bot.emulator.faults import Faults
from bot.emulator.feed import Feed
from bot.emulator.files import Files
from bot.emulator.people import Item, People, Person, Refused, Said, Sent
from bot.emulator.profile import Profile


class Receipts(msgspec.Struct, kw_only=True):
    """Which webhooks follow a message that the bot sent."""

    echoes: bool = True
    deliveries: bool = True
    reads: bool = True


class Facebook:
    """One page on one Messenger, with everybody who chats with it.

    Args:
        app: The page and its app.
        now: Where the time comes from; must return aware datetimes.
        seed: Decides which sends a fault with a chance below 1 meets.
    """

    def __init__(self, app: App, now: Callable[[], datetime], seed: int) -> None:
        self.app = app
        self.time = VirtualClock(now)
        self.people = People()
        self.faults = Faults(seed)
        self.feed = Feed()
        self.files = Files()
        self.profile = Profile()
        self.courier = Courier(app, self.time, self.faults, self._delivery)
        self.receipts = Receipts()
        self.answer_headers = usage_headers(app.page_id, 1)
        self.closing = asyncio.Event()
        self.sends = 0
        self._run = clock.token(48)
        self._numbers = count(1)
        self._psids = count(1)

    def new_psid(self) -> str:
        """A PSID that nobody has, 16 digits as Facebook's are."""
        while (psid := f"{7_000_000_000_000_000 + next(self._psids) * 97_003:d}") in self.people:
            pass
        return psid

    def new_mid(self) -> str:
        """A message id that was never used, by an earlier run of the program neither."""
        return f"m_{self._run}{next(self._numbers):012x}"

    def hear(self, person: Person, item: Item) -> None:
        """Put a line into a conversation and tell whoever watches."""
        person.add(item)
        if self.feed.watched:
            self.feed.tell("item", person.psid, item=item)

    def number(self) -> int:
        """The next place in the order of all lines."""
        return next(self._numbers)

    def said(
        self, person: Person, mid: str, text: str = "", *, pictures: tuple[str, ...] = (), sticker: int = 0
    ) -> Said:
        """Write down what a person did, and open the window."""
        at = self.time.now_ms()
        person.acts(at)
        item = Said(number=self.number(), mid=mid, at=at, text=text, pictures=pictures, sticker=sticker)
        self.hear(person, item)
        return item

    def sent(self, person: Person, body: bytes, message: Json) -> Sent:
        """Write down what the bot sent, and let its echo and its receipts follow."""
        at = self.time.now_ms()
        self.sends += 1
        item = Sent(number=self.number(), psid=person.psid, mid=self.new_mid(), at=at, body=msgspec.Raw(body))
        self.hear(person, item)
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
        self.feed.tell("marks", person.psid, delivered=person.delivered, read=person.read, seen=person.seen_by_bot)

    def answered(self, answer: Answer) -> Answer:
        """An answer with the usage headers that every answer has."""
        return answer if answer.headers else Answer(answer.body, answer.status, self.answer_headers)

    def _delivery(self, delivery: Delivery) -> None:
        if self.feed.watched:
            self.feed.tell("webhook", delivery.psid, delivery=delivery)
