"""Where messages of shoppers lead, measured by the project's list where it is there."""

from pathlib import Path

from bot.workshop.bench.understanding.messages import measure
from dialogs.reading.context import NOWHERE
from dialogs.reading.destination import destination

SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_a_wish_of_somebody_who_has_ordered_nothing_is_any_text() -> None:
    text = "defective yung nadeliver na speaker"
    assert destination(text, NOWHERE).name == "damaged"
    assert destination(text, NOWHERE, has_ordered=True).name == "return"


def test_shop_messages_lead_where_they_should() -> None:
    for row in measure(SHARED):  # none where the project's lists are not there
        assert float(row.ours) >= float(row.aim), "\n".join(row.misses)
