"""Brings webhooks to the bot: signed, in order for each shopper, and again where they were not answered with 200."""

import asyncio
import hashlib
import hmac
from collections import Counter, deque
from collections.abc import Callable, Coroutine

import aiohttp

from bot.base import clock
from bot.workshop.emulator import events
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.app import App
from bot.workshop.emulator.clock import VirtualClock
from bot.workshop.emulator.company import BY_SHOPPER, Company, Delivery, Parcel
from bot.workshop.emulator.faults import Fault, Faults

#: Past this many seconds Facebook gives a webhook up (Meta's "Webhooks" page).
ABORT_S = 20.0
_BODIES_MOST = 1000  # webhooks that are kept to be looked into


class Courier:
    """The webhooks on their way to the bot.

    Args:
        app: Whose secret signs them.
        time: Facebook's time.
        faults: What is to go wrong on the way.
        told: Called with each POST's outcome.

    Attributes:
        most: So many items travel in one webhook.
        company: What waits to travel with what the shopper does next. While a fault is armed nothing does.
    """

    def __init__(self, app: App, time: VirtualClock, faults: Faults, told: Callable[[Delivery], None]) -> None:
        self.url: str | None = None
        self.fields: frozenset[str] | None = None
        self.escaped = True
        self.most = 1
        self.pauses: tuple[float, ...] = (0.05, 0.25, 1.0)
        self.outcomes: deque[Delivery] = deque(maxlen=1000)
        self.bodies: dict[str, bytes] = {}
        self.posted = 0
        self.lost = 0
        self.slowest = 0.0
        self._app = app
        self._time = time
        self._faults = faults
        self._told = told
        self._session: aiohttp.ClientSession | None = None
        self._lanes: dict[str, deque[Parcel]] = {}
        self.company = Company(self._leave)
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: Counter[str] = Counter()
        self._idle: list[asyncio.Future[None]] = []
        self._watching: list[asyncio.Future[Delivery]] = []

    async def start(self) -> None:
        """Get ready to post."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=64),
            timeout=aiohttp.ClientTimeout(total=ABORT_S),
            headers={"User-Agent": "facebookexternalua", "Content-Type": "application/json"},
        )

    async def stop(self) -> None:
        """Drop what is still on its way."""
        self.company.forget()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def send(self, psid: str, kind: str, item: Json, field: events.Field = "messaging") -> Parcel | None:
        """Put an item into its shopper's lane; it leaves at once when nothing is before it.

        Args:
            psid: Whose lane.
            kind: The item's key, or `echo`.
            item: What happened.
            field: The array of the webhook's entry that it belongs into.

        Returns:
            The parcel; None where no bot is connected, it is not subscribed to this, or a fault swallowed it.
        """
        if self.url is None or self._session is None or not self.brings(kind, field):
            return None
        if kind == "echo" and self._faults.loses_echo(psid):
            return None
        parcel = Parcel(psid, kind, item, field)
        if self.company.awaits(parcel) and not self._faults.armed():
            self.company.keep(parcel)
        else:
            self._leave(psid, [*self.company.take(psid), parcel])
        return parcel

    def _leave(self, psid: str, parcels: list[Parcel]) -> None:
        self._open[psid] += len(parcels)
        lane = self._lanes.get(psid)
        if lane is None:
            lane = self._lanes[psid] = deque(parcels)
            self._run(self._drain(psid, lane))
        else:
            lane.extend(parcels)

    def brings(self, kind: str, field: events.Field = "messaging") -> bool:
        """Whether the bot's app is told of a kind of item; of everything until it has chosen its fields.

        Args:
            kind: The item's key, or `echo`.
            field: The array of the webhook's entry that it belongs into.
        """
        if self.fields is None:
            return True
        return events.FIELD_OF.get(kind, kind) in self.fields and (field != "standby" or "standby" in self.fields)

    async def bring(self, psid: str, kind: str, item: Json, field: events.Field = "messaging") -> Delivery | None:
        """Send an item and wait until the bot has answered, or the last try has failed."""
        parcel = self.send(psid, kind, item, field)
        if parcel is None:
            return None
        parcel.answered = asyncio.get_running_loop().create_future()
        return await parcel.answered

    async def outcome(self) -> Delivery:
        """The next answer of the bot to a POST, whichever it is."""
        future: asyncio.Future[Delivery] = asyncio.get_running_loop().create_future()
        self._watching.append(future)
        return await future

    def busy(self, psid: str | None = None) -> bool:
        """Whether anything is on its way, to or about one person or anybody."""
        return bool(self._open[psid]) if psid is not None else self._open.total() > 0

    async def idle(self, psid: str | None = None) -> None:
        """Wait until nothing is on its way."""
        while self.busy(psid):
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._idle.append(future)
            await future

    def signature(self, body: bytes, *, secret: str | None = None) -> dict[str, str]:
        """Both signature headers of a body.

        Args:
            body: The bytes as they are posted.
            secret: Another secret than the app's, for a forgery.
        """
        key = (self._app.app_secret if secret is None else secret).encode()
        return {
            "X-Hub-Signature": f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}",
            "X-Hub-Signature-256": f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}",
        }

    def _run(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, psid: str, lane: deque[Parcel]) -> None:
        try:
            while lane:
                parcels = [lane.popleft() for _ in range(min(self.most, len(lane)))]
                await self._carry(psid, lane, parcels)
        finally:
            del self._lanes[psid]

    async def _carry(self, psid: str, lane: deque[Parcel], parcels: list[Parcel]) -> None:
        """Post some parcels as the next webhook of a lane, with whatever is to go wrong."""
        fault = self._faults.next_webhook(psid)
        if fault is None:
            await self._deliver(parcels)
        elif fault.name == "late":
            self._run(self._deliver_later(parcels, fault))
        elif fault.name == "one_batch":
            await asyncio.sleep(fault.seconds)
            await self._deliver([*parcels, *_all(lane)], fault)
        elif fault.name == "out_of_order":
            await asyncio.sleep(fault.seconds)
            for parcel in reversed([*parcels, *_all(lane)]):
                await self._deliver([parcel], fault)
        elif fault.name == "wrong_signature":
            await self._deliver(parcels, fault, forged=True)
        else:
            await self._post(parcels, 1, fault)
            await self._deliver(parcels, fault)

    async def _deliver_later(self, parcels: list[Parcel], fault: Fault) -> None:
        await asyncio.sleep(fault.seconds)
        await self._deliver(parcels, fault)

    async def _deliver(self, parcels: list[Parcel], fault: Fault | None = None, *, forged: bool = False) -> None:
        """Post until the bot answers 200 or the tries run out, and tell whoever waits for it."""
        attempt = 1
        delivery = await self._post(parcels, attempt, fault, forged=forged)
        while delivery.status != 200 and attempt <= len(self.pauses) and not forged:
            await asyncio.sleep(self.pauses[attempt - 1])
            attempt += 1
            delivery = await self._post(parcels, attempt, fault)
        if delivery.status != 200:
            self.lost += len(parcels)
        for parcel in parcels:
            self._open[parcel.psid] -= 1
            if not self._open[parcel.psid]:
                del self._open[parcel.psid]
            if parcel.answered and not parcel.answered.done():
                parcel.answered.set_result(delivery)
        idle, self._idle = self._idle, []
        for future in idle:
            if not future.done():
                future.set_result(None)

    def _keep(self, parcels: list[Parcel], body: bytes) -> None:
        """Keep the first webhook about each message of a shopper, for whoever looks into it."""
        for parcel in parcels:
            if parcel.kind in BY_SHOPPER and (mid := _mid_of(parcel.item)):
                self.bodies.setdefault(mid, body)
        while len(self.bodies) > _BODIES_MOST:
            del self.bodies[next(iter(self.bodies))]

    async def _post(
        self, parcels: list[Parcel], attempt: int, fault: Fault | None, *, forged: bool = False
    ) -> Delivery:
        assert self._session
        at = self._time.now_ms()
        whole = events.envelope(self._app.page_id, at, [(parcel.field, parcel.item) for parcel in parcels])
        body = events.body_of(whole, escaped=self.escaped)
        self._keep(parcels, body)
        headers = self.signature(body, secret="not the app's secret" if forged else None)
        began = clock.monotonic()
        try:
            async with self._session.post(self.url or "", data=body, headers=headers) as answered:
                status, text = answered.status, (await answered.content.read(200)).decode(errors="replace")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            status, text = 0, type(error).__name__
        delivery = Delivery(
            number=self.posted + 1,
            psid=parcels[0].psid,
            kinds=tuple(parcel.kind for parcel in parcels),
            at=at,
            seconds=clock.monotonic() - began,
            attempt=attempt,
            status=status,
            answer=text,
            upto=max(parcel.at for parcel in parcels),
            fault=fault.name if fault else "",
        )
        self.posted += 1
        self.slowest = max(self.slowest, delivery.seconds)
        self.outcomes.append(delivery)
        self._told(delivery)
        watching, self._watching = self._watching, []
        for future in watching:
            if not future.done():
                future.set_result(delivery)
        return delivery


def _mid_of(item: Json) -> str:
    """What Facebook calls the message that an item is about, empty where it is about none."""
    return next((str(under["mid"]) for under in item.values() if isinstance(under, dict) and "mid" in under), "")


def _all(lane: deque[Parcel]) -> list[Parcel]:
    taken = list(lane)
    lane.clear()
    return taken
