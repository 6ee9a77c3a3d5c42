"""Measures the search in memory: known products found by some words of their names, and what that costs."""

import csv
import gzip
import re
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from unicodedata import combining, normalize

import msgspec

from bot.workshop.bench.understanding.row import Row
from repository.catalogue.finding.index import Index
from repository.catalogue.finding.sold import Sold

_TOKENS = re.compile("[a-z0-9]+")
TOP = 10
"""Products that are looked at."""
CHANGES = 200
"""Products that are given another name."""


def measure(shared: Path) -> list[Row]:
    """Search 50,000 products for what people typed; nothing where the data is not there.

    Args:
        shared: The folder that holds `data/catalog` and `data/typos`.
    """
    catalogue = shared / "data" / "catalog" / "catalog_50k.csv.gz"
    typed = shared / "data" / "typos" / "known_item_typos_dev.csv.gz"
    if not (catalogue.exists() and typed.exists()):
        return []
    products = [
        Sold(
            number,
            row["name"],
            row["brand"],
            " ".join(filter(None, (row["category_l1"], row["category_l2"], row["category_l3"]))),
            row["sku"],
            row["description"][:500],
        )
        for number, row in enumerate(_rows(catalogue))
    ]
    began = time.process_time()
    index = Index(products)
    built = time.process_time() - began
    names = [words_of(product.name) for product in products]
    queries = _rows(typed)
    found = [
        ("with one typo", [(row["typo_query"], row["query"]) for row in queries], ".985 / .960"),
        ("without typo", [(row["query"], row["query"]) for row in queries], ".997 / .985"),
    ]
    rows = [_found(index, names, what, asked, aim) for what, asked, aim in found]
    costs = sorted(_cost(index, text) for _, asked, _ in found for text, _ in asked)
    half, most = costs[len(costs) // 2], costs[len(costs) * 99 // 100]
    changes = sorted(_change(index, product) for product in products[:: len(products) // CHANGES])
    tracemalloc.start()
    kept = Index(products)
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return [
        *rows,
        Row(
            what=f"one search at 50,000, processor time: p50 / p99 of the index in memory, {len(kept):,} products",
            ours=f"{half:.2f} / {most:.2f} ms",
            aim="0.6 / 5 ms",
        ),
        Row(
            what="one product renamed at 50,000, processor time: p50 / p99 of the index in memory",
            ours=f"{changes[len(changes) // 2]:.2f} / {changes[len(changes) * 99 // 100]:.2f} ms",
        ),
        Row(
            what="index of 50,000: build, memory, a change seen",
            ours=f"{built:.1f} s; {size:.0f} MB; {changes[-1]:.1f} ms",
            aim="5 s; 150 MB; 2 s",
        ),
    ]


def _found(index: Index, names: Sequence[frozenset[str]], what: str, asked: Sequence[tuple[str, str]], aim: str) -> Row:
    right, reciprocal, misses = 0, 0.0, []
    for text, wanted in asked:
        words = frozenset(_TOKENS.findall(wanted))
        places = [
            place for place, number in enumerate(index.find(text, most=TOP).ids, start=1) if words <= names[number]
        ]
        if places:
            right, reciprocal = right + 1, reciprocal + 1 / places[0]
        else:
            misses.append(f"{text!r} is {wanted!r}")
    return Row(
        what=f"known item {what}, S@10 / MRR@10",
        ours=f"{right / len(asked):.4f} / {reciprocal / len(asked):.4f}",
        aim=aim,
        misses=misses,
    )


def words_of(name: str) -> frozenset[str]:
    """The words of a name as those of the queries were taken from it: without accents, "™" as "tm".

    Args:
        name: Of a product.
    """
    plain = (letter for letter in normalize("NFKD", name) if not combining(letter))
    return frozenset(_TOKENS.findall("".join(plain).lower()))


def _cost(index: Index, text: str) -> float:
    """Milliseconds of processor time that one search takes."""
    began = time.process_time_ns()
    index.find(text)
    return (time.process_time_ns() - began) / 1e6


def _change(index: Index, product: Sold) -> float:
    """Milliseconds of processor time until a product is found by a word that nobody knew."""
    word = f"renamed{product.id}"
    began = time.process_time_ns()
    index.put(msgspec.structs.replace(product, name=f"{product.name} {word}"))
    spent = (time.process_time_ns() - began) / 1e6
    if index.find(word).ids[:1] != [product.id]:
        raise AssertionError(f"{product.id} is not found by its new name")
    return spent


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))
