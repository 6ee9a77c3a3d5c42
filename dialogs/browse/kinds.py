"""A kind of what is on show, by a variant's own words; of several on show, those that come so."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.values.looks import COLORS, HUES
from dialogs.browse.claiming import claim, offered
from dialogs.browse.named import Pointed, one_named, product_or_none, which_kind_of
from dialogs.browse.taking import take_variant
from dialogs.engine.claimed import NamesKind
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import is_all_said, kind_meant
from dialogs.states import Ordering
from replies.product import Which
from repository.catalogue import search
from repository.catalogue.products import Product, Variant
from repository.orders import carts

_FOUND_MOST = 96
"""Products that come in a colour: as many as one search shows."""
_LOOKED_MOST = 10
"""Products on show that are looked at for a kind, where a search for its name finds none of them."""
_COMPARED = words_for("variant.biggest", "variant.smallest", "size.l", "size.s")


async def take_kind(state: Here, heard: NamesKind, turn: Turn) -> Next[Here | Pointed | Ordering]:
    """Take the kind that words name of the one product on show; of several, offer the one that comes so, or ask which.

    Where no variant is called so, the text is answered as it would be with nothing on show.
    """
    if not heard.products:
        heard = await _of_the_cart(heard, turn)
    decided = await (_of_one(state, heard, turn) if len(heard.products) == 1 else _of_several(state, heard, turn))
    if decided:
        turn = await spoken_to(heard.text, turn)
        return replace(decided, replies=[*hello(turn), *decided.replies], language=turn.language)
    return await (claim(state, heard.claim, turn) if heard.claim else answer_text(state, heard.text, turn))


async def _of_the_cart(heard: NamesKind, turn: Turn) -> NamesKind:
    """The same of the product that was put into the cart last, of those that have such a kind."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    for product_id in dict.fromkeys(line.product_id for line in reversed(cart.lines) if line.variant_id is not None):
        product = await product_or_none(product_id)
        if product and _kind(product, heard.said):
            return replace(heard, products=(product.id,), names=(product.name,))
    return heard


async def _of_one(state: Here, heard: NamesKind, turn: Turn) -> Next[Here | Pointed | Ordering] | None:
    product = await product_or_none(heard.products[0])
    if product is None or not product.variants:
        return None
    if variant := _kind(product, heard.said):
        return await take_variant(state, turn, product.id, variant.id, heard.quantity)
    if all(word in HUES or word in COLORS for word in heard.said.split()) and not await one_named(heard.said, turn):
        return which_kind_of(state, product, heard.quantity, unheard=heard.said)
    return None


async def _of_several(state: Here, heard: NamesKind, turn: Turn) -> Next[Here | Pointed] | None:
    shown = dict(zip(heard.products, heard.names, strict=True))
    if set(fold(heard.said).split()) <= _COMPARED:
        return Next(state, [Which(products=heard.products, names=heard.names, quantity=heard.quantity)])
    found = await ask(search.search, text=heard.said, page=1, page_size=_FOUND_MOST)
    looked = [card.id for card in found.items if card.id in shown] or list(heard.products[:_LOOKED_MOST])
    meant: list[tuple[Product, Variant]] = []
    for product_id in looked:
        product = await product_or_none(product_id)
        if product and (variant := _kind(product, heard.said)):
            meant.append((product, variant))
    if not meant:
        return None
    if len(meant) == 1:
        return offered(state, meant[0][0], meant[0][1], heard.quantity)
    kinds = {product.id: variant.id for product, variant in meant}
    ids = [each for each in heard.products if each in kinds]
    names = tuple(shown[each] for each in ids)
    variants = tuple(kinds[each] for each in ids)
    return Next(state, [Which(products=tuple(ids), names=names, quantity=heard.quantity, variants=variants)])


def _kind(product: Product, said: str) -> Variant | None:
    """The variant that words name, and nothing else beside it."""
    meant = kind_meant(product, said)
    is_compared = set(fold(said).split()) <= _COMPARED
    return meant if meant and (is_compared or is_all_said(product, meant, said)) else None


KINDS = Dialog("a kind of it", (On(ANYWHERE, NamesKind, take_kind),))
