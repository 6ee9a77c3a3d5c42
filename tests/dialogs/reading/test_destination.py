"""Where messages of shoppers lead, measured by the project's list where it is there."""

import csv
from pathlib import Path

import pytest

from dialogs.reading.context import NOWHERE, Context
from dialogs.reading.destination import destination
from dialogs.states import AskingRecipient, ViewingProduct

LIST = Path(__file__).resolve().parents[4] / "shared" / "data" / "readings" / "shop_messages.csv"
CONTEXTS = {"idle": NOWHERE, "name": Context(state=AskingRecipient()), "product": Context(state=ViewingProduct(7))}


def test_a_wish_of_somebody_who_has_ordered_nothing_is_any_text() -> None:
    text = "defective yung nadeliver na speaker"
    assert destination(text, NOWHERE).name == "damaged"
    assert destination(text, NOWHERE, has_ordered=True).name == "return"


@pytest.mark.skipif(not LIST.exists(), reason="the lists of readings are not here")
def test_shop_messages_lead_where_they_should() -> None:
    rows = list(csv.DictReader(LIST.read_text(encoding="utf-8").splitlines()))
    missed = []
    for row in rows:
        found = destination(row["text"], CONTEXTS[row["context"]])
        named = found.kind not in ("canned", "command") or found.name in row["want"].split("|")
        if found.kind != row["destination"] or not named:
            missed.append(f"{row['text']}: {found}")
    assert len(missed) <= 0.05 * len(rows), "\n".join(missed)
