"""Finding products by what shoppers type: any order of words, word beginnings, small typos, Filipino around it."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec

from bot.language.spelling import GUESS, asked_words, fold_words, meant, shorter
from bot.language.values.money import Limits, limits_in
from repository.catalogue.cards import ProductPage, cards, pages_of
from repository.database.connection import Bound, Connection, Result, Statement
from repository.database.scalars import number

FOUND_MOST = 96
"""Products at most that one search shows."""
UNREAD_MOST = 300
"""Products at most that the index has not read yet and that are looked through one by one."""
CANDIDATES = 60
"""Known words at most that are compared with a typed one."""
NAME, BRAND, CATEGORY, SKU, DESCRIPTION = 10, 6, 5, 8, 1
"""How much a word says about a product, by where it stands."""
NUMBER_LEAST = 4
"""Digits of a number that is looked for alone: "4" is in too many names."""
PRICE_MOST = Decimal("99999999.99")
"""Pesos that a product can cost at most, as its column has it."""
SURE = 96
"""`closeness` of a word that is the known one, or its plural."""


class Unread(msgspec.Struct, frozen=True):
    """A product as the search reads it."""

    id: int
    name: str
    brand: str
    category: str
    sku: str
    description: str


class _Hit(msgspec.Struct, frozen=True):
    product_id: int
    matched: int
    score: int
    worth: int


READING = """p.id, p.name, COALESCE(b.name, ''), COALESCE(c.name, ''), p.sku, COALESCE(LEFT(p.description, 500), '')"""
READ_FROM = "products p JOIN brands b ON b.id = p.brand_id JOIN categories c ON c.id = p.category_id"


async def search(conn: Connection, *, text: str, page: int, page_size: int) -> ProductPage:
    """The products that a shopper may mean, the likeliest first.

    Every word should stand in a product, in its name rather than in its description; where no product has them all,
    those with most of them are found. Nothing is found where less than half of what was typed is there: a word counts
    half that only stands in a description or is there but for a letter, and nothing where both is so. Prices that the
    text limits ("below 1k", "300-500", "budget 500") are kept to; where it names nothing else, all that costs so much
    is found. Of what shall be cheap ("pinakamurang payong") the cheapest comes first. Takes three round trips, and
    one more for that.

    Args:
        conn: An open connection.
        text: What the shopper typed.
        page: Which page, from 1; past the end it is the last one.
        page_size: Products on a page.
    """
    title = " ".join(text.split())[:80]
    limits = limits_in(text)
    words = asked_words(text if limits is None else limits.about)
    if all(word.isdigit() and len(word) < NUMBER_LEAST for word in words):
        words = []
    if words:
        found = [hit.product_id for hit in await _hits(conn, words, limits)]
    else:
        found = await _within(conn, limits) if limits else []
    if limits and limits.cheapest:
        found = [card.id for card in sorted(await cards(conn, ids=found), key=lambda card: (card.left < 1, card.price))]
    pages = pages_of(len(found), page_size)
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * page_size : page * page_size]
    return ProductPage(items=await cards(conn, ids=shown), page=page, pages=pages, total=len(found), title=title)


async def _within(conn: Connection, limits: Limits) -> list[int]:
    """What costs so much, the best sold first: "budget 500" names nothing else."""
    priced, values = _priced(limits)
    order = "p.base_price" if limits.cheapest else "p.sales_count DESC, p.base_price DESC"
    found = await conn.run(
        f"SELECT p.id FROM products p WHERE p.status = 'active'{priced}"
        f" ORDER BY p.stock_quantity > 0 DESC, {order}, p.id LIMIT {FOUND_MOST}",
        **values,
    )
    return [number(row[0]) for row in found.rows]


def _priced(limits: Limits | None) -> tuple[str, dict[str, Bound]]:
    """What keeps products within the limits of a price."""
    if limits is None:
        return "", {}
    return (
        " AND p.base_price BETWEEN %(price_least)s AND %(price_most)s",
        {"price_least": limits.least, "price_most": limits.most if limits.most is not None else PRICE_MOST},
    )


async def _hits(conn: Connection, words: list[str], limits: Limits | None) -> list[_Hit]:
    priced, prices = _priced(limits)
    pairs = [left + right for left, right in pairwise(words)]
    spelt, unread = await conn.batch(
        _candidates([*words, *pairs]),
        Statement(
            f"""
            SELECT {READING} FROM {READ_FROM}
            WHERE p.id > (SELECT COALESCE(MAX(product_id), 0) FROM search_products) AND p.status = 'active'{priced}
            ORDER BY p.id LIMIT {UNREAD_MOST}
            """,
            prices,
        ),
    )
    fresh = [conn.read(Unread, row) for row in unread.rows]
    fresh_words = {product.id: weights(product) for product in fresh}
    known = await _known(words, pairs, spelt, {word for weighed in fresh_words.values() for word in weighed})
    hits: list[_Hit] = []
    if any(known):
        hits = [conn.read(_Hit, row) for row in (await conn.batch(_ranking(known, limits)))[0].rows]
    for product in fresh:
        weighed = fresh_words[product.id]
        best = [
            max((score * weighed[word] for word, score in each.items() if word in weighed), default=0) for each in known
        ]
        if any(best):
            length = len(fold_words(product.name))
            worth = sum(
                max((_worth(score, weighed[word]) for word, score in each.items() if word in weighed), default=0)
                for each in known
            )
            hits.append(_Hit(product.id, sum(map(bool, best)), sum(best) - 8 * length, worth))
    hits.sort(key=lambda hit: (-hit.matched, -hit.score, hit.product_id))
    return [hit for hit in hits if hit.matched == hits[0].matched and hit.worth >= len(words)][:FOUND_MOST]


def _candidates(words: Sequence[str]) -> Statement:
    """Known words that begin with a typed one, are it, or are it but for a letter or two."""
    parts: list[str] = []
    values: dict[str, Bound] = {}
    for index, word in enumerate(words):
        known = f"SELECT {index}, word FROM search_spellings WHERE TRUE"
        # A word's own and shortened spellings meet those of a known word where they differ by one letter.
        values |= {
            f"begin{index}": word + "%",
            f"stem{index}": word[:3] + "%",
            f"near{index}": [word, *shorter(word)],
            f"least{index}": len(word) - 2,
            f"most{index}": len(word) + 2,
        }
        parts.append(
            f"({known} AND is_whole = TRUE AND spelling LIKE %(begin{index})s"
            f" ORDER BY CHAR_LENGTH(word), word LIMIT {CANDIDATES // 3})"
        )
        if len(word) > 3:
            parts.append(f"({known} AND is_whole IN (0, 1) AND spelling IN %(near{index})s LIMIT {CANDIDATES})")
        if len(word) > 6:
            parts.append(
                f"({known} AND is_whole = TRUE AND spelling LIKE %(stem{index})s"
                f" AND CHAR_LENGTH(word) BETWEEN %(least{index})s AND %(most{index})s"
                f" LIMIT {CANDIDATES * 2})"
            )
    return Statement(" UNION ALL ".join(parts), values)


async def _known(words: list[str], pairs: list[str], spelt: Result, fresh: set[str]) -> list[dict[str, int]]:
    """For each typed word, the known words that may be meant with how surely."""
    candidates: list[set[str]] = [set() for _ in range(len(words) + len(pairs))]
    for index, word in spelt.rows:
        candidates[number(index)].add(str(word))
    spellings: list[dict[str, int]] = []
    for index, word in enumerate(words):
        spellings.append(meant(word, candidates[index] | fresh))
        await asyncio.sleep(0)
    for index, pair in enumerate(pairs):
        # "key board" is "keyboard": the joined word stands for both.
        joined = {
            word: score for word, score in meant(pair, candidates[len(words) + index] | fresh).items() if score > 95
        }
        for each in spellings[index : index + 2]:
            for word, score in joined.items():
                each.setdefault(word, score)
    return spellings


def _ranking(known: Sequence[dict[str, int]], limits: Limits | None) -> Statement:
    """Which products hold most of the words, and how well."""
    rows: list[str] = []
    priced, values = _priced(limits)
    for index, words in enumerate(known):
        for place, (word, score) in enumerate(words.items()):
            values[f"word{index}_{place}"] = word
            rows.append(
                f"SELECT {index} AS asked, %(word{index}_{place})s COLLATE utf8mb4_bin AS word, {score} AS sure"
            )
    return Statement(
        f"""
        SELECT hit.product_id, COUNT(*) AS matched, CAST(SUM(hit.score) - 8 * MAX(s.words) AS SIGNED) AS score,
               CAST(SUM(hit.worth) AS SIGNED) AS worth
        FROM (SELECT w.product_id, asked.asked, MAX(asked.sure * w.weight) AS score,
                     MAX((asked.sure >= {SURE}) + (asked.sure > {GUESS} AND w.weight > {DESCRIPTION})) AS worth
              FROM ({" UNION ALL ".join(rows)}) asked
              STRAIGHT_JOIN search_words w ON w.word = asked.word
              GROUP BY w.product_id, asked.asked) hit
        JOIN search_products s ON s.product_id = hit.product_id
        JOIN products p ON p.id = hit.product_id AND p.status = 'active'{priced}
        GROUP BY hit.product_id
        ORDER BY matched DESC, score DESC, hit.product_id
        LIMIT {FOUND_MOST}
        """,
        values,
    )


def _worth(sure: int, weight: int) -> int:
    """How much a word counts that was found, of two; `_ranking` counts alike."""
    return (sure >= SURE) + (sure > GUESS and weight > DESCRIPTION)


def weights(product: Unread) -> dict[str, int]:
    """The words that find a product, with how much each says about it.

    Args:
        product: What is read of it.
    """
    weight_of: dict[str, int] = {}
    places = (
        (product.name, NAME),
        (product.sku, SKU),
        (product.brand, BRAND),
        (product.category, CATEGORY),
        (product.description, DESCRIPTION),
    )
    for text, weight in places:
        for word in fold_words(text):
            weight_of.setdefault(word, weight)
    return weight_of
