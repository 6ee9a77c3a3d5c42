"""Orders that wait for a proof, and what is sent for them, for tests."""

from decimal import Decimal

from bot.base import clock
from bot.base.sealing import keys_of
from bot.base.settings import DatabaseSettings
from repository.database.connection import Database
from repository.files import files
from repository.files.pictures import prepare
from repository.payments import proofs
from repository.payments.awaiting import Kind
from repository.payments.proofs import Awaiting, Reviewed, Settled, Submitted
from repository.rules import Rules
from repository.staff.by import By
from tests.conftest import MANILA
from tests.support.keeper import Keeper
from tests.support.pictures import receipt

KEYS = keys_of("a key of the tests that nobody else has: 41")
CAREFUL = Rules(verification_orders=3)


class Prover(Keeper):
    """A shop where orders wait for proofs."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._nonces = 0
        self._ana = 0
        self._zone = 0
        self._mug = 0
        self.rules = CAREFUL

    @classmethod
    def on(cls, schema: DatabaseSettings) -> "Prover":
        """A shop with keys."""
        return cls(Database(schema, MANILA, keys=KEYS))

    async def ana(self) -> int:
        """Ana, who orders mugs."""
        if not self._ana:
            self._ana, self._zone, self._mug = (
                await self.shopper(),
                await self.zone(per_kg="0"),
                await self.stocks("Mug", left=99),
            )
        return self._ana

    async def ordered(self, payment: str = "gcash", *, by: int = 0, rules: Rules | None = None) -> int:
        """An order of a mug for ₱180, Ana's unless told otherwise."""
        shopper_id = by or await self.ana()
        await self.ana()
        self._nonces += 1
        await self.puts(shopper_id, self._mug)
        placed = await self.orders(
            shopper_id, self._zone, payment=payment, nonce=f"nonce {self._nonces}", rules=rules or self.rules
        )
        return placed.order_id

    async def sent(self, number: int = 1, *, purpose: files.Purpose = "proof") -> int:
        """A picture that was sent."""
        async with self.database.transaction() as conn:
            return await files.keep(conn, purpose=purpose, picture=prepare(receipt(number)), delete_after=clock.now())

    async def proves(
        self,
        order_id: int,
        kind: Kind = "payment",
        *,
        by: int = 0,
        reference: str = "",
        file: int | None = None,
        selfie: int | None = None,
        amount: str = "",
    ) -> Submitted:
        """The shopper sends a proof."""
        async with self.database.transaction() as conn:
            return await proofs.submit(
                conn,
                shopper_id=by or await self.ana(),
                order_id=order_id,
                kind=kind,
                rules=self.rules,
                reference=reference,
                file_id=file,
                selfie_file_id=selfie,
                amount=Decimal(amount) if amount else None,
            )

    async def awaiting(self) -> tuple[Awaiting, ...]:
        """What Ana can prove."""
        async with self.database.connection() as conn:
            return await proofs.awaiting(conn, shopper_id=await self.ana(), rules=self.rules)

    async def reviews(self, proof_id: int, accepted: bool, *, reason: str = "", note: str = "") -> Reviewed:
        """A clerk decides."""
        async with self.database.transaction() as conn:
            return await proofs.review(conn, proof_id=proof_id, accepted=accepted, by=By(), reason=reason, note=note)

    async def settles(self, order_id: int, *, at_once: bool = True) -> tuple[Settled, ...]:
        """The worker comes by, after the ten seconds unless told otherwise."""
        if at_once:
            await self.run(
                "UPDATE order_proofs SET effective_at = NOW(3) WHERE order_id = %(id)s AND effective_at IS NOT NULL",
                id=order_id,
            )
        async with self.database.transaction() as conn:
            return await proofs.settle(conn, order_id=order_id, rules=self.rules)

    async def passes(self, order_id: int, minutes: int) -> None:
        """Time passes for one order."""
        for table, column, key in (
            ("orders", "created_at", "id"),
            ("orders", "verification_expires_at", "id"),
            ("order_verifications", "submitted_at", "order_id"),
            ("order_verifications", "expires_at", "order_id"),
            ("inventory_reservations", "expires_at", "order_id"),
        ):
            await self.run(
                f"UPDATE {table} SET {column} = {column} - INTERVAL %(minutes)s MINUTE WHERE {key} = %(id)s",
                minutes=minutes,
                id=order_id,
            )

    async def sweeps(self) -> None:
        """What ran out of time is cancelled."""
        async with self.database.connection() as conn:
            await conn.sets("CALL sp_cleanup_expired_reservations()")

    async def status(self, order_id: int) -> object:
        """Where an order is, its verification and its money."""
        return await self.look(
            "SELECT order_status, verification_status, payment_status FROM orders WHERE id = %(id)s", id=order_id
        )
