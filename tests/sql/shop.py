"""Rows to try things on: shoppers, products, variants and orders, each test's own."""

from collections.abc import Sequence
from itertools import count

from tests.sql.prompt import Prompt

_numbers = count(1)
Line = tuple[int, int | None, int]
"""Product, variant or None, pieces."""


class Shop(Prompt):
    """A prompt that can also stock a shop."""

    def shopper(self, **columns: object) -> int:
        """A new shopper."""
        return self.insert("users", **{"messenger_id": f"psid-{next(_numbers)}", "facebook_name": "Ana", **columns})

    def category(self) -> int:
        """A new category."""
        number = next(_numbers)
        return self.insert("categories", name=f"Shelf {number}", slug=f"shelf-{number}")

    def product(self, stock: int = 10, **columns: object) -> int:
        """A new product, in a category and of a brand of its own."""
        number = next(_numbers)
        made: dict[str, object] = {
            "sku": f"SKU-{number}",
            "name": f"Mug {number}",
            "slug": f"mug-{number}",
            "base_price": "100.00",
            "stock_quantity": stock,
            **columns,
        }
        if "category_id" not in made:
            made["category_id"] = self.category()
        made["brand_id"] = self.insert("brands", name=f"Brand {number}", slug=f"brand-{number}")
        return self.insert("products", **made)

    def variant(self, product: int, stock: int = 10, **columns: object) -> int:
        """A new variant of a product."""
        colour = f"Colour {next(_numbers)}"
        return self.insert(
            "product_variants",
            **{
                "product_id": product,
                "variant_name": "colour",
                "variant_value": colour,
                "stock_quantity": stock,
                **columns,
            },
        )

    def order(self, lines: Sequence[Line] = (), **columns: object) -> int:
        """A new order, pending unless told otherwise, of a new shopper unless told otherwise."""
        made: dict[str, object] = {"order_number": f"ORD-{next(_numbers)}", "total_amount": "100.00", **columns}
        if "user_id" not in made:
            made["user_id"] = self.shopper()
        order = self.insert("orders", **made)
        for line in lines:
            self.line(order, line)
        return order

    def line(self, order: int, line: Line, **columns: object) -> int:
        """One more line of an order."""
        product, variant, quantity = line
        return self.insert(
            "order_items",
            **{
                "order_id": order,
                "product_id": product,
                "variant_id": variant,
                "product_name": f"Product {product}",
                "quantity": quantity,
                "unit_price": "100.00",
                "total_price": 100 * quantity,
                **columns,
            },
        )

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
