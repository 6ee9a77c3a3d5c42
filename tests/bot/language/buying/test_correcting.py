"""What shall be other than it was said before, and what only sounds so."""

import pytest

from bot.language.buying.correcting import Correction, LineChange, correction_in, line_change_in
from tests.support.workers.rows import rows

SAMPAGUITA = "45 Sampaguita St, Brgy Holy Spirit, Quezon City"


@rows(
    ("text", "correction"),
    [
        ("pa change ng number 09285550143", Correction(part="phone", phone="+639285550143")),
        ("mali yung number, 0928 555 0143 po", Correction(part="phone", phone="+639285550143")),
        ("change my phone to +63 928 555 0143", Correction(part="phone", phone="+639285550143")),
        (f"please send it to {SAMPAGUITA} instead", Correction(part="address", address=SAMPAGUITA)),
        (f"sa {SAMPAGUITA} na lang po", Correction(part="address", address=SAMPAGUITA)),
        ("pa change po ng address, sa Cainta na lang", Correction(part="address", address="Cainta")),
        ("sa Cainta na lang po", Correction(part="address", address="Cainta")),
        ("send it to my office instead", Correction(part="address")),
        ("gcash na lang pala", Correction(part="payment", method="gcash")),
        ("oo pero gawin mong gcash", Correction(part="payment", method="gcash")),
        ("cod na lang po", Correction(part="payment", method="cod")),
        ("maya na lang", Correction(part="payment", method="paymaya")),
        ("pwede po bang gcash na lang", Correction(part="payment", method="gcash")),
        ("palitan ang name sa Pedro Penduko", Correction(part="recipient", recipient="Pedro Penduko")),
        ("change the name to Ana Cruz", Correction(part="recipient", recipient="Ana Cruz")),
        ("si Maria na lang ang tatanggap", Correction(part="recipient", recipient="Maria")),
        ("yes but change the address", Correction(part="address")),
        ("change phone", Correction(part="phone")), ("mali po yung pangalan", Correction(part="recipient")),
    ],
)  # fmt: skip
def test_a_correction_says_what_it_changes(text: str, correction: Correction) -> None:
    assert correction_in(text) == correction


@rows(
    "text",
    ["12 Mabini St", "Ana Cruz", "yes", "ano pong promo", "0917 123 4567", "wag na", "make it 3", "2pm po sa Makati",
     "thanks, see you in Cebu", "San Roque", "magkano po lahat", "near the church"],
)  # fmt: skip
def test_what_corrects_nothing(text: str) -> None:
    assert correction_in(text) is None


@rows(
    ("text", "change"),
    [
        ("gawin mong 2 yung kawali", LineChange("kawali", 2)), ("gawing tatlo yung mug", LineChange("mug", 3)),
        ("make the mug 3", LineChange("mug", 3)), ("3 na lang yung mug", LineChange("mug", 3)),
        ("isa na lang yung tumbler pala", LineChange("tumbler", 1)), ("wag na yung tumbler", LineChange("tumbler", 0)),
        ("alisin yung sandals", LineChange("sandals", 0)), ("remove the kettle", LineChange("kettle", 0)),
        ("hindi na po yung mug", LineChange("mug", 0)), ("paki tanggal ng kettle", LineChange("kettle", 0)),
        ("dagdagan ng isa yung mug", LineChange("mug", 1, more=True)),
        ("actually 2 kettles na lang", LineChange("kettles", 2)),
    ],
)  # fmt: skip
def test_a_line_of_the_cart_is_changed_by_its_name(text: str, change: LineChange) -> None:
    assert line_change_in(text) == change


@pytest.mark.parametrize(
    "text", ["wag na", "wag na po yung promo", "make it 3", "mug", "2 mugs", "add 5 kettles", "no"]
)
def test_what_changes_no_line(text: str) -> None:
    assert line_change_in(text) is None
