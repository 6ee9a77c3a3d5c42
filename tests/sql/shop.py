"""Rows to try things on: shoppers, products, variants and orders, each test's own."""

from collections.abc import Sequence

from tests.sql.prompt import Prompt
from tests.support import factory
from tests.support.factory import Line


class Shop(Prompt):
    """A prompt that can also stock a shop."""

    def shopper(self, **columns: object) -> int:
        """A new shopper."""
        return self.make(factory.shopper(**columns))

    def category(self) -> int:
        """A new category."""
        return self.make(factory.category())

    def product(self, stock: int = 10, **columns: object) -> int:
        """A new product, in a category and of a brand of its own."""
        return self.make(factory.product(columns={"stock_quantity": stock, **columns}))

    def variant(self, product: int, stock: int = 10, **columns: object) -> int:
        """A new variant of a product."""
        return self.make(factory.variant(product, columns={"stock_quantity": stock, **columns}))

    def order(self, lines: Sequence[Line] = (), **columns: object) -> int:
        """A new order, pending unless told otherwise, of a new shopper unless told otherwise."""
        return self.make(factory.order(lines, **columns))

    def line(self, order: int, line: Line, **columns: object) -> int:
        """One more line of an order."""
        return self.make(factory.line(order, line, **columns))

    def reserved(self, lines: Sequence[Line], minutes: int = 30, **columns: object) -> int:
        """A new order that holds its lines."""
        order = self.order(lines, **columns)
        self.call("sp_reserve_order_inventory", order, minutes)
        return order

    def committed(self, lines: Sequence[Line], **columns: object) -> int:
        """A new order, confirmed, that has bought its lines."""
        order = self.reserved(lines, 30, **columns)
        self.move(order, "confirmed")
        self.call("sp_commit_order_inventory", order)
        return order

    def move(self, order: int, *statuses: str) -> None:
        """Move an order through these statuses."""
        for status in statuses:
            self.run("UPDATE orders SET order_status = %s WHERE id = %s", status, order)

    def overdue(self, order: int) -> None:
        """Put what an order holds past its time."""
        self.run("UPDATE inventory_reservations SET expires_at = NOW() - INTERVAL 1 SECOND WHERE order_id = %s", order)

    def stock(self, product: int) -> int:
        """What of a product itself can still be sold."""
        return self.number("SELECT stock_quantity FROM products WHERE id = %s", product)

    def variant_stock(self, variant: int) -> int:
        """What of a variant can still be sold."""
        return self.number("SELECT stock_quantity FROM product_variants WHERE id = %s", variant)

    def status(self, order: int) -> object:
        """Where an order stands."""
        return self.value("SELECT order_status FROM orders WHERE id = %s", order)

    def reservations(self, order: int) -> list[tuple[object, object]]:
        """Pieces and status of each reservation of an order, oldest first."""
        found = self.rows("SELECT quantity, status FROM inventory_reservations WHERE order_id = %s ORDER BY id", order)
        return [(row["quantity"], row["status"]) for row in found]

    def empty(self) -> None:
        """Delete every row there is."""
        tables = self.rows(
            "SELECT TABLE_NAME AS name FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'"
        )
        self.run("SET foreign_key_checks = 0")
        for table in tables:
            self.run(f"DELETE FROM {table['name']}")
        self.run("SET foreign_key_checks = 1")
