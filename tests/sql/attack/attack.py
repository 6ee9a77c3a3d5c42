"""Many people at once, doing everything that may be done to few products, in random order."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pymysql

from bot.base.settings import DatabaseSettings
from tests.sql.attack.invariants import broken
from tests.sql.prompt import Row
from tests.sql.shop import Shop

RETRIED = {1020, 1205, 1213, 30009}
LOST = {1053, 1317, 1927, 2003, 2006, 2013, 2055}
EXPECTED = {1451, 3819, 4025}  # what has a history is not deleted; stock is never negative
ATTEMPTS = 8


class Attack:
    """Thirty-two connections against a small shop, until the time is up."""

    def __init__(self, account: DatabaseSettings, seconds: float, *, seed: int = 1, kills: bool = True) -> None:
        self._account = account
        self._until = time.monotonic() + seconds
        self._seed = seed
        self._kills = kills
        self._connections: dict[int, int] = {}
        self.answers: Counter[str] = Counter()
        self.retries: Counter[int] = Counter()
        self.failures: list[str] = []
        self.broken: dict[str, list[Row]] = {}
        shop = Shop(account)
        self.products = [shop.product(random.Random(seed + n).randint(20, 200)) for n in range(6)]
        self.variants = [
            (product, shop.variant(product, 50)) for product in (self.products[0], self.products[3]) for _ in "ab"
        ]
        self.shoppers = [shop.shopper() for _ in range(8)]
        shop.close()

    def run(self, workers: int = 32) -> None:
        """Attack, look meanwhile, and look at the end."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(workers)]
        for thread in threads:
            thread.start()
        if self._kills:
            threading.Thread(target=self._kill).start()
        watcher = Shop(self._account)
        with suppress(pymysql.err.MySQLError, ConnectionError):  # the server may have been killed
            while any(thread.is_alive() for thread in threads) and not self.broken:
                self.broken = broken(watcher)
                threads[0].join(0.2)
        watcher.drop()
        if self.broken:
            self._until = 0
        for thread in threads:
            thread.join()

    def _kill(self) -> None:
        chance = random.Random(self._seed)
        killer = Shop(self._account)
        while time.monotonic() < self._until:
            time.sleep(0.1)
            with suppress(pymysql.err.OperationalError, RuntimeError):
                kind = chance.choice(["CONNECTION", "QUERY"])
                killer.run(f"KILL {kind} {chance.choice(list(self._connections.values()))}")
        killer.close()

    def _work(self, number: int) -> None:
        chance = random.Random(self._seed * 1000 + number)
        shop: Shop | None = None
        acts: list[Callable[[Shop, random.Random], object]] = [
            *[self._place] * 5,
            *[self._place_in_two] * 2,
            *[self._confirm] * 3,
            *[self._cancel] * 3,
            *[self._again] * 2,
            self._expire,
            self._sweep,
            self._deliver,
            self._return,
            self._edit_stock,
            self._edit_variant,
            self._edit_variant_by_hand,
            self._retire,
            self._delete,
            self._add_and_delete,
        ]
        while time.monotonic() < self._until:
            act = chance.choice(acts)
            for attempt in range(ATTEMPTS + 1):
                try:
                    if shop is None:
                        shop = Shop(self._account)
                        self._connections[number] = shop.thread
                    act(shop, chance)
                    self.answers[act.__name__] += 1
                    break
                except (pymysql.err.MySQLError, ConnectionError) as failure:
                    code = failure.args[0] if failure.args else 0
                    shop = self._after(shop, code, act.__name__)
                    if shop is None and not self._kills:
                        return  # nobody kills connections, so the server is gone
                    if code not in RETRIED:
                        break
                    self.retries[code] += 1
                    if attempt == ATTEMPTS:
                        self.failures.append(f"{act.__name__}: {failure} even after {ATTEMPTS} retries")
                    time.sleep(chance.random() * 0.01 * 2**attempt)
        if shop is not None:
            shop.drop()

    def _after(self, shop: Shop | None, code: int, act: str) -> Shop | None:
        """The connection to go on with after a failure, as the program does it: one that broke is dropped."""
        if shop is None or code in LOST or code == 0 or not isinstance(code, int):
            if shop is not None:
                shop.drop()
            time.sleep(0.02)
            return None
        if 30001 <= code <= 30008:
            self.answers[f"refused {code}"] += 1
        elif code not in RETRIED | EXPECTED:
            self.failures.append(f"{act}: error {code}")
        try:
            shop.raw.rollback()
        except (pymysql.err.MySQLError, ConnectionError):
            shop.drop()
            return None
        return shop

    def _lines(self, chance: random.Random) -> list[tuple[int, int | None, int]]:
        lines: list[tuple[int, int | None, int]] = []
        for _ in range(chance.randint(1, 5)):
            if chance.random() < 0.4:
                lines.append((*chance.choice(self.variants), chance.randint(1, 3)))
            else:
                lines.append((chance.choice(self.products), None, chance.randint(1, 3)))
        return lines

    def _place(self, shop: Shop, chance: random.Random) -> None:
        order = self._make(shop, chance)
        shop.call("sp_reserve_order_inventory", order, 30)
        shop.raw.commit()

    def _place_in_two(self, shop: Shop, chance: random.Random) -> None:
        order = self._make(shop, chance)
        shop.raw.commit()
        shop.call("sp_reserve_order_inventory", order, 30)

    def _make(self, shop: Shop, chance: random.Random) -> int:
        """Begin a transaction and put an order with its lines in it, as everybody must: products locked first."""
        lines = sorted(self._lines(chance), key=lambda line: (line[0], line[1] or 0))
        ids = sorted({line[0] for line in lines})
        shop.raw.begin()
        order = shop.order(user_id=chance.choice(self.shoppers), total_amount=chance.randint(1, 9999))
        shop.rows(f"SELECT id FROM products WHERE id IN ({','.join(map(str, ids))}) ORDER BY id FOR UPDATE")
        for line in lines:
            shop.line(order, line)
        return order

    def _some(self, shop: Shop, chance: random.Random, *statuses: str) -> int | None:
        marks = ",".join(f"'{status}'" for status in statuses)
        found = shop.rows(f"SELECT id FROM orders WHERE order_status IN ({marks}) ORDER BY id DESC LIMIT 40")
        return int(str(chance.choice(found)["id"])) if found else None

    def _confirm(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "pending"):
            shop.raw.begin()
            moved = shop.run("UPDATE orders SET order_status='confirmed' WHERE id=%s AND order_status='pending'", order)
            if moved:
                shop.call("sp_commit_order_inventory", order)
            shop.raw.commit()

    def _cancel(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "pending", "confirmed"):
            shop.raw.begin()
            shop.run(
                "UPDATE orders SET order_status = 'cancelled' WHERE id = %s"
                " AND order_status IN ('pending', 'confirmed')",
                order,
            )
            shop.call("sp_release_order_inventory", order, "Order cancelled")
            shop.raw.commit()

    def _again(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "pending", "confirmed", "cancelled", "shipped"):
            call = chance.choice(
                [
                    ("sp_reserve_order_inventory", order, 30),
                    ("sp_commit_order_inventory", order),
                    ("sp_release_order_inventory", order, "Reservation expired"),
                    ("sp_release_order_inventory", order, "changed my mind"),
                ]
            )
            shop.call(*call)  # type: ignore[arg-type]  # the first of each is the name

    def _expire(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "pending"):
            shop.overdue(order)

    def _sweep(self, shop: Shop, chance: random.Random) -> None:
        shop.call("sp_cleanup_expired_reservations")

    def _deliver(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "confirmed", "shipped"):
            shop.raw.begin()
            where = shop.row("SELECT order_status FROM orders WHERE id = %s FOR UPDATE", order)["order_status"]
            further = {"confirmed": "shipped", "shipped": "delivered"}.get(str(where))
            if further:
                shop.move(order, further)
            shop.raw.commit()

    def _return(self, shop: Shop, chance: random.Random) -> None:
        if order := self._some(shop, chance, "shipped", "delivered"):
            shop.raw.begin()
            where = shop.row("SELECT order_status FROM orders WHERE id = %s FOR UPDATE", order)["order_status"]
            if where in ("shipped", "delivered"):
                shop.move(order, "returned")
                shop.call("sp_return_order_inventory", order, chance.random() < 0.5)
            shop.raw.commit()

    def _edit_stock(self, shop: Shop, chance: random.Random) -> None:
        more = chance.randint(-5, 20)
        shop.run(
            "UPDATE products SET stock_quantity = stock_quantity + %s, base_price = %s WHERE id = %s",
            more,
            chance.randint(1, 100),
            chance.choice(self.products),
        )

    def _edit_variant(self, shop: Shop, chance: random.Random) -> None:
        """As the console does: the product is locked first."""
        product, variant = chance.choice(self.variants)
        shop.raw.begin()
        shop.rows("SELECT id FROM products WHERE id = %s FOR UPDATE", product)
        shop.run(
            "UPDATE product_variants SET stock_quantity = stock_quantity + %s WHERE id = %s",
            chance.randint(-3, 10),
            variant,
        )
        shop.raw.commit()

    def _edit_variant_by_hand(self, shop: Shop, chance: random.Random) -> None:
        """As a person at a prompt does, who tries again by hand: the variant is locked before the product."""
        _, variant = chance.choice(self.variants)
        try:
            shop.run("UPDATE product_variants SET stock_quantity = stock_quantity + 1 WHERE id = %s", variant)
        except pymysql.err.OperationalError as failure:
            if failure.args[0] != 1213:
                raise
            self.answers["a hand deadlocked"] += 1

    def _retire(self, shop: Shop, chance: random.Random) -> None:
        """Take something off the shelf, and put all that was taken off earlier back."""
        shop.run("UPDATE products SET status = 'active' WHERE id IN %s ORDER BY id", self.products)
        if chance.random() < 0.5:
            shop.run("UPDATE products SET status = 'inactive' WHERE id = %s", chance.choice(self.products))
            return
        product, variant = chance.choice(self.variants)
        shop.raw.begin()
        shop.rows("SELECT id FROM products WHERE id = %s FOR UPDATE", product)
        shop.run("UPDATE product_variants SET is_available = NOT is_available WHERE id = %s", variant)
        shop.raw.commit()

    def _delete(self, shop: Shop, chance: random.Random) -> None:
        if chance.random() < 0.5:
            shop.run("DELETE FROM products WHERE id = %s", chance.choice(self.products))
        else:
            shop.run("DELETE FROM product_variants WHERE id = %s", chance.choice(self.variants)[1])

    def _add_and_delete(self, shop: Shop, chance: random.Random) -> None:
        """A product without a history goes, with its variant."""
        product = shop.product(0)
        shop.variant(product, 0)
        shop.run("DELETE FROM products WHERE id = %s", product)
