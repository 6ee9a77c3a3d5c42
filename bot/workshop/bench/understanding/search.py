"""Measures the search in memory: known products found by some words of their names, and what that costs."""

import csv
import gzip
import re
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

from bot.workshop.bench.understanding.row import Row
from repository.catalogue.finding import Index
from repository.catalogue.search import Unread

_TOKENS = re.compile("[a-z0-9]+")
TOP = 10
"""Products that are looked at."""


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
        Unread(
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
    names = [frozenset(_TOKENS.findall(product.name.lower())) for product in products]
    queries = _rows(typed)
    found = [
        ("with one typo", [(row["typo_query"], row["query"]) for row in queries], ".985 / .960"),
        ("without a typo", [(row["query"], row["query"]) for row in queries], ".997 / .985"),
    ]
    rows = [_found(index, names, what, asked, aim) for what, asked, aim in found]
    costs = sorted(_cost(index, text) for _, asked, _ in found for text, _ in asked)
    half, most = costs[len(costs) // 2], costs[len(costs) * 99 // 100]
    tracemalloc.start()
    kept = Index(products)
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return [
        *rows,
        Row(
            f"one search of {len(kept)}, p50 / p99 of processor time", f"{half:.2f} / {most:.2f} ms", "", "0.6 / 5", []
        ),
        Row("the index: processor time", f"{built:.1f} s", "", "5 s", []),
        Row("the index: memory of a process", f"{size:.0f} MB", "", "150 MB", []),
    ]


def _found(index: Index, names: Sequence[frozenset[str]], what: str, asked: Sequence[tuple[str, str]], aim: str) -> Row:
    right, reciprocal, misses = 0, 0.0, []
    for text, wanted in asked:
        words = frozenset(_TOKENS.findall(wanted))
        places = [place for place, number in enumerate(index.find(text, most=TOP), start=1) if words <= names[number]]
        if places:
            right, reciprocal = right + 1, reciprocal + 1 / places[0]
        else:
            misses.append(f"{text!r} is {wanted!r}")
    return Row(f"S@10 / MRR@10 {what}", f"{right / len(asked):.4f} / {reciprocal / len(asked):.4f}", "", aim, misses)


def _cost(index: Index, text: str) -> float:
    """Milliseconds of processor time that one search takes."""
    began = time.process_time_ns()
    index.find(text)
    return (time.process_time_ns() - began) / 1e6


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))
