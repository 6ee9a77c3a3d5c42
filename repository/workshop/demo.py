"""The demo shop: what its files say, loaded into the database without touching anything that is already there."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from repository.database.connection import Bound, Connection
from repository.database.inserting import insert_rows
from repository.database.scalars import text

VERSION = 1  # of the files below; count up when lines are added that shops already loaded shall get too
FOLDER = Path(__file__).resolve().parents[2] / "sql" / "demo"

TABLES = ("categories", "brands", "products", "shipping_zones", "promos", "chatbot_replies")
MARK = "demo_shop_version"  # the name in shop_settings under which the loaded version is kept

Line = Mapping[str, str]
Row = Mapping[str, Bound]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a load did.

    Attributes:
        made: Rows that are new, by table.
        unchanged: Rows of the files that were there already, by table; whatever a merchant did to them stays.
    """

    made: dict[str, int]
    unchanged: dict[str, int]


def lines(table: str) -> list[Line]:
    """The lines of one file of the demo shop, each by its column names.

    Args:
        table: The file's name without ".csv".
    """
    with (FOLDER / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def load(conn: Connection, *, pictures_url: str, now: datetime) -> Loaded:
    """Load the demo shop, once.

    A row is known by its slug, sku, code, name, or keyword and language, and is only ever inserted: what a merchant
    has changed stays changed, and what one has deleted does not come back. Opening stock is logged by the database as
    stock that came in.

    Args:
        conn: An open connection. The caller owns the transaction; all or nothing is loaded.
        pictures_url: Below which address the pictures are served, without a slash at the end.
        now: The present moment, aware; the promos run from days around it.
    """
    loading = _Loading(conn, pictures_url.rstrip("/"), now.replace(microsecond=0))
    if await _version(conn) >= VERSION:
        return Loaded(made={}, unchanged={table: len(lines(table)) for table in TABLES})
    await loading.categories()
    await loading.brands()
    await loading.products()
    await loading.zones()
    await loading.promos()
    await loading.replies()
    await conn.run(
        "UPDATE shop_settings SET value = %(version)s WHERE name = %(name)s", name=MARK, version=str(VERSION)
    )
    return Loaded(made=dict(loading.made), unchanged=dict(loading.unchanged))


async def _version(conn: Connection) -> int:
    """Which version of the files is loaded, 0 for none. Whoever else is loading is waited for."""
    await conn.run("INSERT IGNORE INTO shop_settings (name, value) VALUES (%(name)s, '0')", name=MARK)
    version = await conn.value("SELECT value FROM shop_settings WHERE name = %(name)s FOR UPDATE", name=MARK)
    return int(text(version))


class _Loading:
    """One load under way."""

    def __init__(self, conn: Connection, pictures_url: str, now: datetime) -> None:
        self.made: defaultdict[str, int] = defaultdict(int)
        self.unchanged: defaultdict[str, int] = defaultdict(int)
        self._conn = conn
        self._url = pictures_url
        self._now = now

    async def categories(self) -> None:
        known = await self._known("SELECT slug, id FROM categories")
        for line in lines("categories"):
            if self._skip("categories", line["slug"] in known):
                continue
            known[line["slug"]] = await self._insert(
                "categories",
                name=line["name"],
                slug=line["slug"],
                parent_id=known[line["parent"]] if line["parent"] else None,
                description=line["description"],
                icon_emoji=line["icon_emoji"],
                display_order=int(line["display_order"]),
            )

    async def brands(self) -> None:
        known = await self._known("SELECT slug, id FROM brands")
        names = await self._known("SELECT name, id FROM brands")
        for line in lines("brands"):
            if not self._skip("brands", line["slug"] in known or line["name"] in names):
                await self._insert("brands", **line)

    async def products(self) -> None:
        skus = await self._known("SELECT sku, id FROM products")
        slugs = await self._known("SELECT slug, id FROM products")
        categories = await self._known("SELECT slug, id FROM categories")
        brands = await self._known("SELECT slug, id FROM brands")
        brand_names = await self._known("SELECT name, id FROM brands")
        own_names = {line["slug"]: line["name"] for line in lines("brands")}
        variants = _grouped("variants", "sku")
        images: list[Row] = []
        options: list[Row] = []
        for line in lines("products"):
            if self._skip("products", line["sku"] in skus or line["slug"] in slugs):
                continue
            brand = brands.get(line["brand"]) or brand_names[own_names[line["brand"]]]
            product_id = await self._insert(
                "products",
                sku=line["sku"],
                name=line["name"],
                slug=line["slug"],
                category_id=categories[line["category"]],
                brand_id=brand,
                description=line["description"],
                specifications=msgspec.json.encode(specifications(line["specifications"])).decode(),
                base_price=line["base_price"],
                cost_price=line["cost_price"],
                stock_quantity=int(line["stock_quantity"]),
                low_stock_threshold=int(line["low_stock_threshold"]),
                weight_kg=line["weight_kg"],
                dimensions_cm=line["dimensions_cm"],
                is_featured=int(line["is_featured"]),
            )
            images.append(
                {
                    "product_id": product_id,
                    "image_url": f"{self._url}/{line['slug']}.jpg",
                    "thumbnail_url": f"{self._url}/{line['slug']}-square.jpg",
                    "image_type": "main",
                    "alt_text": line["name"],
                    "is_primary": 1,
                }
            )
            for variant in variants[line["sku"]]:
                own = {name: value for name, value in variant.items() if name != "sku"}
                options.append({"product_id": product_id, **own})
        await self._insert_all("product_images", images)
        await self._insert_all("product_variants", options)

    async def zones(self) -> None:
        rows = await self._conn.run("SELECT zone_name, COALESCE(covers, '[]') FROM shipping_zones")
        there = {str(name) for name, _ in rows.rows}
        covered = {
            place.casefold() for _, text in rows.rows for place in msgspec.json.decode(str(text), type=list[str])
        }
        places = _grouped("shipping_zone_places", "zone_name")
        for order, line in enumerate(lines("shipping_zones"), start=1):
            covers = [place["place"] for place in places[line["zone_name"]]]
            # A merchant's own zone may have another name: each place is to be covered once.
            known = line["zone_name"] in there or any(place.casefold() in covered for place in covers)
            if not self._skip("shipping_zones", known):
                text = msgspec.json.encode(covers).decode()
                await self._insert("shipping_zones", **line, covers=text, display_order=order * 10)

    async def promos(self) -> None:
        known = await self._known("SELECT promo_code, id FROM promos WHERE promo_code IS NOT NULL")
        product_ids = await self._known("SELECT sku, id FROM products")
        scopes = _grouped("promo_products", "promo_code")
        for line in lines("promos"):
            if self._skip("promos", line["promo_code"] in known):
                continue
            kept = {name: value or None for name, value in line.items() if not name.endswith("_in_days")}
            promo_id = await self._insert(
                "promos",
                **kept,
                start_date=self._now + timedelta(days=int(line["starts_in_days"])),
                end_date=self._now + timedelta(days=int(line["ends_in_days"])),
            )
            for scope in scopes[line["promo_code"]]:
                if scope["sku"] in product_ids:
                    await self._insert("promo_products", promo_id=promo_id, product_id=product_ids[scope["sku"]])

    async def replies(self) -> None:
        known = await self._known("SELECT CONCAT(language, ' ', LOWER(keyword)), id FROM chatbot_replies")
        new = [
            line
            for line in lines("chatbot_replies")
            if not self._skip("chatbot_replies", f"{line['language']} {line['keyword']}" in known)
        ]
        await self._insert_all("chatbot_replies", new)

    def _skip(self, table: str, is_there: bool) -> bool:
        if is_there:
            self.unchanged[table] += 1
        return is_there

    async def _known(self, sql: str) -> dict[str, int]:
        rows = await self._conn.run(sql)
        return {str(key): value for key, value in rows.rows if isinstance(value, int)}

    async def _insert(self, table: str, **values: Bound) -> int:
        """Insert a row. The table's and the columns' names come from this file and from our own files' first lines."""
        columns, marks = ", ".join(values), ", ".join(f"%({name})s" for name in values)
        result = await self._conn.run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", **values)
        self.made[table] += 1
        return result.last_id

    async def _insert_all(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows of the same columns in one statement."""
        if rows:
            columns = ", ".join(rows[0])
            await self._conn.batch(insert_rows(f"INSERT INTO {table} ({columns})", [(*row.values(),) for row in rows]))
            self.made[table] += len(rows)


def specifications(text: str) -> dict[str, str]:
    """What a product's line says about it, as names and values.

    Args:
        text: Such as "Material: Stoneware; Capacity: 350 ml".
    """
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _grouped(table: str, column: str) -> defaultdict[str, list[Line]]:
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines(table):
        groups[line[column]].append(line)
    return groups
