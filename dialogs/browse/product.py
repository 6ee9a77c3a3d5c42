"""One product, the choice between its variants, and putting it into the cart."""

from contextlib import suppress

from msgspec.structs import replace

from bot.language.fold import fold, same
from bot.language.meaning import LITTLE, meaning
from bot.language.texts import subject, wants_it
from dialogs.checkout.form import begin
from dialogs.engine.heard import Typed, WantsSome
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import added, after_adding, origin_of, put_in
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_question, spoken_to
from dialogs.showing.listing import show_origin
from dialogs.states import ChoosingVariant, Looking, Ordering, ReviewingCart, ViewingProduct
from replies.cart import CartSummary
from replies.product import ProductDetail, ProductGone, Variants
from replies.talk import CannedAnswer
from replies.taps import AddToCart, ChooseVariant, GoBack, OpenProduct
from repository.catalogue import products
from repository.catalogue.products import Product, Variant
from repository.database.errors import UnknownProduct

_OF_IT = frozenset({"price", "stock", "color", "size"})
"""What the card of a product answers."""
Added = ViewingProduct | ChoosingVariant | ReviewingCart
"""Where putting something into the cart can lead, where the conversation does not stay."""
_LONGEST_VALUE = 3  # words of a variant's value


async def open_product(state: Here, tap: OpenProduct, turn: Turn) -> Next[Here | ViewingProduct]:
    """Show one product."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [ProductDetail(product=product)])


async def choose_variant(state: Here, tap: ChooseVariant, turn: Turn) -> Next[Here | ViewingProduct | ChoosingVariant]:
    """Ask which variant; show the product where it has none to choose from."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    origin = origin_of(state)
    if not product.variants:
        return Next(ViewingProduct(product_id=product.id, origin=origin), [ProductDetail(product=product)])
    return Next(ChoosingVariant(product_id=product.id, origin=origin), [Variants(product=product)])


async def name_variant(state: ChoosingVariant, heard: Typed, turn: Turn) -> Next[Idle | Added | Ordering]:
    """Take the variant whose name was typed; ask again where it names none."""
    try:
        product = await ask(products.product, product_id=state.product_id)
    except UnknownProduct:
        return Next(Idle(), [ProductGone()])
    if variant := named(product, heard.text):
        take = _buy if state.buying else _add
        return await take(state, turn, product.id, variant.id)
    if answer := await canned_question(heard.text, turn):
        again = Variants(product=product, buying=state.buying)
        return Next(state, [CannedAnswer(response=answer.response, alone=False), again], intent="canned")
    return Next(state, [Variants(product=product, buying=state.buying, unheard=heard.text)])


async def speak_of_product(state: ViewingProduct, heard: Typed, turn: Turn) -> Next[Told | Added]:
    """Put the product on show into the cart where that is what was typed, or a variant's name; else answer the text."""
    if wants_it(heard.text):
        return await _add(state, turn, state.product_id, None)
    asked = meaning(heard.text)
    if not asked.rest and asked.concepts & _OF_IT and asked.concepts <= _OF_IT | LITTLE:
        turn = await spoken_to(heard.text, turn)
        shown = await open_product(state, OpenProduct(product_id=state.product_id), turn)
        return replace(shown, language=turn.language)
    about = subject(heard.text)
    if about and len(about.split()) <= _LONGEST_VALUE:
        with suppress(UnknownProduct):
            product = await ask(products.product, product_id=state.product_id)
            meant = [one for one in product.variants if one.left > 0 and fold(one.value) in (about, fold(heard.text))]
            if len(meant) == 1:
                return await _add(state, turn, product.id, meant[0].id)
    return await answer_text(state, heard.text, turn)


async def add_to_cart(state: Here, tap: AddToCart, turn: Turn) -> Next[Here | Added]:
    """Put one piece into the cart, or ask which variant, or say what is left."""
    return await _add(state, turn, tap.product_id, tap.variant_id)


async def take_some(state: Here, heard: WantsSome, turn: Turn) -> Next[Here | Added]:
    """Put as many pieces as were typed into the cart, of the one product on offer."""
    return await _add(state, turn, heard.product_id, None, quantity=heard.quantity)


async def back_to_list(state: ViewingProduct, tap: GoBack, turn: Turn) -> Next[Looking]:
    """From a product back to the list that it was opened from."""
    return await show_origin(state.origin, turn)


async def back_to_product(state: ChoosingVariant, tap: GoBack, turn: Turn) -> Next[ChoosingVariant | ViewingProduct]:
    """From the variants back to the product."""
    return await open_product(state, OpenProduct(product_id=state.product_id), turn)


def named(product: Product, text: str) -> Variant | None:
    """The variant that a text names: by its value, or where that is left, by the only one whose value begins so.

    Args:
        product: The product.
        text: What was typed, such as "large" or "yung red po".
    """
    said = fold(text)
    words = set(said.split())
    left = [variant for variant in product.variants if variant.left > 0]
    values = {variant.id: fold(variant.value) for variant in left}
    exact = [variant for variant in left if same(variant.value, text)]
    inside = [variant for variant in left if values[variant.id] and set(values[variant.id].split()) <= words]
    begun = [variant for variant in left if said and values[variant.id].startswith(said)]
    return next((matches[0] for matches in (exact, inside, begun) if len(matches) == 1), None)


async def _buy(state: Here, turn: Turn, product_id: int, variant_id: int) -> Next[Here | Added | Ordering]:
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=True)
    return cart if isinstance(cart, Next) else await begin(turn)


async def _add(
    state: Here, turn: Turn, product_id: int, variant_id: int | None, quantity: int = 1
) -> Next[Here | Added]:
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=False, quantity=quantity)
    if isinstance(cart, Next):
        return cart
    line = next((one for one in cart.lines if (one.product_id, one.variant_id) == (product_id, variant_id)), None)
    if line is None:  # taken out again at the same moment
        return Next(after_adding(state), [CartSummary(cart=cart)])
    return Next(after_adding(state), [added(state, cart, line)])


PRODUCT = Dialog(
    "product",
    (
        On(ANYWHERE, OpenProduct, open_product),
        On(ANYWHERE, ChooseVariant, choose_variant),
        On(ChoosingVariant, Typed, name_variant),
        On(ViewingProduct, Typed, speak_of_product),
        On(ANYWHERE, AddToCart, add_to_cart),
        On(ANYWHERE, WantsSome, take_some),
        On(ViewingProduct, GoBack, back_to_list),
        On(ChoosingVariant, GoBack, back_to_product),
    ),
)
