"""What people do to a small shop, each act as the program or a person at a prompt does it."""

import random
from collections.abc import Callable

import pymysql

from tests.sql.shop import Shop


class Acts:
    """Everything that may be done to six products, four variants and the orders of eight shoppers.

    Attributes:
        products: Their ids.
        variants: Each with its product.
        shoppers: Their ids.
    """

    def __init__(self, shop: Shop, seed: int) -> None:
        self.products = [shop.product(random.Random(seed + n).randint(20, 200)) for n in range(6)]
        self.variants = [
            (product, shop.variant(product, 50)) for product in (self.products[0], self.products[3]) for _ in "ab"
        ]
        self.shoppers = [shop.shopper() for _ in range(8)]

    @property
    def every(self) -> list[Callable[[Shop, random.Random], object]]:
        """Each act as often as it is likely."""
        return [
            *[self.place] * 5,
            *[self.place_in_two] * 2,
            *[self.confirm] * 3,
            *[self.cancel] * 3,
            *[self.again] * 2,
            self.expire,
            self.sweep,
            self.deliver,
            self.give_back,
            self.edit_stock,
            self.edit_variant,
            self.edit_variant_by_hand,
            self.retire,
            self.delete,
            self.add_and_delete,
        ]

    def _lines(self, chance: random.Random) -> list[tuple[int, int | None, int]]:
        lines: list[tuple[int, int | None, int]] = []
        for _ in range(chance.randint(1, 5)):
            if chance.random() < 0.4:
                lines.append((*chance.choice(self.variants), chance.randint(1, 3)))
            else:
                lines.append((chance.choice(self.products), None, chance.randint(1, 3)))
        return lines

    def place(self, shop: Shop, chance: random.Random) -> None:
        """Place an order and hold its stock, in one transaction."""
        order = self._make(shop, chance)
        shop.call("sp_reserve_order_inventory", order, 30)
        shop.raw.commit()

    def place_in_two(self, shop: Shop, chance: random.Random) -> None:
        """Place an order, and hold its stock when it is committed."""
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

    def confirm(self, shop: Shop, chance: random.Random) -> None:
        """Confirm an order and sell what it holds."""
        if order := self._some(shop, chance, "pending"):
            shop.raw.begin()
            moved = shop.run("UPDATE orders SET order_status='confirmed' WHERE id=%s AND order_status='pending'", order)
            if moved:
                shop.call("sp_commit_order_inventory", order)
            shop.raw.commit()

    def cancel(self, shop: Shop, chance: random.Random) -> None:
        """Cancel an order and give back what it holds."""
        if order := self._some(shop, chance, "pending", "confirmed"):
            shop.raw.begin()
            shop.run(
                "UPDATE orders SET order_status = 'cancelled' WHERE id = %s"
                " AND order_status IN ('pending', 'confirmed')",
                order,
            )
            shop.call("sp_release_order_inventory", order, "Order cancelled")
            shop.raw.commit()

    def again(self, shop: Shop, chance: random.Random) -> None:
        """Call a procedure for an order that may be past it."""
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

    def expire(self, shop: Shop, chance: random.Random) -> None:
        """Let the time of an order's stock run out."""
        if order := self._some(shop, chance, "pending"):
            shop.overdue(order)

    def sweep(self, shop: Shop, chance: random.Random) -> None:
        """Cancel what has run out of time."""
        shop.call("sp_cleanup_expired_reservations")

    def deliver(self, shop: Shop, chance: random.Random) -> None:
        """Move an order one step on its way."""
        if order := self._some(shop, chance, "confirmed", "shipped"):
            shop.raw.begin()
            where = shop.row("SELECT order_status FROM orders WHERE id = %s FOR UPDATE", order)["order_status"]
            further = {"confirmed": "shipped", "shipped": "delivered"}.get(str(where))
            if further:
                shop.move(order, further)
            shop.raw.commit()

    def give_back(self, shop: Shop, chance: random.Random) -> None:
        """Take an order back, and sometimes its pieces too."""
        if order := self._some(shop, chance, "shipped", "delivered"):
            shop.raw.begin()
            where = shop.row("SELECT order_status FROM orders WHERE id = %s FOR UPDATE", order)["order_status"]
            if where in ("shipped", "delivered"):
                shop.move(order, "returned")
                shop.call("sp_return_order_inventory", order, chance.random() < 0.5)
            shop.raw.commit()

    def edit_stock(self, shop: Shop, chance: random.Random) -> None:
        """Correct a product's stock and price, as the console does."""
        more = chance.randint(-5, 20)
        shop.run(
            "UPDATE products SET stock_quantity = stock_quantity + %s, base_price = %s WHERE id = %s",
            more,
            chance.randint(1, 100),
            chance.choice(self.products),
        )

    def edit_variant(self, shop: Shop, chance: random.Random) -> None:
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

    def edit_variant_by_hand(self, shop: Shop, chance: random.Random) -> None:
        """As a person at a prompt does, who tries again by hand: the variant is locked before the product."""
        _, variant = chance.choice(self.variants)
        try:
            shop.run("UPDATE product_variants SET stock_quantity = stock_quantity + 1 WHERE id = %s", variant)
        except pymysql.err.OperationalError as failure:
            if failure.args[0] != 1213:
                raise

    def retire(self, shop: Shop, chance: random.Random) -> None:
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

    def delete(self, shop: Shop, chance: random.Random) -> None:
        """Delete a product or a variant, as far as its history lets it."""
        if chance.random() < 0.5:
            shop.run("DELETE FROM products WHERE id = %s", chance.choice(self.products))
        else:
            shop.run("DELETE FROM product_variants WHERE id = %s", chance.choice(self.variants)[1])

    def add_and_delete(self, shop: Shop, chance: random.Random) -> None:
        """A product without a history goes, with its variant."""
        product = shop.product(0)
        shop.variant(product, 0)
        shop.run("DELETE FROM products WHERE id = %s", product)
