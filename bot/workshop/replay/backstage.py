"""What a conversation needs behind the scenes: work, faults, time that passes, clerks, and looks into the database."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from bot.base import clock
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.replay.breaking import Breaking
from bot.workshop.stage import Stage
from handlers.jobs.posts.commenting import Commenting
from handlers.jobs.workers import NEVER, Workers
from handlers.transcripts import passing
from handlers.transcripts.form import BREAKS, FAULTS, HIDDEN, Fact
from repository.catalogue import product_edits
from repository.catalogue.finding.standing import CatalogueUnread
from repository.database.connection import Database
from repository.database.errors import ProcedureRefused, ShopError
from repository.orders import moves
from repository.orders.history import Actor
from repository.staff.by import By
from repository.stock import moving
from repository.stock.moving import Item
from repository.work import jobs
from repository.workshop.replay import facts, seen
from repository.workshop.replay.seen import Seen

CLERK = "clerk"
"""Who acts for the shop in a transcript: `clerk > ship {order 1}`."""
_MOVES: Mapping[str, str] = {
    "confirm": "confirmed",
    "prepare": "processing",
    "ship": "shipped",
    "deliver": "delivered",
    "return": "returned",
    "cancel": "cancelled",
}


_SETS = ("price", "stock")


class NotDone(Exception):
    """Something in the transcript could not be done; the text says what and why."""


class Backstage:
    """Behind the scenes of one shop.

    Args:
        stage: The running shop.
        database: The shop's database, by an account that may do everything.
        breaking: Breaks the shop itself.
        fed: Set once something waits in a queue.
        locale: The shoppers', as Facebook spells it.
    """

    def __init__(self, stage: Stage, database: Database, breaking: Breaking, fed: asyncio.Event, locale: str) -> None:
        self._stage = stage
        self._database = database
        self._breaking = breaking
        self._fed = fed
        self._locale = locale
        self._workers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake, sweep_every=NEVER)
        self._comments = len(stage.emulator.facebook.wall.comments)
        self._commenting = Commenting(stage.parts.shop, stage.parts.ways, settles=0)
        self._sweepers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake, sweep_every=0)

    def meet(self, name: str) -> Shopper:
        """Somebody new."""
        shopper = Shopper(
            self._stage.emulator,
            "Somebody" if name == HIDDEN else name,
            locale=self._locale,
            idle=self._stage.parts.answered,
        )
        shopper.person.hides_profile = name == HIDDEN
        return shopper

    async def arm(self, fault: str, times: int) -> None:
        """Let something go wrong, by the name that a transcript has for it."""
        await self.known()
        if fault in BREAKS:
            await self._breaking.arm(fault, times)
        else:
            self._stage.emulator.faults.arm(FAULTS[fault], times=times)

    async def through(self, doing: Awaitable[None]) -> None:
        """Let something be done while something goes wrong, and wait until what was broken is whole again."""
        company = self._stage.emulator.courier.company
        hurrying = asyncio.create_task(self._breaking.hurry())
        patience, company.patience = company.patience, 0.0  # a message in doubt waits for its echo
        try:
            with self._stage.parts.outbox.marks.hurried():
                await doing
                await self._breaking.mended()
                await self._stage.parts.idle()
        finally:
            company.patience = patience
            hurrying.cancel()

    async def known(self) -> None:
        """Let the shop hear at once of its messages, and the table of what was sent."""
        courier, marks = self._stage.emulator.courier, self._stage.parts.outbox.marks
        await marks.write_now()
        with marks.hurried():
            courier.company.release()
            await courier.idle()
        await marks.write_now()

    async def work(self) -> None:
        """Do what the shop does in the background."""
        while self._fed.is_set():
            self._fed.clear()
            await self._workers.run_due()
        if len(self._stage.emulator.facebook.wall.comments) > self._comments:
            await self._commenting.run_due()

    async def pass_time(self, text: str) -> None:
        """Let time pass for the program, its database and Facebook, and do what it brings.

        Raises:
            NotDone: It would run backwards, or too far.
        """
        await self.known()
        try:
            clock.move(passing.moment(text, self.now()))
        except ValueError as error:
            raise NotDone(f"@ {text}: {error}.") from error
        await self._sweepers.run_due()

    def now(self) -> datetime:
        """What time it is in the shop."""
        return clock.now().astimezone(self._database.offset)

    async def know(self, fact: str, *, psid: str, of: str = "", since: datetime) -> str:
        """What is so now of a fact, as `repository/workshop/replay/facts.py` says it."""
        async with self._database.connection() as conn:
            return await facts.fact(conn, fact, facts.Asked(psid=psid, of=of, since=since))

    async def said(self, *, psid: str, since: datetime) -> list[tuple[str, object]]:
        """The replies of a shopper's turns since then, each by its name and its facts."""
        async with self._database.connection() as conn:
            return await facts.said(conn, facts.Asked(psid=psid, since=since))

    async def look(self, *, psid: str, since: int) -> Seen:
        """What there is to see of a shopper.

        Args:
            psid: Who.
            since: The newest turn at the last look.
        """
        async with self._database.connection() as conn:
            return await seen.seen(conn, psid=psid, since=since)

    async def ask(self, fact: Fact, filled: Callable[[str], str], *, psid: str, since: datetime) -> str:
        """What is so now of a line with `=`, its place-holders filled."""
        return await self.know(fact.name, psid=psid, of=filled(fact.of), since=since)

    async def clerk(self, did: str) -> None:
        """Let a clerk do something to an order, or to what is on the shelf.

        Raises:
            NotDone: There is no such order or product, or it cannot be done with it.
        """
        verb, _, rest = did.partition(" ")
        if verb in _SETS:
            await self._set(verb, rest)
            return
        number, _, reason = rest.partition(":")
        to = _MOVES.get(verb)
        if to is None:
            raise NotDone(
                f"A clerk can {', '.join(_MOVES)} an order, as in “ship {{order 1}}”, set a price, as in “price Blue"
                f" mug: 99”, or a stock, as in “stock Blue mug: 5”, and not {did!r}."
            )
        async with self._database.connection() as conn:
            order_id = await facts.order_id(conn, number.strip())
        if order_id is None:
            raise NotDone(f"There is no order {number.strip()!r}.")
        try:
            async with self._database.transaction() as conn:
                await moves.move(
                    conn,
                    order_id=order_id,
                    to=to,
                    actor=Actor("A clerk", "admin"),
                    rules=await self._stage.parts.shop.rules(conn, (await jobs.due(conn)).rules_version),
                    reason=reason.strip(),
                )
        except (ShopError, ProcedureRefused) as error:
            raise NotDone(f"The clerk could not {did}: {type(error).__name__} {error}".rstrip() + ".") from error

    async def _set(self, what: str, said: str) -> None:
        named, _, amount = said.rpartition(":")
        try:
            value = Decimal(amount.strip())
        except InvalidOperation as error:
            raise NotDone(f"{amount.strip()!r} is no {what}.") from error
        try:
            async with self._database.transaction() as conn:
                found = await facts.shelf(conn, named.strip())
                if found is None:
                    raise NotDone(f"There is nothing called {named.strip()!r} on the shelf.")
                if what == "price":
                    was, of = found.price, found.product_id
                    await product_edits.set_price(conn, product_id=of, was=was, price=value, by=By())
                else:
                    item = Item(found.product_id, found.variant_id)
                    await moving.set_left(conn, item=item, left=int(value), was=found.left, by=By())
        except ShopError as error:
            raise NotDone(f"The clerk could not set the {what} of {named}: {error}") from error


async def learn_posts(stage: Stage) -> None:
    """Learn what posts say, once for all conversations, as soon as the shop knows its goods.

    Args:
        stage: The running shop.
    """
    learning = Commenting(stage.parts.shop, stage.parts.ways)
    try:
        await learning.run_due()
    except CatalogueUnread as unread:
        await unread.read.wait()
        await learning.run_due()
    finally:
        await learning.stop()
