"""Orders of the demo shop, made as shoppers and clerks make them, each some hours ago: the desk has something to do."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from repository.aftersales import returning
from repository.aftersales.returning import Picked
from repository.database.connection import Connection, Statement
from repository.database.errors import PromoRefused
from repository.database.inserting import insert_rows
from repository.database.scalars import number
from repository.files import files
from repository.files.pictures import Picture
from repository.orders.addresses import AddressDraft
from repository.orders.history import SHOPPER, WORKER, Actor
from repository.orders.moves import move
from repository.orders.placing import Placed, place
from repository.orders.quotes import Quote, quote
from repository.orders.standing import AHEAD
from repository.payments import ledger
from repository.payments.submitting import submit
from repository.rules import Rules
from repository.workshop.demo import Line, lines

MARK = "demo_orders"
"""The name in `shop_settings` that says that they were made: what was done to them since stays."""
CLERK = Actor("Aling Nena", "admin")
STEPS: Mapping[str, tuple[str, ...]] = {
    "waiting": (),
    "proof": ("proof",),
    "cancelled": ("cancelled",),
    "confirmed": ("confirmed",),
    "processing": ("confirmed", "processing"),
    "shipped": ("confirmed", "processing", "shipped"),
    "delivered": ("confirmed", "processing", "shipped", "delivered"),
    "return": ("confirmed", "processing", "shipped", "delivered", "return"),
}
"""What happens to an order, by what `orders.csv` says is to become of it."""


class Shown(msgspec.Struct, frozen=True):
    """The pictures that shoppers of the demo have sent.

    Attributes:
        proof: Of a payment.
        damage: Of what shall go back.
    """

    proof: Picture
    damage: Picture


async def is_loaded(conn: Connection) -> bool:
    """Whether the orders were made already.

    Args:
        conn: An open connection.
    """
    return bool(await conn.value("SELECT COUNT(*) FROM shop_settings WHERE name = %(name)s", name=MARK))


async def load(conn: Connection, *, psids: Mapping[str, str], shown: Shown, rules: Rules) -> int:
    """Make the orders of `orders.csv`, once, by the functions that make and move every order.

    The session's clock is set to when each step happened; what shoppers were told then counts as sent.

    Args:
        conn: A connection in a transaction, which the caller owns.
        psids: Who the shoppers of `shoppers.csv` are on Messenger, by name; each has said something.
        shown: What they sent.
        rules: The shop's rules.

    Returns:
        How many there are.
    """
    shoppers = {line["name"]: line for line in lines("shoppers")}
    zones = await _ids(conn, "SELECT zone_name, id FROM shipping_zones")
    products = await _ids(conn, "SELECT sku, id FROM products")
    people = await _ids(conn, "SELECT messenger_id, id FROM users WHERE messenger_id IN %(psids)s", psids)
    made = lines("orders")
    try:
        for line in made:
            shopper = shoppers[line["shopper"]]
            history = History(conn, line, people[psids[shopper["name"]]], rules, shown)
            await history.place(shopper, zones[shopper["zone"]], products)
            for step in STEPS[line["fate"]]:
                await history.step(step)
            await history.end()
    finally:
        await conn.run("SET timestamp = DEFAULT")
    await conn.run("INSERT INTO shop_settings (name, value) VALUES (%(name)s, '1')", name=MARK)
    return len(made)


class History:
    """One order from its beginning to where it stands.

    Args:
        conn: A connection in a transaction; its clock is set to when each step happened.
        line: What becomes of the order, as `orders.csv` says it.
        shopper_id: `users.id`.
        rules: The shop's rules.
        shown: What the shopper sends; None where the order needs no pictures.
        pace: Hours between two steps; 0 spreads them over the time since the order was placed.
    """

    def __init__(
        self, conn: Connection, line: Line, shopper_id: int, rules: Rules, shown: Shown | None, *, pace: float = 0
    ) -> None:
        self._conn = conn
        self._line = line
        self._shopper_id = shopper_id
        self._rules = rules
        self._shown = shown
        self._pace = pace
        self._steps = 0
        self._order = Placed(0, "", Decimal(0), needs_verification=False, verification_expires_at=None, already=False)

    async def place(self, shopper: Line, zone_id: int, products: Mapping[str, int]) -> None:
        """Fill the cart and buy what is in it."""
        await self._at(0)
        picked = [item.split(" x ") for item in self._line["items"].split("; ")]
        await self._conn.batch(
            insert_rows(
                "INSERT INTO cart_items (user_id, product_id, quantity)",
                [(self._shopper_id, products[sku], int(pieces)) for sku, pieces in picked],
            )
        )
        method = self._line["method"]
        promo = self._line.get("promo") or ""
        try:
            offer = await self._quote(zone_id, promo)
        except PromoRefused:
            promo, offer = "", await self._quote(zone_id, "")
        self._order = await place(
            self._conn,
            shopper_id=self._shopper_id,
            nonce=f"demo-{self._line['shopper']}-{self._line['hours_ago']}"[:32],
            delivery=AddressDraft(
                recipient_name=shopper["name"],
                phone=shopper["phone"],
                address_line1=shopper["street"],
                barangay=shopper["barangay"],
                city=shopper["city"],
                province=shopper["province"],
                region=shopper["region"],
            ),
            address_id=None,
            zone_id=zone_id,
            payment_method=method,
            promo_code=promo,
            expected_total=offer.total,
            language="fil" if shopper["locale"] == "tl_PH" else "en",
            rules=self._rules,
        )

    async def _quote(self, zone_id: int, promo: str) -> Quote:
        return await quote(
            self._conn,
            shopper_id=self._shopper_id,
            zone_id=zone_id,
            promo_code=promo,
            payment_method=self._line["method"],
            rules=self._rules,
        )

    async def step(self, what: str) -> None:
        """What happened next."""
        self._steps += 1
        await self._at(self._steps)
        if what == "proof":
            await self._prove()
        elif what == "return":
            await self._ask_to_return()
        else:
            await self._move(what)

    async def end(self) -> None:
        """What was to be done for it then is done; only an order that still waits is left to the workers."""
        values = {"id": self._order.order_id}
        told = Statement(
            "UPDATE notification_queue SET status = 'sent', attempts = 1, sent_at = created_at"
            " WHERE order_id = %(id)s AND status = 'pending'",
            values,
        )
        worked = Statement(
            "UPDATE order_processing_queue SET status = 'completed', processing_started_at = created_at,"
            " completed_at = created_at WHERE order_id = %(id)s AND status = 'pending'",
            values,
        )
        await self._conn.batch(told, *([worked] if self._line["fate"] not in ("waiting", "proof") else []))

    async def _at(self, step: int) -> None:
        """Set the session's clock: the steps are spread over the time since the order was placed."""
        ago = float(self._line["hours_ago"])
        hours = ago - step * (self._pace or ago / (len(STEPS[self._line["fate"]]) + 1))
        await self._conn.run("SET timestamp = UNIX_TIMESTAMP(SYSDATE()) - %(seconds)s", seconds=round(hours * 3600))

    async def _move(self, to: str) -> None:
        order_id, method, detail = self._order.order_id, self._line["method"], self._line["detail"]
        if to == "confirmed" and method in AHEAD:
            await ledger.record(
                self._conn, order_id=order_id, kind="payment", amount=self._order.total, method=method, actor=CLERK
            )
        courier, _, tracking = detail.rpartition(" ") if self._line["fate"] == "shipped" else ("LBC", "", "")
        await move(
            self._conn,
            order_id=order_id,
            to=to,
            actor={"confirmed": WORKER, "cancelled": SHOPPER}.get(to, CLERK),
            rules=self._rules,
            reason=detail if to == "cancelled" else "",
            courier=courier if to == "shipped" else "",
            tracking=tracking,
        )

    async def _prove(self) -> None:
        assert self._shown is not None, "an order with a proof is made with its picture"
        await submit(
            self._conn,
            shopper_id=self._shopper_id,
            order_id=self._order.order_id,
            kind="payment",
            rules=self._rules,
            reference=self._line["detail"],
            file_id=await files.keep(self._conn, purpose="proof", picture=self._shown.proof),
        )

    async def _ask_to_return(self) -> None:
        assert self._shown is not None, "a return is made with its picture"
        item_id = await self._conn.value(
            "SELECT MIN(id) FROM order_items WHERE order_id = %(id)s", id=self._order.order_id
        )
        await returning.request(
            self._conn,
            shopper_id=self._shopper_id,
            order_id=self._order.order_id,
            picked=(Picked(number(item_id), 1),),
            reason=self._line["detail"],
            file_ids=(await files.keep(self._conn, purpose="return", picture=self._shown.damage),),
            days=self._rules.return_days,
        )


async def _ids(conn: Connection, sql: str, psids: Mapping[str, str] | None = None) -> dict[str, int]:
    rows = await conn.run(sql, psids=sorted((psids or {}).values()) or None)
    return {str(name): number(found) for name, found in rows.rows}
