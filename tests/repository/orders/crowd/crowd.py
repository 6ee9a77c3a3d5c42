"""Shoppers who pay, prove and cancel, clerks who decide, and workers, all at the same fifty orders, while some die."""

import asyncio
import random
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from handlers.jobs.workers import Workers
from repository import rules
from repository.database.connection import Connection, Database
from repository.database.errors import DatabaseError, ShopError
from repository.orders import placed_orders
from repository.orders.moves import Actor, move
from repository.payments import ledger
from repository.payments.reviewing import review, undo_review
from repository.payments.submitting import submit
from repository.rules import Rules
from repository.staff.by import By
from tests.handlers.jobs.crew import Crew
from tests.support.keeper import Keeper

ROOT = Path(__file__).resolve().parents[4]
ORDERS, SHOPPERS = 50, 32
RULES = Rules(verification_orders=0, open_orders_most=1000, cancellations_most=1000)
STOCK, PIECES = 200, 2
ON_THE_WAY = ("confirmed", "processing", "shipped", "delivered")
EVERYDAY = (
    "prove", "shopper_cancels", "accept", "reject", "mark_paid", "carries_on", "clerk_cancels", "take_back", "refund",
)  # fmt: skip
"""What a crowd must have done, each of it, before it is enough."""
FATES = ("shopper_cancels", "clerk_cancels", "late", "take_back", "take_back", *5 * ("deliver",))
"""What becomes of the orders in the end, so that everything that may happen does; how, is chance."""


class Crowd:
    """Whoever is at the orders.

    Attributes:
        done: How often each act was done.
        refused: How often each act was refused by the shop.
        kills: How many connections and workers were killed.
        ended: How many processes the operating system has ended in the middle of their work.
    """

    def __init__(self, keeper: Keeper, *, seed: int = 1) -> None:
        self._keeper = keeper
        self._database = keeper.database
        self._chance = random.Random(seed)
        self._orders: list[tuple[int, int]] = []
        self._fates: dict[int, str] = {}
        self._clerks: list[Actor] = []
        self._over = asyncio.Event()
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.kills = 0
        self.ended = 0

    async def opens(self) -> None:
        """Let the shoppers place the orders: half of them paid ahead, some with a down payment."""
        # They all live at one door, where parcels come back: that makes nobody wait here.
        async with self._database.transaction() as conn:
            for name in ("risk_tap_from", "risk_person_from"):
                await rules.change(conn, name=name, value=1000, admin_id=None)
        zone = await self._keeper.zone(base="0.00", per_kg="0.00")
        shoppers = [await self._keeper.shopper(f"Shopper {number}") for number in range(SHOPPERS)]
        mugs = [await self._keeper.stocks(f"Mug {number}", left=STOCK, weight="0") for number in range(3)]
        for number in range(ORDERS):
            shopper = shoppers[number % SHOPPERS]
            await self._keeper.puts(shopper, mugs[number % 3], PIECES)
            await self._keeper.puts(shopper, mugs[(number + 1) % 3], PIECES)
            payment = ("gcash", "cod", "bank_transfer", "cod")[number % 4]
            asked = RULES if number % 4 < 3 else Rules(verification_orders=0, down_payment_percent=50,
                                                       down_payment_from=Decimal(0))  # fmt: skip
            placed = await self._keeper.orders(shopper, zone, nonce=f"n{number}", payment=payment, rules=asked)
            self._orders.append((shopper, placed.order_id))
            self._fates[placed.order_id] = FATES[number % len(FATES)]
        for name in ("Nena", "Ben", "Rosa", "Mila"):
            admin = await self._keeper.insert("admin_users", username=name, email=name, password_hash="")
            self._clerks.append(Actor(name, "admin", admin))

    async def works(self, *, kills: int, ended: int = 0) -> None:
        """Work at the orders until each has come to its end, everything was done, and so many were killed.

        Args:
            kills: Connections and workers that must have been killed, at least.
            ended: Processes that the operating system must have ended, at least; two at a time where there are any.
        """
        people = [self._acts(self._shopper_acts(), number, pause=0.5) for number in range(SHOPPERS)]
        for number, clerk in enumerate(self._clerks, SHOPPERS):
            people.append(self._acts(self._clerk_acts(clerk), number, pause=0.02))
        others = [self._time_passes(), self._crew(), self._crew(), self._kill()]
        others += [self._processes(), self._processes()] if ended else []
        tasks = [asyncio.create_task(each) for each in (*people, *others)]
        while await self._goes_on(kills, ended):
            await asyncio.sleep(0.1)
            for task in tasks:
                if task.done():
                    task.result()
        self._over.set()
        await asyncio.gather(*tasks)

    async def ends(self) -> None:
        """Let time pass until nothing is due any more."""
        crew = Crew(self._database)
        waiting = "SELECT COUNT(*) FROM order_processing_queue WHERE status IN ('pending', 'retry', 'processing')"
        while await self._keeper.look(waiting):
            await self._pass_time()
            await crew.work()
        await crew.work()

    async def _goes_on(self, kills: int, ended: int) -> bool:
        if self.kills < kills or self.ended < ended or not all(self.done[act] for act in EVERYDAY):
            return True
        statuses: dict[int, str] = {}
        with suppress(DatabaseError):
            async with self._database.connection() as conn:
                rows = (await conn.run("SELECT id, order_status FROM orders")).rows
                statuses = {int(str(order_id)): str(status) for order_id, status in rows}
        return not all(self._is_over(order_id, statuses.get(order_id, "")) for _, order_id in self._orders)

    def _is_over(self, order_id: int, status: str) -> bool:
        ends = {"deliver": "delivered", "take_back": "returned"}
        return status == ends.get(self._fates[order_id], "cancelled")

    def _one_of(self, *fates: str) -> tuple[int, int]:
        """An order with one of these fates, and its shopper."""
        return self._chance.choice([each for each in self._orders if self._fates[each[1]] in fates])

    async def _acts(
        self, acts: dict[str, Callable[[Connection], Awaitable[object]]], seed: int, *, pause: float
    ) -> None:
        chance = random.Random(seed)
        while not self._over.is_set():
            name = chance.choice([*acts, *3 * ["carries_on"]] if "carries_on" in acts else [*acts])
            try:
                done = await self._database.retry(acts[name])
                if done is not None and not getattr(done, "already", False):
                    self.done[name] += 1
            except ShopError:
                self.refused[name] += 1
            except DatabaseError:
                self.refused["lost"] += 1
            await asyncio.sleep(chance.random() * pause)

    def _shopper_acts(self) -> dict[str, Callable[[Connection], Awaitable[object]]]:
        async def prove(conn: Connection) -> object:
            shopper, order_id = self._one_of(*({*FATES} - {"late"}))
            reference = f"{self._chance.randrange(10**13):013}"
            return await submit(
                conn, shopper_id=shopper, order_id=order_id, kind="payment", rules=RULES, reference=reference
            )

        async def shopper_cancels(conn: Connection) -> object:
            shopper, order_id = self._one_of("shopper_cancels")
            if self._chance.random() < 0.7:
                return None
            return await placed_orders.cancel(conn, shopper_id=shopper, order_id=order_id, reason="Changed my mind")

        return {"prove": prove, "shopper_cancels": shopper_cancels}

    def _clerk_acts(self, clerk: Actor) -> dict[str, Callable[[Connection], Awaitable[object]]]:
        async def opened(conn: Connection, *fates: str) -> tuple[int, str, int]:
            _, order_id = self._one_of(*(fates or FATES))
            row = await conn.run("SELECT order_status, version FROM orders WHERE id = %(id)s", id=order_id)
            return order_id, str(row.rows[0][0]), int(str(row.rows[0][1]))

        async def decide(conn: Connection, *, accepted: bool) -> object:
            proof = await conn.value("SELECT id FROM order_proofs WHERE status = 'waiting' ORDER BY RAND() LIMIT 1")
            if proof is None:
                return None
            decided = await review(conn, proof_id=int(str(proof)), accepted=accepted, by=By(clerk.admin_id))
            if self._chance.random() < 0.1:
                await undo_review(conn, proof_id=decided.proof_id)
            return decided

        async def accept(conn: Connection) -> object:
            return await decide(conn, accepted=True)

        async def reject(conn: Connection) -> object:
            return await decide(conn, accepted=False)

        async def mark_paid(conn: Connection) -> object:
            order_id, status, _ = await opened(conn, *({*FATES} - {"late"}))
            money = await ledger.money_of(conn, order_id=order_id)
            if not money.balance or status == "delivered" or self._chance.random() < 0.7:
                return None
            return await ledger.record(
                conn, order_id=order_id, kind="payment", amount=money.balance, method="gcash", actor=clerk
            )

        async def carries_on(conn: Connection) -> object:
            order_id, status, version = await opened(conn, "deliver", "take_back", "clerk_cancels")
            most = ON_THE_WAY[1] if self._fates[order_id] == "clerk_cancels" else ON_THE_WAY[-1]
            if status not in ("pending", *ON_THE_WAY[: ON_THE_WAY.index(most)]):
                return None
            to = "confirmed" if status == "pending" else ON_THE_WAY[ON_THE_WAY.index(status) + 1]
            return await move(
                conn, order_id=order_id, to=to, actor=clerk, rules=RULES, opened=version, courier="LBC", tracking="1"
            )

        async def clerk_cancels(conn: Connection) -> object:
            order_id, _, version = await opened(conn, "clerk_cancels")
            if self._chance.random() < 0.5:
                return None
            return await move(
                conn, order_id=order_id, to="cancelled", actor=clerk, rules=RULES, opened=version, reason="Broken"
            )

        async def take_back(conn: Connection) -> object:
            order_id, _, version = await opened(conn, "take_back")
            return await move(conn, order_id=order_id, to="returned", actor=clerk, rules=RULES, opened=version)

        async def refund(conn: Connection) -> object:
            order_id, _, _ = await opened(conn)
            amount = await ledger.refundable(conn, order_id=order_id)
            if not amount:
                return None
            return await ledger.record(
                conn, order_id=order_id, kind="refund", amount=amount, method="gcash", actor=clerk
            )

        return {
            "accept": accept, "reject": reject, "mark_paid": mark_paid, "carries_on": carries_on,
            "clerk_cancels": clerk_cancels, "take_back": take_back, "refund": refund,
        }  # fmt: skip

    async def _crew(self) -> None:
        """Workers, who die in the middle of their work now and then and are followed by others."""
        while not self._over.is_set():
            crew: Workers = Crew(self._database).workers
            task = asyncio.create_task(crew.run_due())
            if self._chance.random() < 0.1:
                await asyncio.sleep(self._chance.random() * 0.01)
                if task.cancel():
                    self.kills += 1
            with suppress(asyncio.CancelledError, DatabaseError):
                await task
            await asyncio.sleep(0.01)

    async def _processes(self) -> None:
        """Workers in processes of their own, each ended by the operating system a moment after it began."""
        minutes = str(round((self._database.offset.utcoffset(None) or timedelta()).total_seconds() / 60))
        settings = msgspec.json.encode(self._database.settings).decode()
        while not self._over.is_set():
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.repository.orders.crowd.worker", settings, minutes),
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
            )
            assert process.stdout is not None
            assert await process.stdout.readline() == b"begins\n"
            await asyncio.sleep(self._chance.random())
            process.kill()
            self.ended += await process.wait() == -signal.SIGKILL

    async def _time_passes(self) -> None:
        while not self._over.is_set():
            with suppress(DatabaseError):
                await self._pass_time()
            await asyncio.sleep(0.05)

    async def _pass_time(self) -> None:
        """Reviews can no longer be undone, what is queued is due, dead workers' claims are free, some time runs out."""
        await self._keeper.run(
            "UPDATE order_proofs SET effective_at = NOW(3) WHERE effective_at > NOW(3) AND settled_at IS NULL"
        )
        await self._keeper.run("UPDATE order_processing_queue SET scheduled_at = NOW() WHERE scheduled_at > NOW()")
        await self._keeper.run(
            "UPDATE order_processing_queue SET processing_started_at = NOW() - INTERVAL 5 MINUTE"
            " WHERE status = 'processing'"
        )
        if self._chance.random() < 0.2:
            await self._keeper.run(
                "UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND WHERE status = 'reserved'"
                " AND order_id = %(id)s",
                id=self._one_of("late")[1],
            )

    async def _kill(self) -> None:
        """Kill connections of everybody."""
        killer = Database(self._database.settings, self._database.offset, most=1)
        while not self._over.is_set():
            await asyncio.sleep(0.05)
            with suppress(DatabaseError):
                async with killer.connection() as conn:
                    row = await conn.run(
                        "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
                    )
                    if row.rows:
                        await conn.run("KILL CONNECTION %(id)s", id=self._chance.choice(row.rows)[0])
                        self.kills += 1
        await killer.close()
