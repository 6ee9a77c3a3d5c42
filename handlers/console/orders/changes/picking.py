"""Picking products and how many of each: of an order that is changed, and of a draft."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from handlers.console.base.visit import whole
from repository.aftersales.changing import Item
from repository.database.connection import Connection
from repository.desk.products import Offer, offers, offers_of

_FIELD = re.compile(r"quantity_(\d{1,9})_(\d{1,9})")
_LINES_MOST = 200
_PIECES_MOST = 10**6


class PickedLine(msgspec.Struct, frozen=True):
    """A product with how many of it are wanted.

    Attributes:
        offer: What it is.
        quantity: Pieces.
        had: Pieces that the order holds already, which are not for sale to others.
    """

    offer: Offer
    quantity: int
    had: int = 0

    @property
    def field(self) -> str:
        """What the form calls it."""
        return f"quantity_{self.offer.product_id}_{self.offer.variant_id or 0}"


class Picked(msgspec.Struct, frozen=True):
    """What a form has picked, and what else was looked for.

    Attributes:
        lines: What is in it.
        find: What was looked for, or empty.
        results: What was found that is not in it.
    """

    lines: tuple[PickedLine, ...]
    find: str
    results: tuple[PickedLine, ...]


def items_in(form: Mapping[str, str]) -> tuple[Item, ...]:
    """What a form has picked; a number that is none counts as nothing.

    Args:
        form: What was sent.
    """
    items: list[Item] = []
    for name, text in list(form.items())[:_LINES_MOST]:
        field, quantity = _FIELD.fullmatch(name), min(whole(text.strip()), _PIECES_MOST)
        if field and quantity:
            items.append(Item(int(field[1]), int(field[2]) or None, quantity))
    return tuple(items)


async def picked(conn: Connection, *, items: Sequence[Item], find: str, held: Sequence[Item] = ()) -> Picked:
    """What is picked and what was found, to be shown.

    Args:
        conn: An open connection.
        items: What is picked.
        find: What is looked for, or empty.
        held: What the order holds already; it is shown even where none of it is wanted any more.
    """
    wanted = {(item.product_id, item.variant_id): item.quantity for item in items}
    had = {(item.product_id, item.variant_id): item.quantity for item in held}
    keys = list(dict.fromkeys((*had, *wanted)))
    known = await offers_of(conn, keys=keys)
    results = await offers(conn, text=find)
    return Picked(
        lines=tuple(PickedLine(one, wanted.get(one.key, 0), had.get(one.key, 0)) for one in known),
        find=find,
        results=tuple(PickedLine(one, 0) for one in results if one.key not in set(keys)),
    )
