"""What is kept for later by its name: "save ko muna yung mug", "sabihan nyo ako pag may navy na", "ilipat sa cart"."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.spelling import singular
from dialogs.browse.named import one_named
from dialogs.cart.naming import lines_named
from dialogs.engine.heard import Keeps
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.showing.adding import Added
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import spoken_to
from dialogs.showing.kinds import kind_meant, without_looks
from dialogs.states import ChangingLine, EmptyingCart, ReviewingCart
from dialogs.states_wishlist import ListingWishlist
from dialogs.wishlist.listing import drop_saved, open_list, take_saved
from dialogs.wishlist.saving import Kept, put_aside_line, save_it
from dialogs.wishlist.waiting import wait_for
from replies.taps_wishlist import DropSaved, TakeSaved
from replies.wishlist import WhichToSave
from repository.catalogue import products
from repository.catalogue.products import Product
from repository.database.errors import UnknownProduct
from repository.orders import carts
from repository.wishlist import listed
from repository.wishlist.listed import Saved

Done = Kept | Added | ListingWishlist
"""Where it can lead, where the conversation does not stay."""
_IN_CART = (ReviewingCart, ChangingLine, EmptyingCart)


async def keep(state: Here, heard: Keeps, turn: Turn) -> Next[Here | Done | Told]:
    """Do what was typed, with what it names or what is on the screen; else answer the text as any other."""
    spoken = await spoken_to(heard.text, turn)
    of_list = heard.what in ("drop", "take")
    decided = await (_of_list(state, heard, spoken) if of_list else _to_list(state, heard, spoken))
    if decided is None:
        return await answer_text(state, heard.text, turn)
    return replace(decided, language=spoken.language, intent=decided.intent or f"wishlist_{heard.what}")


async def _of_list(state: Here, heard: Keeps, turn: Turn) -> Next[Here | Done] | None:
    """What is on the wishlist, taken off it or into the cart; the list where it is not plain which."""
    every = await ask(listed.every, shopper_id=turn.shopper_id)
    meant = [one for one in every if _is_named(one, heard)]
    if len(meant) != 1:
        return await open_list(turn)
    if heard.what == "drop":
        return await drop_saved(state, DropSaved(saved_id=meant[0].id, is_line=meant[0].is_line), turn)
    return await take_saved(state, TakeSaved(saved_id=meant[0].id, is_line=meant[0].is_line), turn)


async def _to_list(state: Here, heard: Keeps, turn: Turn) -> Next[Here | Done] | None:
    """Something saved, or waited for; None where the words name nothing that is sold here."""
    if heard.what == "save" and isinstance(state, _IN_CART):
        line_id = await _line(state, heard, turn)
        if line_id:
            return await put_aside_line(state, turn, line_id)
    if not heard.product_id and not heard.goods:
        return Next(state, [WhichToSave(waits=heard.what == "notify")])
    waits = heard.what == "notify"
    product, kind = await _product(heard, turn)
    if product is None:
        return None
    variant = kind_meant(product, kind, sold_out=None) if kind and product.variants else None
    variant_id = variant.id if variant else None
    if waits:
        return await wait_for(state, turn, product.id, variant_id)
    return await save_it(state, turn, product.id, variant_id)


async def _line(state: Here, heard: Keeps, turn: Turn) -> int:
    """The line of the cart that is meant; 0 where that is not plain."""
    if isinstance(state, ChangingLine) and not heard.goods:
        return state.line_id
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = await lines_named(cart, heard.goods, turn) if heard.goods else list(cart.lines)
    return lines[0].id if len(lines) == 1 else 0


async def _product(heard: Keeps, turn: Turn) -> tuple[Product | None, str]:
    """The product that is meant, and the words that may name a kind of it."""
    if heard.product_id:
        try:
            return await ask(products.product, product_id=heard.product_id), heard.goods
        except UnknownProduct:
            return None, ""
    named, looks = without_looks(heard.goods)
    product = await one_named(named, turn) if named else None
    return (product, looks) if isinstance(product, Product) else (None, "")


def _is_named(saved: Saved, heard: Keeps) -> bool:
    if not heard.goods:
        return not heard.product_id or saved.product_id == heard.product_id
    known = {singular(word) for word in fold(f"{saved.name} {saved.variant}").split()}
    return {singular(word) for word in heard.goods.split()} <= known
