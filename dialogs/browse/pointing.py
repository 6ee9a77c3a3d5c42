"""What is on the screen, taken or asked about in words; and what is taken by its name."""

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import senses_by_word, words_for
from bot.language.spelling import singular
from bot.language.texts import subject
from bot.language.values.looks import HUES
from dialogs.browse.claiming import another_of_list, claim, offered
from dialogs.browse.named import Pointed, product_or_none, which_kind_of
from dialogs.browse.taking import take_variant
from dialogs.engine.claimed import AsksOfSeveral, Claims
from dialogs.engine.heard import AsksOf, AsksOfShown, WantsKinds, WantsSome, WhichOne
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import after_adding, origin_of, put_in_and_say, put_in_each
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import hello, spoken_to
from dialogs.showing.closer import detail
from dialogs.showing.kinds import is_all_said, is_look, kind_meant, kind_of_it, said_of_kind
from dialogs.states import Ordering, ReviewingCart
from dialogs.states_looking import ChoosingVariant, Searching, ViewingProduct
from replies.asked import OnlyKnown
from replies.browsing import NothingFound, Products
from replies.cart import CartSummary
from replies.meant import DidYouMean
from replies.product import ProductGone, Which
from replies.talk import NotUnderstood
from repository.catalogue import products
from repository.catalogue.products import Product, Variant
from repository.database.errors import UnknownProduct
from repository.orders import carts

_YOU, _SURELY = words_for("small.you"), words_for("small.particle", "talk.around_remark")
_TELLING_LEAST = 4
"""Letters of a word by which a card tells of something."""
_OF_NUMBERS = senses_by_word("number").keys() | words_for("quantity.more", "quantity.times", "quantity.thrice")
"""Words that say how many, and may be what a kind is called."""
_SIZE_LEAST = 20
"""A number from which on it is rather a size than pieces, where there is such a size."""


async def take_some(state: Here, heard: WantsSome, turn: Turn) -> Next[Here | Pointed | Ordering]:
    """Put as many pieces as were typed into the cart, of the product and the kind that are meant."""
    is_again = isinstance(state, ViewingProduct) and heard.quantity == 1  # "isang set po", once more
    if not heard.said and (heard.is_above or is_again or not heard.is_counted):
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        taken = [line for line in cart.lines if line.product_id == heard.product_id]
        if taken and (heard.is_above or any(line.variant_id is not None for line in taken)):
            return Next(ReviewingCart(), [CartSummary(cart=cart)], intent="view_cart")
    if not heard.said and heard.quantity > 1 and (kind := await _called_so(heard)):
        pieces = heard.quantity if any(map(str.isdigit, heard.text)) else 1
        return await take_variant(state, turn, heard.product_id, kind.id, pieces)
    if not heard.said and heard.quantity < _SIZE_LEAST:
        put = await put_in_and_say(state, turn, heard.product_id, None, quantity=heard.quantity)
        searched = await _kind_searched(state, heard.product_id) if isinstance(put.state, ChoosingVariant) else None
        return await take_variant(state, turn, heard.product_id, searched.id, heard.quantity) if searched else put
    try:
        product = await ask(products.product, product_id=heard.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    said = await _same_as_before(turn) if heard.said == "same" else heard.said or str(heard.quantity)
    quantity = heard.quantity if heard.said else 1
    if isinstance(state, ChoosingVariant) and state.product_id == product.id:
        said = said_of_kind(product, said, state.said) or said
        quantity = quantity if heard.said and heard.is_counted else max(quantity, state.quantity)
    if variant := kind_meant(product, said):
        return await take_variant(state, turn, product.id, variant.id, quantity)
    if not heard.said or _names(product, said):
        return await put_in_and_say(state, turn, product.id, None, quantity=heard.quantity)
    if product.variants and is_look(said):
        return which_kind_of(state, product, quantity, unheard=said)
    if is_look(said):  # it comes in one kind only: it is offered, and not put in
        return offered(state, product, None, heard.quantity)
    return await claim(state, Claims(text=heard.text, said=said, quantity=heard.quantity, beside=heard.beside), turn)


async def take_kinds(state: Here, heard: WantsKinds, turn: Turn) -> Next[Here | Pointed]:
    """Put several kinds of a product into the cart; where one of them is none of it, the text is answered as any."""
    try:
        product = await ask(products.product, product_id=heard.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    meant = [(pieces, kind_meant(product, said)) for pieces, said in heard.kinds]
    if not all(variant for _, variant in meant):
        unheard = next(said for (_, said), (_, variant) in zip(heard.kinds, meant, strict=True) if not variant)
        if product.variants:
            return which_kind_of(state, product, 1, unheard=unheard)
        return await answer_text(state, heard.text, turn)
    lines = [(product.id, variant.id, pieces) for pieces, variant in meant if variant]
    cart, refused = await put_in_each(state, turn, lines)
    if cart is None:
        return Next(after_adding(state), refused)
    return Next(ReviewingCart(), [*refused, CartSummary(cart=cart)], intent="view_cart")


async def answer_about(state: Here, heard: AsksOf, turn: Turn) -> Next[Here | Pointed]:
    """Show the product that is asked about, or the kind of it; say which kinds there are where that one is not."""
    turn = await spoken_to(heard.text, turn)
    product_id = heard.product_id or await _in_cart(heard.line_id, heard.said, turn)
    if not product_id:
        return await answer_text(state, heard.text, turn)
    try:
        product = await ask(products.product, product_id=product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()], language=turn.language)
    viewing = ViewingProduct(product_id=product.id, origin=origin_of(state))
    if not heard.said:
        kind = next((one for one in product.variants if one.id == heard.variant_id), None)
        if kind:
            return replace(offered(state, product, kind, heard.quantity, text=heard.text), language=turn.language)
        return Next(viewing, [detail(product, turn)], language=turn.language)
    said = heard.said
    if isinstance(state, ChoosingVariant) and state.product_id == product.id:
        said = said_of_kind(product, said, state.said) or said
    if (variant := kind_meant(product, said)) and (is_look(said) or is_all_said(product, variant, said)):
        return replace(offered(state, product, variant, 1, text=heard.text), language=turn.language)
    is_hue = heard.is_this and all(word in HUES for word in heard.said.split())
    if product.variants and (is_look(heard.said) or is_hue):
        gone = kind_meant(product, heard.said, sold_out=True)
        shown = offered(state, product, gone, 1) if gone else which_kind_of(state, product, 1, unheard=heard.said)
        return replace(shown, language=turn.language)
    beside = AsksOfShown(text=heard.text, product_id=product.id, is_this=heard.is_this)
    return await answer_beside(state, beside, turn)


async def answer_beside(state: Here, heard: AsksOfShown, turn: Turn) -> Next[Here | Pointed]:
    """Answer a question; where the shop has no answer, show what is known of the product, and who knows more."""
    answered = await answer_text(state, heard.text, turn)
    is_searched = answered.intent in ("search", "search_near")
    is_found = _is_lost(answered) or (is_searched and (heard.is_this or _only_found(answered, heard)))
    if not is_found and not is_searched:
        return answered
    try:
        product = await ask(products.product, product_id=heard.product_id)
    except UnknownProduct:
        return answered
    turn = replace(turn, language=answered.language or turn.language)
    if not is_found:
        if not _is_told(product, heard.text):
            return answered
        viewing = ViewingProduct(product_id=product.id, origin=origin_of(state))
        return Next(viewing, [*hello(turn), detail(product, turn)], language=turn.language)
    is_above = isinstance(state, ViewingProduct) and state.product_id == product.id
    viewing = ViewingProduct(product_id=product.id, origin=origin_of(state))
    shown = [] if is_above else [detail(product, turn)]
    replies = [*hello(turn), *shown, OnlyKnown(is_above=is_above)]
    return Next(viewing, replies, language=turn.language, intent="not_understood")


async def answer_of_several(state: Here, heard: AsksOfSeveral, turn: Turn) -> Next[Here | Pointed]:
    """Answer a question; where the shop has no answer, ask which of the products on show shall be looked at."""
    answered = await answer_text(state, heard.text, turn)
    if not _is_lost(answered) and not (heard.is_this and answered.intent in ("search", "search_near")):
        return answered
    turn = replace(turn, language=answered.language or turn.language)
    names = [await _whole_name(*one) for one in zip(heard.products, heard.names, strict=True)]
    asked = Which(products=heard.products, names=tuple(names), opens=True)
    return Next(state, [*hello(turn), asked], language=turn.language, intent="not_understood")


def _is_told(product: Product, text: str) -> bool:
    """Whether the card of a product tells of what a text asks, and the text asks for no other: "may garter ba"."""
    words = set(fold(text).split())
    asked = {singular(word) for word in subject(text).split() if len(word) >= _TELLING_LEAST}
    card = " ".join((product.name, product.description, *(f"{one.name} {one.value}" for one in product.specifications)))
    return bool(asked) and not words & _YOU and asked <= {singular(word) for word in fold(card).split()} | _SURELY


def _only_found(answered: Next[Here | Pointed], heard: AsksOfShown) -> bool:
    """Whether a question found nothing but the product on show: "mahaba po ba yung straw" is of the tumbler."""
    found = [reply.page for reply in answered.replies if isinstance(reply, Products)]
    return len(found) == 1 and [card.id for card in found[0].items] == [heard.product_id]


def _is_lost(answered: Next[Here | Pointed]) -> bool:
    """Whether an answer only says that there is none."""
    return any(
        isinstance(reply, NotUnderstood | DidYouMean) or (isinstance(reply, NothingFound) and not reply.near)
        for reply in answered.replies
    )


async def ask_which(state: Here, heard: WhichOne, turn: Turn) -> Next[Here | Pointed]:
    """Ask which of the products on show is meant; where it is one, show what else is in the list that it is from."""
    turn = await spoken_to(heard.text, turn)
    if len(heard.products) == 1:
        return replace(await another_of_list(state, heard, turn), language=turn.language)
    names = [await _whole_name(*one) for one in zip(heard.products, heard.names, strict=True)]
    asked = Which(products=heard.products, names=tuple(names), quantity=heard.quantity, opens=heard.quantity < 1)
    return Next(state, [asked], language=turn.language)


async def _whole_name(product_id: int, name: str) -> str:
    """A product's name, where only the beginning of it stands on its button."""
    if not name.endswith("…"):
        return name
    try:
        return str((await ask(products.product, product_id=product_id)).name)
    except UnknownProduct:
        return name


async def _called_so(heard: WantsSome) -> Variant | None:
    """The kind whose name says a number as well, and was typed: "double na lang" of a bed's sizes, "2 plus po"."""
    words = set(fold(heard.text).split()) & _OF_NUMBERS
    product = await product_or_none(heard.product_id) if words else None
    return next((one for one in product.variants if one.left and fold(one.value) in words), None) if product else None


async def _kind_searched(state: Here, product_id: int) -> Variant | None:
    """The kind that was named in the search that found a product: who looked for a green ball takes a green one."""
    origin = origin_of(state)
    product = await product_or_none(product_id) if isinstance(origin, Searching) else None
    return kind_of_it(product, origin.text, sold_out=False) if product and isinstance(origin, Searching) else None


async def _in_cart(line_id: int, said: str, turn: Turn) -> int:
    """The product of a line of the cart, of the last that comes in a kind, or of the last; 0 for none."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    lines = [line for line in cart.lines if line_id in (0, line.id)]
    for line in reversed(lines if said and len(lines) > 1 else []):
        product = await product_or_none(line.product_id)
        if product and kind_meant(product, said, sold_out=None):
            return product.id
    return lines[-1].product_id if lines else 0


async def _same_as_before(turn: Turn) -> str:
    """The kind of what was put into the cart last, such as "Navy"; empty where it had none."""
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    kinds = [line.variant for line in cart.lines if line.variant]
    return kinds[-1].partition(": ")[2] or kinds[-1] if kinds else ""


def _names(product: Product, said: str) -> bool:
    """Whether words are of the product's name."""
    return {singular(word) for word in fold(said).split()} <= {singular(word) for word in fold(product.name).split()}


POINTING = Dialog(
    "on the screen",
    (
        On(ANYWHERE, WantsSome, take_some),
        On(ANYWHERE, WantsKinds, take_kinds),
        On(ANYWHERE, AsksOf, answer_about),
        On(ANYWHERE, AsksOfShown, answer_beside),
        On(ANYWHERE, AsksOfSeveral, answer_of_several),
        On(ANYWHERE, WhichOne, ask_which),
        On(ANYWHERE, Claims, claim),
    ),
)
