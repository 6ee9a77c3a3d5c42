"""Rows of one product joined: by a key, by their parent, by their name."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product as combinations

import msgspec

from repository.sheets.goods import Remark, SheetProduct, SheetVariant
from repository.sheets.lines import Line
from repository.sheets.numbers import OF_DOLLARS, SOME_DOLLAR
from repository.sheets.table import joined_by

_PARENTS = frozenset({"product", "variable"})
_SELDOM_CHOSEN = frozenset({"material", "pattern"})
_COMBINATIONS_MOST = 500


class Joined(msgspec.Struct):
    """What became of all rows."""

    products: list[SheetProduct] = []
    errors: list[Remark] = []
    questions: list[Remark] = []
    passed_over: list[Remark] = []

    def add(self, one: "Joined", where: str) -> None:
        """Take in what became of the rows of a sheet.

        Args:
            one: It.
            where: What stands before each remark.
        """
        self.products += one.products
        for mine, theirs in (
            (self.errors, one.errors),
            (self.questions, one.questions),
            (self.passed_over, one.passed_over),
        ):
            mine += [Remark(told.row, told.column, f"{where}{told.why}") for told in theirs]


def join(lines: Iterable[Line], into: Joined) -> None:
    """Make products of rows, in the order in which they begin in the file.

    Args:
        lines: Rows of goods.
        into: Where what became of each is put.
    """
    for group in _groups(lines):
        made = _product(group, into)
        if made is not None:
            into.products.append(made)
    into.products[:] = once(into)
    into.errors.sort(key=lambda remark: remark.row)


def refuse_other_money(lines: Sequence[Line], usual: str) -> None:
    """A price in another currency than the file's is none that could be taken as it stands.

    Args:
        lines: Rows of goods.
        usual: The file's currency, empty where it names none.
    """
    for line in lines:
        is_one = line.currency in ("", usual) or (
            SOME_DOLLAR in (line.currency, usual) and OF_DOLLARS.issuperset({line.currency, usual} - {SOME_DOLLAR})
        )
        if not is_one and not line.why:
            line.why = f"the price is in {line.currency}, the others are in {usual}: nothing is converted"


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    groups: dict[str, list[Line]] = {}
    last = ""
    for line in lines:
        if line.key:
            key = f"key {line.key}"
        elif line.options and not line.kind and (line.name or not last):
            key = f"name {joined_by(line.name)}"
        elif line.options and not line.kind:
            key = last  # its name is merged with the one above
        else:
            key = f"row {line.row}"
        if line.name:
            last = key if not line.key else ""
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _product(group: Sequence[Line], into: Joined) -> SheetProduct | None:
    named = [line for line in group if line.name]
    head = next((line for line in named if line.kind in _PARENTS), next(iter(named), None))
    if head is None:
        for line in group:
            into.errors.append(Remark(line.row, line.column, line.why or "there is no product name"))
        return None
    names: dict[str, str] = {}
    for line in group:
        names = {**line.names, **names}
    parents = [line for line in group if line.kind in _PARENTS]
    rest = [line for line in group if line.kind not in _PARENTS]
    images = [image for line in group for image in line.images]
    if parents and not rest:
        rest = _every_combination(parents[0], into)
    elif parents:
        rest = [_from_parent(line, parents[0]) for line in rest]
    variants: dict[tuple[tuple[str, str], ...], SheetVariant] = {}
    _drop_constant(rest)
    for line in rest:
        if len(rest) > 1 and line.is_picture:
            into.passed_over.append(Remark(line.row, "", "a further picture of the product"))
        elif (variant := _variant(line, names, into)) and not _is_known(variant, variants, into):
            variants[variant.options] = variant
    if not variants:
        return None
    found = tuple(variants.values())
    is_free = any(variant.price == 0 for variant in found)
    return SheetProduct(
        row=head.row,
        key=head.key,
        handle=head.sku if head.kind == "variable" else head.handle,
        sku=found[0].sku if len(found) == 1 else _shared(found),
        name=head.name,
        description=head.description,
        category=head.category,
        brand=head.brand,
        unit=head.unit,
        cost=head.cost,
        wholesale=head.wholesale,
        weight_kg=next((line.weight_kg for line in group if line.weight_kg), None),
        images=tuple(dict.fromkeys(images))[:10],
        is_draft=is_free or (head.is_hidden and (head.kind in _PARENTS or all(line.is_hidden for line in rest))),
        variants=found,
    )


def _drop_constant(lines: Sequence[Line]) -> None:
    """What feeds say of every variant alike is no choice: the material, the pattern."""
    for line in lines:
        line.options = {
            name: value
            for name, value in line.options.items()
            if name.casefold() not in _SELDOM_CHOSEN or len({other.options.get(name) for other in lines}) > 1
        }


def _shared(variants: Sequence[SheetVariant]) -> str:
    """The SKU that all variants have, a product's rather than theirs; empty where each has its own."""
    return variants[0].sku if len({variant.sku for variant in variants}) == 1 else ""


def _variant(line: Line, names: dict[str, str], into: Joined) -> SheetVariant | None:
    why = line.why or ("there is no price" if line.price is None else "")
    if why or line.price is None:
        into.errors.append(Remark(line.row, line.column, why))
        return None
    options = tuple(
        (names.get(name, f"Option {name[1:]}") if name.startswith("#") else name, value)
        for name, value in line.options.items()
        if value
    )
    if line.price == 0:
        into.questions.append(Remark(line.row, "", "the price is 0: a draft until there is one"))
    if line.stock is not None and line.stock < 0:
        into.questions.append(Remark(line.row, "", f"the stock is {line.stock}: taken as 0"))
    return SheetVariant(
        line.row, options, line.sku, line.price, line.list_price, line.stock, line.is_hidden, line.barcode
    )


def _is_known(variant: SheetVariant, variants: dict[tuple[tuple[str, str], ...], SheetVariant], into: Joined) -> bool:
    before = variants.get(variant.options)
    if before is None:
        return False
    called = ", ".join(value for _, value in variant.options) or "the same product"
    if before.price == variant.price:
        into.questions.append(Remark(variant.row, "", f"{called} as in row {before.row}: taken once only"))
    else:
        into.errors.append(Remark(variant.row, "", f"{called} stands in row {before.row} with another price"))
    return True


def _from_parent(line: Line, parent: Line) -> Line:
    """A variant of a parent row: what it leaves empty is its parent's."""
    price = line.price if line.price is not None or parent.price is None else parent.price + line.surcharge
    options = {name: _shown(value) for name, value in line.options.items()}
    if parent.kind == "variable":
        options = {name: options.get(name, "any") for name in parent.options}
    return msgspec.structs.replace(
        line,
        price=price,
        options=options,
        list_price=line.list_price or (parent.list_price if not line.price else None),
    )


def _every_combination(parent: Line, into: Joined) -> list[Line]:
    """A product with options whose combinations are not listed: each exists, at the product's price."""
    choices = {
        name: [_shown(part) for part in value.split(";") if part.strip()] for name, value in parent.options.items()
    }
    size = 1
    for values in choices.values():
        size *= len(values)
    if size > _COMBINATIONS_MOST:
        why = f"its options make {size:,} variants: {_COMBINATIONS_MOST} are the most"
        return [msgspec.structs.replace(parent, kind="", why=why)]
    if size > 1:
        into.questions.append(Remark(parent.row, "", f"its {size} combinations of options are not listed one by one"))
    return [
        msgspec.structs.replace(parent, kind="", options=dict(zip(choices, values, strict=True)))
        for values in combinations(*choices.values())
    ]


def _shown(value: str) -> str:
    """The name of a colour that is given as "rgb(255,121,0):Orange"."""
    code, colon, name = value.strip().rpartition(":")
    return name.strip() if colon and (code.startswith(("rgb", "#")) or code.isalpha()) else value.strip()


def once(into: Joined) -> list[SheetProduct]:
    """Each product once: what stands twice is left out, refused, or told apart.

    Args:
        into: What became of all rows, where that is said.
    """
    skus: dict[str, int] = {}
    names: dict[tuple[str, str], SheetProduct] = {}
    kept = []
    for product in into.products:
        own = {variant.sku.casefold() for variant in product.variants if variant.sku}
        if taken := next((sku for sku in sorted(own) if sku in skus), None):
            if product.key:
                into.questions.append(Remark(product.row, "", f"its SKU “{taken}” is used in row {skus[taken]} too"))
            else:
                into.errors.append(Remark(product.row, "", f"the SKU “{taken}” stands in row {skus[taken]} already"))
                continue
        skus.update(dict.fromkeys(own, product.row))
        before = names.setdefault((joined_by(product.name), product.sku or product.key), product)
        if before is not product and not _is_another(before, product, into):
            continue
        kept.append(product)
    return kept


def _is_another(before: SheetProduct, product: SheetProduct, into: Joined) -> bool:
    prices: set[Decimal] = {variant.price for variant in (*before.variants, *product.variants)}
    if len(prices) == 1:
        into.questions.append(Remark(product.row, "", f"same name and price as row {before.row}: taken once only"))
    else:
        into.errors.append(Remark(product.row, "", f"the name stands in row {before.row} with another price"))
    return False
