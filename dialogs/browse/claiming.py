"""What is taken by its name, or by another place in a list: looked for, and offered with its kind and number."""

from msgspec.structs import replace

from dialogs.browse.named import Pointed, named_with_looks, product_or_none, which_kind_of
from dialogs.engine.claimed import Claims
from dialogs.engine.heard import WhichOne
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.showing.adding import origin_of, put_in_and_say
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.closer import detail
from dialogs.showing.kinds import kind_meant, kind_of_it, offer_of, without_looks
from dialogs.showing.listing import show_list
from dialogs.states_looking import Searching, ViewingProduct
from replies.asked import OnlyOne
from replies.base import Reply
from replies.browsing import Products
from replies.product import ProductGone
from repository.catalogue.products import Product, Variant


async def claim(state: Here, heard: Claims, turn: Turn) -> Next[Here | Pointed]:
    """Look for what was named, and offer it with its kind and number to be confirmed with one tap."""
    turn = await spoken_to(heard.text, turn)
    product, looks = await named_with_looks(heard.said, turn, found_alone=True)
    if isinstance(product, Product):
        variant = (kind_meant(product, looks) if looks else None) or kind_of_it(product, heard.said, sold_out=False)
        if product.variants and variant is None:
            decided: Next[Here | Pointed] = which_kind_of(state, product, heard.quantity, unheard=looks)
        else:
            decided = offered(state, product, variant, heard.quantity)
        before = await _put_beside(state, heard, product, turn)
        return replace(decided, replies=[*hello(turn), *before, *decided.replies], language=turn.language)
    named, _ = without_looks(heard.said)
    if product and isinstance((shown := await show_list(Searching(text=named), turn)).state, Searching):
        replies = [*hello(turn), *shown.replies]
        return replace(shown, replies=replies, language=turn.language, intent="search")
    return await answer_text(state, heard.text, turn)


def offered(
    state: Here, product: Product, variant: Variant | None, quantity: int, *, text: str = ""
) -> Next[Here | Pointed]:
    """A product with its kind and number, to be confirmed with one tap; and how many are left, where a text asks."""
    offer = offer_of(product, variant, quantity, text=text)
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [offer], intent="offer")


async def another_of_list(state: Here, heard: WhichOne, turn: Turn) -> Next[Here | Pointed]:
    """What is meant by another place than that of the one product on show: of the list that it was opened from.

    Where nothing else is in it, the one is offered, and it is said that it is the only one.
    """
    origin = origin_of(state)
    listed = await show_list(origin, turn) if origin else None
    cards = (
        [card for said in listed.replies if isinstance(said, Products) for card in said.page.items] if listed else []
    )
    others = [card for card in cards if card.id != heard.products[0]]
    if listed and others:
        at = [others[0]] if heard.is_other and len(others) == 1 else cards[heard.place - 1 :][: bool(heard.place)]
        product = await product_or_none(at[0].id) if at else None
        if product is None:
            return listed
        return await _shown(state, product, heard.quantity, turn)
    product = await product_or_none(heard.products[0])
    if product is None:
        return Next(state, [ProductGone()])
    shown = await _shown(state, product, heard.quantity, turn)
    return replace(shown, replies=[OnlyOne(), *shown.replies])


async def _shown(state: Here, product: Product, quantity: int, turn: Turn) -> Next[Here | Pointed]:
    """A product, to be taken with one tap; where it comes in kinds, with all that is known of it."""
    if not product.variants:
        return offered(state, product, None, quantity)
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [detail(product, turn)])


async def _put_beside(state: Here, heard: Claims, product: Product, turn: Turn) -> list[Reply]:
    """What is said of the thing that was offered just before, which goes into the cart as another is wanted too."""
    if heard.beside is None or heard.beside[0] == product.id:
        return []
    product_id, variant_id, quantity = heard.beside
    put = await put_in_and_say(state, turn, product_id, variant_id, quantity=quantity)
    return list(put.replies)
