"""What was typed beside something that opens a product: a number and a kind to be taken with one tap, a question."""

from collections.abc import Sequence

import msgspec

from bot.language.meaning import LITTLE, meaning
from bot.language.places import Place
from bot.language.texts import subject
from dialogs.engine.claimed import Claims
from dialogs.engine.heard import AsksOf, Looks, WantsSome
from dialogs.engine.run import Turn
from dialogs.reading.context import Context, Offered
from dialogs.reading.table import heard_in
from dialogs.showing.answers import canned_answer, in_merchants_words
from dialogs.showing.closer import arrives, fee_to
from dialogs.showing.kinds import kind_meant, without_looks
from dialogs.states_looking import (
    ViewingProduct,
)
from replies.base import Reply
from replies.payloads import CODEC
from replies.product import Offer, Variants
from replies.taps import OpenProduct
from repository.catalogue.products import Product

_OF_IT = frozenset({"price", "stock", "color", "size"})
"""What the card of a product answers by itself."""


class Beside(msgspec.Struct, frozen=True):
    """What is said around a product's card.

    Attributes:
        before: In front of it.
        after: Behind it.
        asks_kind: Whether which variant is asked.
    """

    before: Sequence[Reply] = ()
    after: Sequence[Reply] = ()
    asks_kind: bool = False


def is_about_it(text: str) -> bool:
    """Whether a text only asks about, wants or greets, and names nothing: "hi, interested", "hm po ito?".

    Args:
        text: What was typed.
    """
    asked = meaning(text)
    return not subject(text) or (not asked.rest and asked.concepts <= _OF_IT | LITTLE)


async def said_beside(text: str, product: Product, turn: Turn, *, variant_id: int | None = None) -> Beside:
    """What a text says to a product that opens by itself: "2 red po" offers two red ones, "COD po ba?" is answered.

    Args:
        text: What was typed, empty for nothing.
        product: The product.
        turn: The facts.
        variant_id: The variant that was come for, None for none.
    """
    variant = next((one for one in product.variants if one.id == variant_id), None)
    shown = Offered(title=product.name, payload=CODEC.pack(OpenProduct(product_id=product.id)), of=product.name)
    heard = heard_in(text, Context(state=ViewingProduct(product_id=product.id), offered=(shown,))) if text else None
    quantity, said = 1, ""
    if isinstance(heard, WantsSome | Claims):
        quantity, said = heard.quantity, heard.said
    elif isinstance(heard, AsksOf):
        said = heard.said
    if said:
        variant = kind_meant(product, said) or kind_meant(product, without_looks(said)[1] or said) or variant
    takes = isinstance(heard, WantsSome | Claims)
    if variant or (takes and not product.variants and product.left):
        return Beside(after=[_offer(product, quantity, variant_id=variant.id if variant else None)])
    if takes and any(one.left for one in product.variants):
        return Beside(after=[Variants(product=product, quantity=quantity)], asks_kind=True)
    if isinstance(heard, Looks) and heard.kind in ("fee", "arrives"):
        place = Place(heard.city, heard.province)
        about = arrives(turn, place, alone=False) if heard.kind == "arrives" else fee_to(place, turn, alone=False)
        return Beside(before=[await about])
    asked = meaning(text)
    if not text or asked.concepts <= _OF_IT | LITTLE:
        return Beside()
    answer = await canned_answer(text, turn)
    return Beside(before=[await in_merchants_words(answer, turn, alone=False)]) if answer else Beside()


def _offer(product: Product, quantity: int, *, variant_id: int | None) -> Offer:
    variant = next((one for one in product.variants if one.id == variant_id), None)
    return Offer(
        product_id=product.id,
        product=product.name,
        variant_id=variant_id,
        variant=variant.value if variant else "",
        quantity=quantity,
        price=variant.price if variant else product.price,
        left=variant.left if variant else product.left,
    )
