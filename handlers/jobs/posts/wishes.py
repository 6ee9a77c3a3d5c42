"""What a comment wants of what its post sells: which product, which variant, how many."""

import re
from collections.abc import Sequence

import msgspec

from bot.language.buying.commenting import CommentRead, Picked
from bot.language.fold import fold
from bot.language.quantities import number_in
from bot.language.spelling import singular
from bot.language.texts import subject
from bot.language.values.variants import variant_in
from dialogs.showing.kinds import without_looks
from repository.catalogue import products, search
from repository.catalogue.products import Product
from repository.database.connection import Connection
from repository.database.errors import UnknownProduct
from repository.posts import comments
from repository.posts.claims import Line
from repository.posts.comments import Tied
from repository.rules import Rules

_SKU = re.compile(r"[\w.-]*\d[\w.-]*")
_SURE = 0.8
"""Of what `variant_in` hears, from where it is believed; a number alone is less."""
_LOOKED_AT = 10
"""Products that are looked at for the words of a comment."""


class Meant(msgspec.Struct, frozen=True):
    """Something that a comment wants. `must_choose` is whether it does not say which variant."""

    line: Line
    wanted: int
    must_choose: bool


async def meant(conn: Connection, text: str, read: CommentRead, tied: Sequence[Tied], rules: Rules) -> list[Meant]:
    """What a comment wants; nothing where it names no single product.

    Args:
        conn: An open connection.
        text: The comment.
        read: What it asks for.
        tied: What its post sells.
        rules: How many pieces a shopper can have at once.
    """
    most = rules.line_quantity_most
    if read.picks:
        by_code = {one.code: one for one in tied if one.code}
        return [
            found
            for pick in read.picks
            if (found := await _wish(conn, by_code[pick.code], read, pick, most, alone=len(read.picks) == 1))
        ]
    one = await named_product(conn, text, read, tied)
    found = await _wish(conn, one, read, None, most, alone=True) if one else None
    return [found] if found else []


async def _wish(
    conn: Connection, one: Tied, read: CommentRead, pick: Picked | None, most: int, *, alone: bool
) -> Meant | None:
    try:
        product = await products.product(conn, product_id=one.product_id)
    except UnknownProduct:
        return None
    said = read.rest if alone or pick is None else pick.rest
    variant_id, quantity = one.variant_id, None
    if product.variants and variant_id is None:
        variant_id, quantity = _variant(product, said)
    elif said:
        quantity = number_in(_without_name(product, said))
    quantity = (pick.quantity if pick else None) or quantity or 1
    must_choose = bool(product.variants) and variant_id is None
    return Meant(Line(product.id, variant_id), min(max(quantity, 1), most), must_choose)


def _variant(product: Product, said: str) -> tuple[int | None, int | None]:
    """The variant that words mean, and the pieces that they name."""
    if len(product.variants) == 1:
        return product.variants[0].id, number_in(said)
    if not said:
        return None, None
    heard = variant_in(_without_name(product, said), [variant.value for variant in product.variants])
    if heard.index is None or heard.score < _SURE:
        return None, heard.quantity or (number_in(said) if heard.score else None)
    return product.variants[heard.index].id, heard.quantity


def _without_name(product: Product, said: str) -> str:
    """Words without those of a product's name, so that "shirt 2 red" is "2 red"."""
    named = {singular(word) for word in fold(product.name).split() if not word.isdigit()}
    values = {word for variant in product.variants for word in fold(variant.value).split()}
    return " ".join(word for word in said.split() if singular(word) not in named or word in values)


async def _of_kind(conn: Connection, said: str, product_ids: Sequence[int]) -> list[int]:
    """Of several products those that have what is said of a kind: "2 red L" is the shirt beside a pan."""
    if len(product_ids) > _LOOKED_AT:
        return []
    kinds = await comments.kinds(conn, product_ids=product_ids)
    heard = {product_id: variant_in(said, values) for product_id, values in kinds.items()}
    named = [product_id for product_id, one in heard.items() if one.score >= _SURE]
    return [product_id for product_id in named if heard[product_id].index is not None] or named


async def named_product(conn: Connection, text: str, read: CommentRead, tied: Sequence[Tied]) -> Tied | None:
    """The one product that a comment means by its words or its kind, or because the post sells no other.

    Args:
        conn: An open connection.
        text: The comment.
        read: What it asks for.
        tied: What its post sells.
    """
    ids = {one.product_id for one in tied}
    if len(ids) == 1:
        return tied[0] if len(tied) == 1 else Tied(tied[0].product_id, None, "")
    numbered = await products.by_skus(conn, skus=_SKU.findall(text)[:20])
    if len(numbered) == 1:
        return Tied(numbered[0].id, None, "")
    words, _ = without_looks(subject(read.rest))
    wanted = {singular(word) for word in words.split() if not word.isdigit()}
    if tied:
        names = await comments.names(conn, product_ids=sorted(ids))
        scores = {
            product_id: len(wanted & {singular(word) for word in fold(name).split()})
            for product_id, name in names.items()
        }
        best = max(scores.values(), default=0)
        first = [product_id for product_id, score in scores.items() if score == best]
        if len(first) > 1 or not best:
            first = await _of_kind(conn, read.rest, first)
        return Tied(first[0], None, "") if len(first) == 1 else None
    if not wanted:
        return None
    page = await search.search(conn, text=" ".join(sorted(wanted)), page=1, page_size=_LOOKED_AT)
    whole = [card for card in page.items if wanted <= {singular(word) for word in fold(card.name).split()}]
    return Tied(whole[0].id, None, "") if len(whole) == 1 else None
