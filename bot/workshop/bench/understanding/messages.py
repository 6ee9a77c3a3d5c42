"""Whether messages of shoppers lead where they should: to a search, an answer, a command, a value."""

import csv
from pathlib import Path

from bot.workshop.bench.understanding.row import Row, share
from dialogs.reading.context import NOWHERE, Context
from dialogs.reading.destination import destination
from dialogs.states import AskingRecipient
from dialogs.states_looking import (
    ViewingProduct,
)

CONTEXTS = {"idle": NOWHERE, "name": Context(state=AskingRecipient()), "product": Context(state=ViewingProduct(7))}


def measure(shared: Path) -> list[Row]:
    """How many of the listed messages lead where they should, as far as words tell: without goods and keywords.

    Args:
        shared: The folder whose `data/readings/shop_messages.csv` is read; nothing is measured where it is not there.
    """
    listed = shared / "data" / "readings" / "shop_messages.csv"
    if not listed.exists():
        return []
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    misses = []
    for row in rows:
        found = destination(row["text"], CONTEXTS.get(row["context"], NOWHERE))
        is_named = found.kind not in ("canned", "command") or found.name in row["want"].split("|")
        if found.kind != row["destination"] or not is_named:
            misses.append(f"{row['text']!r} leads to {found.kind} {found.name}, not {row['destination']} {row['want']}")
    right = len(rows) - len(misses)
    return [
        Row(
            what="shop messages, right destination",
            ours=round(share(right, len(rows)), 3),
            aim=".93",
            misses=misses,
        )
    ]
