"""What of an order is meant, and another color or size of it: "mali po napili kong kulay, gumamela dapat"."""

from collections.abc import Sequence

from bot.language.fold import fold
from bot.language.lexicon import beginnings, words_for
from dialogs.engine.run import Turn, ask
from dialogs.showing.kinds import kind_meant
from repository.aftersales.changing import Item, ItemLine
from repository.catalogue import products
from repository.catalogue.products import Product
from repository.database.errors import UnknownProduct

_CHANGES = words_for("wish.change", "edit.change", "edit.only", "quantity.make") | beginnings(words_for("edit.instead"))


async def of_another_kind(lines: Sequence[ItemLine], text: str, turn: Turn) -> list[Item] | None:
    """What the order would hold with another kind of one line; None where the text wants none, or of several lines.

    Args:
        lines: What it holds.
        text: What was typed.
        turn: The facts.
    """
    if _CHANGES.isdisjoint(fold(text).split()):
        return None
    found: list[tuple[ItemLine, int]] = []
    for line in lines:
        if line.variant_id is None:
            continue
        try:
            product: Product = await ask(products.product, product_id=line.product_id)
        except UnknownProduct:
            continue
        kind = kind_meant(product, text)
        if kind and kind.id != line.variant_id:
            found.append((line, kind.id))
    if len(found) != 1:
        return None
    meant, kind_id = found[0]
    return [Item(line.product_id, kind_id if line is meant else line.variant_id, line.quantity) for line in lines]


def line_named(lines: Sequence[ItemLine], about: Sequence[str]) -> ItemLine | None:
    """The one line of an order whose name holds some words; None where none does, or several do.

    Args:
        lines: What it holds.
        about: The words.
    """
    meant = [line for line in lines if about and set(about) <= set(fold(f"{line.name} {line.variant}").split())]
    return meant[0] if len(meant) == 1 else None
