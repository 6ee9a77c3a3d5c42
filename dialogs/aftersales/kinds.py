"""What of an order is meant, and another color or size of it: "mali po napili kong kulay, gumamela dapat"."""

from collections.abc import Sequence

from bot.language.buying.correcting import addition_in, line_change_in
from bot.language.fold import fold
from bot.language.lexicon import beginnings, words_for
from bot.language.spelling import singular
from dialogs.engine.run import Turn, ask
from dialogs.showing.kinds import kind_meant
from repository.aftersales.changing import Item, ItemLine
from repository.catalogue import products, search
from repository.catalogue.products import Product
from repository.database.errors import UnknownProduct

_SHOWN = 8  # products among which the one is looked for that words name
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


async def line_changed(lines: Sequence[ItemLine], text: str, turn: Turn) -> tuple[ItemLine, int] | None:
    """The line that a text wants in another number, and in which; None where it says nothing of the kind.

    Args:
        lines: What the order holds.
        text: What was typed, such as "wag na po yung mug" or "gawing 2 yung lamp".
        turn: The facts.
    """
    change = line_change_in(text, in_cart=True) or addition_in(text)
    if change is None or change.others or change.every:
        return None
    line = await line_meant(lines, change.goods, turn)
    if line is None:
        return None
    pieces = line.quantity * change.quantity if change.times else line.quantity * change.more + change.quantity
    return line, pieces


async def line_meant(lines: Sequence[ItemLine], goods: str, turn: Turn) -> ItemLine | None:
    """The one line that words name, by its name or alone by what a search finds; the only one where nothing is named.

    Args:
        lines: What the order holds.
        goods: The words.
        turn: The facts.
    """
    if not goods:
        return lines[0] if len(lines) == 1 else None
    if named := line_named(lines, [singular(word) for word in fold(goods).split()]):
        return named
    page = await ask(search.search, text=goods, page=1, page_size=_SHOWN)
    return next((line for line in lines if page.items and line.product_id == page.items[0].id), None)


def _called(line: ItemLine) -> set[str]:
    words = fold(f"{line.name} {line.variant}").split()
    return {*words, *map(singular, words)}


def line_named(lines: Sequence[ItemLine], about: Sequence[str]) -> ItemLine | None:
    """The one line of an order whose name holds some words; None where none does, or several do.

    Args:
        lines: What it holds.
        about: The words.
    """
    meant = [line for line in lines if about and set(about) <= _called(line)]
    return meant[0] if len(meant) == 1 else None
