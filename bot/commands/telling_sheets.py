"""What is said about a sheet before anything of it is written."""

from collections.abc import Iterator, Sequence

import click

from repository.importing.planning import Plan
from repository.sheets.goods import Reading, Remark
from repository.sheets.table import letters
from repository.sheets.titles import Field

SHOWN_MOST = 20
"""Rows of a kind that are told."""


def told(reading: Reading, plan: Plan, *, currency: str) -> Iterator[str]:
    """What a sheet says, what would be done with it, and what not; a line each.

    Args:
        reading: What the sheet says.
        plan: What would be done.
        currency: The shop's.
    """
    made_by = f"from {reading.made_by}" if reading.made_by else "a list of its own"
    where = f", sheet “{reading.sheet}”" if reading.sheet else ""
    told = f", {reading.encoding}" if reading.encoding else ""
    yield f"Read as {made_by}{where}{told}: {len(reading.products):,} products, {reading.variants:,} to choose from."
    for column in reading.columns:
        if column.field not in (None, Field.IGNORED):
            yield f"  column {letters(column.at)} “{' '.join(column.title.split())[:60]}” is the {column.field}"
    if not reading.is_sure:
        yield click.style(
            "  Not sure about the name or the price: say --column TITLE=FIELD where it is wrong.", bold=True
        )
    if not reading.currency:
        yield f"  The file names no currency: its prices are taken as {currency}."
    yield ""
    yield (
        f"{plan.new:,} new, {plan.changed:,} changed, {plan.unchanged:,} as they are;"
        f" {plan.new_variants:,} new variants; {len(plan.errors):,} rows refused."
    )
    changed = [step for step in plan.steps if step.was is not None]
    for step in changed[:SHOWN_MOST]:
        differences = [*step.differences, *(one for variant in step.variants for one in variant.differences)]
        shown = ", ".join(f"{one.what} {one.was[:40]} → {one.now[:40]}" for one in differences) or "new variants"
        yield f"  {step.wanted.sku}: {shown}"
    yield from more_told(len(changed))
    yield from remarks_told("Refused", plan.errors)
    yield from remarks_told("To look at", reading.questions)


def remarks_told(title: str, remarks: Sequence[Remark]) -> Iterator[str]:
    """What is to be said of some rows, a line each.

    Args:
        title: What they are.
        remarks: What is to be said.
    """
    if remarks:
        yield f"{title}:"
    for remark in remarks[:SHOWN_MOST]:
        place = f"row {remark.row}{f', column {remark.column}' if remark.column else ''}: " if remark.row else ""
        yield f"  {place}{remark.why}"
    yield from more_told(len(remarks))


def more_told(count: int) -> Iterator[str]:
    """That there are more of something than are shown, where there are.

    Args:
        count: How many there are.
    """
    if count > SHOWN_MOST:
        yield f"  ... and {count - SHOWN_MOST:,} more (--json names all)"
