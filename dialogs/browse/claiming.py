"""What is taken by its name: looked for, and offered with its kind and number."""

from msgspec.structs import replace

from dialogs.browse.named import Pointed, one_named, which_kind_of
from dialogs.engine.claimed import Claims
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here
from dialogs.showing.adding import origin_of, put_in_and_say
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.kinds import kind_meant, offer_of, without_looks
from dialogs.showing.listing import show_list
from dialogs.states_looking import Searching, ViewingProduct
from replies.base import Reply
from repository.catalogue.products import Product, Variant


async def claim(state: Here, heard: Claims, turn: Turn) -> Next[Here | Pointed]:
    """Look for what was named, and offer it with its kind and number to be confirmed with one tap."""
    turn = await spoken_to(heard.text, turn)
    named, looks = without_looks(heard.said)
    product = await one_named(named, turn, found_alone=True) if named else None
    if isinstance(product, Product):
        variant = kind_meant(product, looks) if looks else None
        if product.variants and variant is None:
            decided: Next[Here | Pointed] = which_kind_of(state, product, heard.quantity, unheard=looks)
        else:
            decided = offered(state, product, variant, heard.quantity)
        before = await _put_beside(state, heard, product, turn)
        return replace(decided, replies=[*hello(turn), *before, *decided.replies], language=turn.language)
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


async def _put_beside(state: Here, heard: Claims, product: Product, turn: Turn) -> list[Reply]:
    """What is said of the thing that was offered just before, which goes into the cart as another is wanted too."""
    if heard.beside is None or heard.beside[0] == product.id:
        return []
    product_id, variant_id, quantity = heard.beside
    put = await put_in_and_say(state, turn, product_id, variant_id, quantity=quantity)
    return list(put.replies)
