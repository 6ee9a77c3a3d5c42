"""What can be typed about a variant, on the page of its product."""

from decimal import Decimal
from typing import Annotated

import msgspec

from bot.language.values import barcodes
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Visit

_TYPED = "variant typed"


def unfit_barcode(text: str) -> str:
    """The sentence about a barcode that no scanner can have read; empty where it can.

    Args:
        text: What was typed.
    """
    if not text or barcodes.is_fit(barcodes.tidy(text)):
        return ""
    return f"A barcode has {barcodes.MOST} letters and digits at most. Scan it again, or type what stands below it."


class VariantForm(msgspec.Struct, frozen=True, kw_only=True):
    """A size, a colour."""

    name: Annotated[
        str, Field(label="Differs in", needed="Please write in what it differs.", most=100, placeholder="Size")
    ]
    value: Annotated[
        str,
        Field(
            label="Which is",
            needed="Please write which one it is.",
            most=100,
            placeholder="Large",
            taken="The product has that one already.",
        ),
    ]
    price: Annotated[Decimal, Field(label="Price", needed="Please write what it costs.", most=99_999_999)]
    sku_suffix: Annotated[str, Field(label="SKU ending", most=20, placeholder="L")]
    barcode: Annotated[str, Field(label="Barcode", check=unfit_barcode, placeholder="4801234567891")]
    is_available: Annotated[bool, Field(label="Can be chosen")]


VARIANT = Form(VariantForm)


def keep_typed(visit: Visit, variant_id: int, filled: Filled) -> None:
    """Have what was typed about a variant shown again.

    Args:
        visit: Of who typed it.
        variant_id: Which, 0 for a new one.
        filled: Its form.
    """
    visit.request[_TYPED] = (variant_id, filled)


def typed_variant(visit: Visit) -> tuple[int, Filled] | None:
    """What was typed about a variant, and about which; None where nothing is to be shown again.

    Args:
        visit: Of who typed it.
    """
    kept: tuple[int, Filled] | None = visit.request.get(_TYPED)
    return kept
