"""What an import would do, without doing it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from decimal import Decimal

import msgspec

from repository.database.connection import Connection, Database
from repository.importing import standing
from repository.importing.standing import Standing, StandingVariant
from repository.importing.wanted import Wanted, WantedVariant, folded, wanted
from repository.sheets.goods import Reading, Remark

AT_ONCE = 200
"""Products looked at, or written, in one piece: the bot's turns go on between."""
Told = Callable[[int, int], Awaitable[None] | None]


class Difference(msgspec.Struct, frozen=True):
    """One thing that would change.

    Attributes:
        what: Such as "price".
        was: As it is shown, empty for nothing.
        now: The same.
    """

    what: str
    was: str
    now: str


class VariantStep(msgspec.Struct, frozen=True):
    """A variant that would be made, or changed; `more` pieces are put on the shelf."""

    wanted: WantedVariant
    was: StandingVariant | None
    more: int
    differences: tuple[Difference, ...] = ()


class ProductStep(msgspec.Struct, frozen=True):
    """A product that would be made, or changed; `more` pieces are put on the shelf."""

    wanted: Wanted
    was: Standing | None
    more: int
    differences: tuple[Difference, ...] = ()
    variants: tuple[VariantStep, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """What an import would do.

    Attributes:
        steps: What would be written.
        new: Products that are not there yet.
        changed: Products of which something would change, their variants among it.
        unchanged: Products that stay as they are.
        new_variants: Variants that are not there yet.
        errors: Rows that cannot be imported.
        currency: What the file's prices are in, empty where it does not say.
    """

    steps: tuple[ProductStep, ...]
    new: int
    changed: int
    unchanged: int
    new_variants: int
    errors: tuple[Remark, ...]
    currency: str


def pieces_of(steps: Sequence[ProductStep]) -> Iterator[Sequence[ProductStep]]:
    """Steps as they are written together.

    Args:
        steps: All of them.
    """
    for start in range(0, len(steps), AT_ONCE):
        yield steps[start : start + AT_ONCE]


async def plan(database: Database, reading: Reading) -> Plan:
    """Compare a sheet with the catalogue. Nothing is written.

    Args:
        database: The shop's.
        reading: What the sheet says.
    """
    errors = list(reading.errors)
    goods = list(wanted(reading, errors))
    steps: list[ProductStep] = []
    async with database.connection() as conn:
        paths = await standing.category_paths(conn)
    for start in range(0, len(goods), AT_ONCE):
        async with database.connection() as conn:
            steps.extend(await _compare(conn, goods[start : start + AT_ONCE], paths))
    doing = [step for step in steps if step.was is None or step.differences or step.variants]
    new = sum(step.was is None for step in doing)
    return Plan(
        steps=tuple(doing),
        new=new,
        changed=len(doing) - new,
        unchanged=len(steps) - len(doing),
        new_variants=sum(one.was is None for step in doing for one in step.variants),
        errors=tuple(sorted(errors, key=lambda remark: remark.row)),
        currency=reading.currency,
    )


async def _compare(conn: Connection, goods: Sequence[Wanted], paths: dict[int, tuple[str, ...]]) -> list[ProductStep]:
    known = await standing.standing(conn, [one.sku for one in goods])
    variants = await standing.variants(conn, [row.id for row in known.values()])
    return [_step(one, known.get(folded(one.sku)), variants, paths) for one in goods]


def _step(
    one: Wanted,
    was: Standing | None,
    variants: dict[tuple[int, str, str], StandingVariant],
    paths: dict[int, tuple[str, ...]],
) -> ProductStep:
    if was is None:
        made = tuple(VariantStep(variant, None, variant.stock or 0) for variant in one.variants)
        return ProductStep(one, None, one.stock or 0, (), made)
    before = was.was_price if was.was_price > one.price else Decimal(0)  # shoppers see it where it is more
    one = _on_the_same_base(one, was, variants)
    category = " > ".join(one.category) if one.category else None
    more = 0 if one.stock is None else max(one.stock - was.held, 0) - was.left
    found = [
        ("name", was.name, one.name),
        ("description", was.description, one.description),
        *_named_alike(
            ("category", " > ".join(paths.get(was.category_id, ())), category),
            ("brand", was.brand, one.brand),
        ),
        ("price", was.price, one.price),
        ("price before", before, one.was_price),
        ("cost", was.cost, one.cost),
        ("weight", was.weight_kg, one.weight_kg),
        ("status", was.status, status_of(one, was.status)),
        ("stock", was.left, was.left + more if one.stock is not None else None),
        ("barcode", was.barcode, one.barcode),
        ("pictures", was.images, len(one.images) if one.images and not was.images else None),
    ]
    return ProductStep(one, was, more, _differences(found), tuple(_variant_steps(one, was, variants)))


def status_of(one: Wanted, was: str) -> str | None:
    """What becomes of a product's status; None where it stays.

    Args:
        one: What the file says.
        was: What it is.
    """
    if was == "coming_soon" and one.status == "active":
        return None
    return one.status or ("active" if was == "discontinued" else None)


def _on_the_same_base(one: Wanted, was: Standing, variants: dict[tuple[int, str, str], StandingVariant]) -> Wanted:
    """Where every variant keeps its price, the product keeps its own, whichever of them that is."""
    made = []
    for variant in one.variants:
        before = variants.get((was.id, folded(variant.name), folded(variant.value)))
        price = one.price + variant.price_adjustment
        if before is None or max(was.price + before.price_adjustment, 0) != price:
            return one
        made.append(msgspec.structs.replace(variant, price_adjustment=before.price_adjustment))
    return msgspec.structs.replace(one, price=was.price, variants=tuple(made)) if made else one


def _variant_steps(
    one: Wanted, was: Standing, variants: dict[tuple[int, str, str], StandingVariant]
) -> Iterator[VariantStep]:
    for variant in one.variants:
        before = variants.get((was.id, folded(variant.name), folded(variant.value)))
        if before is None:
            yield VariantStep(variant, None, variant.stock or 0)
            continue
        more = 0 if variant.stock is None else max(variant.stock - before.held, 0) - before.left
        found = [
            ("price difference", before.price_adjustment, variant.price_adjustment),
            ("SKU ending", before.sku_suffix, variant.sku_suffix or None),
            ("barcode", before.barcode, variant.barcode),
            ("can be chosen", before.is_available, variant.is_available),
            ("stock", before.left, before.left + more),
        ]
        if differences := _differences(found):
            yield VariantStep(variant, before, more, differences)


def _differences(found: Sequence[tuple[str, object, object]]) -> tuple[Difference, ...]:
    return tuple(
        Difference(what, "" if was is None else str(was), str(now))
        for what, was, now in found
        if now is not None and _plain(now) != _plain(was)
    )


def _named_alike(*named: tuple[str, str, str | None]) -> Iterator[tuple[str, str, str | None]]:
    """What is found by its name, whatever letters of it are large, stays what it is."""
    for what, was, now in named:
        yield what, was, was if now is not None and folded(now) == folded(was) else now


def _plain(value: object) -> object:
    """A text as a cell keeps it: without the white space that it has."""
    return " ".join(value.split()) if isinstance(value, str) else value
