"""What a link, an ad, a shared post or product leads to: a product, a category, a promo."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.inserting import insert_rows
from repository.database.scalars import number, text
from repository.orders.promos import PROMO_COLUMNS, Promo

CODES_MOST = 400
"""Codes at most that are looked up at once: a hundred lines of a cart, each in a few ways."""
_CODE_MOST = 255
_ID = re.compile(r"[1-9][0-9]{0,8}")
_FACEBOOK_MOST = 64


class Goods(msgspec.Struct, frozen=True):
    """A product that was found, and the variant where the code names one.

    Attributes:
        product_id: `products.id`.
        variant_id: `product_variants.id`, None for none.
        is_sold: Whether it is sold now.
        name: What it is called here; empty where that was not asked.
    """

    product_id: int
    variant_id: int | None = None
    is_sold: bool = True
    name: str = ""


class Named(msgspec.Struct, frozen=True):
    """Something that is looked for by its code, else by its exact name.

    Attributes:
        code: An article number with or without a variant's suffix, a slug, an id or Facebook's number; empty for none.
        title: Its name; empty for none.
        facebook_id: Facebook's number of it, to be learned; empty for none.
    """

    code: str = ""
    title: str = ""
    facebook_id: str = ""


class Led(msgspec.Struct, frozen=True, omit_defaults=True):
    """What something leads to: the first of these that there is.

    Attributes:
        goods: A product.
        category_id: `categories.id`.
        promo: A promo, whether it runs or not.
        now_runs: Whether that promo can be used now.
        several: Products that a merchant has tied to a post, where these are several.
    """

    goods: Goods | None = None
    category_id: int | None = None
    promo: Promo | None = None
    now_runs: bool = False
    several: tuple[int, ...] = ()


_Way = Literal["sku", "variant", "slug", "id", "facebook", "kind", "name"]
_WAYS: tuple[_Way, ...] = ("sku", "variant", "slug", "id", "facebook", "kind", "name")
"""How a code or a name is believed, the surest first."""
_BY_NAME: tuple[_Way, ...] = ("kind", "name")
_VARIANT_CODES = ("CONCAT(p.sku, v.sku_suffix)", "CONCAT(p.sku, '-', v.sku_suffix)", "CONCAT(p.sku, '-', v.id)")
"""How a variant is numbered: `repository/importing/exporting.py` tells Facebook so."""


async def find(conn: Connection, *, wanted: Sequence[Named]) -> tuple[Goods | None, ...]:
    """The product of each, by its code or else by its exact name; None where there is none. One round trip.

    What is not sold any more is found too, and says so, unless something that is sold bears the name. Facebook's number
    of what was found is kept: messages from the page's shop tell nothing else.

    Args:
        conn: An open connection.
        wanted: What is looked for.
    """
    codes = list(dict.fromkeys(_folded(one.code) for one in wanted if one.code.strip()))[:CODES_MOST]
    names = list(dict.fromkeys(_folded(one.title) for one in wanted if one.title.strip()))[:CODES_MOST]
    if not codes and not names:
        return tuple(None for _ in wanted)
    codes += [one.facebook_id for one in wanted if one.facebook_id not in codes][: CODES_MOST - len(codes)]
    found = await _lookup(conn, codes, names)
    goods = tuple(_best(one, found) for one in wanted)
    await _learn(conn, wanted, goods, found)
    return goods


async def led_to(
    conn: Connection,
    *,
    products: Sequence[str] = (),
    categories: Sequence[str] = (),
    promos: Sequence[str] = (),
    anything: Sequence[str] = (),
    wanted: Sequence[Named] = (),
    tied_to: str = "",
    post_id: str = "",
) -> Led:
    """What a link, an ad or a post leads to; nothing where none of it is known here.

    Args:
        conn: An open connection.
        products: Codes that name a product, the likeliest first.
        categories: Slugs and ids that name a category.
        promos: Codes of a promo.
        anything: Codes that may be of any of these.
        wanted: What was shared or opened of a catalogue.
        tied_to: The page's post, without the page's id in front: what a merchant has tied to it comes behind codes.
        post_id: The same, for what those who came by it before have opened, where nothing else tells.
    """
    plain = [*(Named(code=code) for code in products), *wanted]
    goods = next(filter(None, await find(conn, wanted=plain)), None)
    promo, runs = await _promo(conn, promos)
    if goods or promo:
        return Led(goods=goods, promo=promo, now_runs=runs)
    if (category := await _category(conn, categories)) is not None:
        return Led(category_id=category)
    if tied_to and (tied := await _tied(conn, tied_to)):
        return Led(goods=Goods(tied[0])) if len(tied) == 1 else Led(several=tied)
    if goods := next(filter(None, await find(conn, wanted=[Named(code=code) for code in anything])), None):
        return Led(goods=goods)
    if (category := await _category(conn, anything)) is not None:
        return Led(category_id=category)
    promo, runs = await _promo(conn, anything)
    if promo:
        return Led(promo=promo, now_runs=runs)
    return Led(goods=await _of_post(conn, post_id) if post_id else None)


async def pictured(conn: Connection, *, urls: Sequence[str]) -> int | None:
    """The product whose picture is at one of these addresses, None for none.

    Args:
        conn: An open connection.
        urls: Addresses of pictures.
    """
    found = await conn.value(
        "SELECT i.product_id FROM product_images i JOIN products p ON p.id = i.product_id AND p.status = 'active'"
        " WHERE i.image_url IN %(urls)s ORDER BY i.is_primary DESC, i.id LIMIT 1",
        urls=[url[:500] for url in urls] or [""],
    )
    return number(found) if found is not None else None


async def _tied(conn: Connection, post_id: str) -> tuple[int, ...]:
    """The products on sale that a merchant has tied to a post, in the order in which that was done."""
    found = await conn.run(
        "SELECT t.product_id FROM page_posts b JOIN post_products t ON t.post = b.id AND NOT t.by_words"
        " JOIN products p ON p.id = t.product_id AND p.status = 'active'"
        " WHERE SUBSTRING_INDEX(b.post_id, '_', -1) = %(post_id)s ORDER BY t.id LIMIT 20",
        post_id=post_id[:100],
    )
    return tuple(dict.fromkeys(number(row[0]) for row in found.rows))


async def _of_post(conn: Connection, post_id: str) -> Goods | None:
    """The product of a post: what was opened last by somebody whom the post's ad, or the post itself, led here."""
    found = await conn.value(
        "SELECT r.product_id FROM referrals r JOIN products p ON p.id = r.product_id AND p.status = 'active'"
        " WHERE r.post_id = %(post_id)s AND r.kind IN ('ad', 'post') ORDER BY r.id DESC LIMIT 1",
        post_id=post_id[:100],
    )
    return Goods(number(found)) if found is not None else None


async def _promo(conn: Connection, codes: Sequence[str]) -> tuple[Promo | None, bool]:
    """The first of these promos that there is, and whether it can be used now."""
    for code in codes:
        row = await conn.run(
            f"SELECT {PROMO_COLUMNS}, is_active AND NOW() BETWEEN start_date AND end_date"
            " AND (usage_limit IS NULL OR usage_count < usage_limit)"
            " FROM promos WHERE promo_code = %(code)s ORDER BY is_active DESC, end_date DESC LIMIT 1",
            code=code[:50],
        )
        if row.rows:
            return conn.read(Promo, row.rows[0][:-1]), bool(row.rows[0][-1])
    return None, False


async def _category(conn: Connection, codes: Sequence[str]) -> int | None:
    if not codes:
        return None
    slugs = [_folded(code)[:100] for code in codes]
    found = await conn.run(
        "SELECT id, slug FROM categories WHERE is_active AND (slug IN %(slugs)s OR id IN %(ids)s)",
        slugs=slugs,
        ids=_ids(codes),
    )
    by_slug = {text(slug).casefold(): number(category) for category, slug in found.rows}
    by_id = {str(category): number(category) for category, _ in found.rows}
    return next(filter(None, (by_slug.get(slug) or by_id.get(slug) for slug in slugs)), None)


async def _lookup(conn: Connection, codes: list[str], names: list[str]) -> dict[tuple[_Way, str], Goods]:
    values: dict[str, Bound] = {
        "codes": codes or [""],
        "ids": _ids(codes),
        "stems": sorted({stem for code in codes for stem in _stems(code)}) or [""],
        "names": names or [""],
        "begun": sorted({start for name in names for start in _begun(name)}) or [""],
        "numbers": [code for code in codes if code.isascii() and len(code) <= _FACEBOOK_MOST] or [""],
    }
    results = await conn.batch(
        Statement("SELECT id, NULL, sku, status = 'active', name FROM products WHERE sku IN %(codes)s", values),
        Statement(
            " UNION ALL ".join(
                f"SELECT p.id, v.id, {code}, p.status = 'active', p.name FROM products p"
                " JOIN product_variants v ON v.product_id = p.id AND v.is_available"
                f" WHERE p.sku IN %(stems)s AND {code} IN %(codes)s"
                for code in _VARIANT_CODES
            ),
            values,
        ),
        Statement("SELECT id, NULL, slug, status = 'active', name FROM products WHERE slug IN %(codes)s", values),
        Statement(
            "SELECT id, NULL, CAST(id AS CHAR), status = 'active', name FROM products WHERE id IN %(ids)s", values
        ),
        Statement(
            "SELECT p.id, f.variant_id, f.facebook_id, p.status = 'active', p.name FROM facebook_goods f"
            " JOIN products p ON p.id = f.product_id WHERE f.facebook_id IN %(numbers)s",
            values,
        ),
        Statement(
            "SELECT p.id, v.id, CONCAT(p.name, ', ', v.variant_value), p.status = 'active', p.name FROM products p"
            " JOIN product_variants v ON v.product_id = p.id AND v.is_available"
            " WHERE p.name IN %(begun)s AND CONCAT(p.name, ', ', v.variant_value) IN %(names)s",
            values,
        ),
        Statement(
            "SELECT id, NULL, name, status = 'active', name FROM products WHERE name IN %(names)s"
            " ORDER BY status = 'active', id DESC",
            values,
        ),
    )
    found: dict[tuple[_Way, str], Goods] = {}
    for way, result in zip(_WAYS, results, strict=True):
        for product, variant, key, sold, name in result.rows:
            chosen = number(variant) if variant is not None else None
            goods = Goods(number(product), chosen, bool(sold), text(name))
            found[way, _folded(text(key))] = goods
    return found


async def _learn(
    conn: Connection,
    wanted: Sequence[Named],
    goods: Sequence[Goods | None],
    found: dict[tuple[_Way, str], Goods],
) -> None:
    """Keep Facebook's number of what was found by ours."""
    rows = {
        one.facebook_id: (one.facebook_id, its.product_id, its.variant_id)
        for one, its in zip(wanted, goods, strict=True)
        if its and one.facebook_id.isdigit() and len(one.facebook_id) <= _FACEBOOK_MOST
        if (known := found.get(("facebook", one.facebook_id))) is None or known.product_id != its.product_id
    }
    if rows:
        await conn.batch(
            insert_rows("REPLACE INTO facebook_goods (facebook_id, product_id, variant_id)", sorted(rows.values()))
        )


def _best(wanted: Named, found: dict[tuple[_Way, str], Goods]) -> Goods | None:
    code, title = _folded(wanted.code), _folded(wanted.title)
    ways = [found.get((way, code)) for way in _WAYS if way not in _BY_NAME] if code else []
    by_name = [found.get((way, title)) for way in _BY_NAME] if title else []
    every = [goods for goods in (*ways, *by_name) if goods]
    return next((goods for goods in every if goods.is_sold), every[0] if every else None)


def _folded(code: str) -> str:
    """As codes and names are compared: without regard to case and white space around."""
    return " ".join(code.split()).casefold()[:_CODE_MOST]


def _ids(codes: Sequence[str]) -> list[int]:
    return [int(code) for code in codes if _ID.fullmatch(code)] or [0]


def _begun(name: str) -> Iterator[str]:
    """Beginnings of a name that may be a product's with a variant's value behind it: "Shirt" of "Shirt, Navy, L"."""
    parts = name.split(", ")
    return (", ".join(parts[:end]) for end in range(1, len(parts)))


def _stems(code: str) -> Iterator[str]:
    """Beginnings of a code that may be a product's article number with a variant's suffix behind it."""
    yield from (code[:end] for end in range(max(len(code) - 21, 1), len(code)))
