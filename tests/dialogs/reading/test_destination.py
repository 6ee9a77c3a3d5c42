"""Where messages of shoppers lead, measured by the project's list where it is there."""

from pathlib import Path

from bot.workshop.bench.understanding.messages import measure
from dialogs.reading.context import NOWHERE
from dialogs.reading.destination import destination
from tests.support.workers.rows import rows

LEADS = [
    tuple(part.strip() for part in line.split("=>"))
    for line in Path(__file__).with_name("leads.txt").read_text(encoding="utf-8").splitlines()
]
"""`TEXT => KIND NAME|NAME`, or `TEXT => any-not-KIND`; of a shopper with an order where its name speaks of one."""
SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_a_wish_of_somebody_who_has_ordered_nothing_is_any_text() -> None:
    text = "defective yung nadeliver na speaker"
    assert destination(text, NOWHERE).name == "damaged"
    assert destination(text, NOWHERE, has_ordered=True).name == "return"


def test_shop_messages_lead_where_they_should() -> None:
    for row in measure(SHARED):  # none where the project's lists are not there
        assert float(row.ours) >= float(row.aim), "\n".join(row.misses)


@rows(("text", "wanted"), LEADS)
def test_a_message_leads_where_it_should(text: str, wanted: str) -> None:
    found = destination(text, NOWHERE, has_ordered="order" in wanted)
    kind, _, names = wanted.partition(" ")
    if kind.startswith("any-not-"):
        assert found.kind != kind.removeprefix("any-not-")
    else:
        assert found.kind == kind
        assert not names or found.name in names.split("|") or "any" in names
