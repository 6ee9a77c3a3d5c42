"""One product, the choice between its variants, and putting it into the cart."""

from contextlib import suppress

from msgspec.structs import replace

from bot.language.meaning import LITTLE, meaning
from bot.language.texts import plain, subject, wants_it
from dialogs.checkout.form import begin
from dialogs.engine.heard import Typed, WantsSome
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import added, after_adding, origin_of, put_in
from dialogs.showing.answering import answer_text
from dialogs.showing.answers import canned_question, spoken_to
from dialogs.showing.listing import show_origin
from dialogs.states import ChoosingVariant, ViewingProduct
from replies.cart import CartSummary
from replies.product import ProductDetail, ProductGone, Variants
from replies.talk import CannedAnswer
from replies.taps import AddToCart, ChooseVariant, GoBack, OpenProduct
from repository.catalogue import products
from repository.catalogue.products import Product, Variant
from repository.database.errors import UnknownProduct

_OF_IT = frozenset({"price", "stock", "color", "size"})
"""What the card of a product answers."""
_LONGEST_VALUE = 3  # words of a variant's value


async def open_product(state: State, tap: OpenProduct, turn: Turn) -> Next:
    """Show one product."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [ProductDetail(product=product)])


async def choose_variant(state: State, tap: ChooseVariant, turn: Turn) -> Next:
    """Ask which variant; show the product where it has none to choose from."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    origin = origin_of(state)
    if not product.variants:
        return Next(ViewingProduct(product_id=product.id, origin=origin), [ProductDetail(product=product)])
    return Next(ChoosingVariant(product_id=product.id, origin=origin), [Variants(product=product)])


async def name_variant(state: ChoosingVariant, heard: Typed, turn: Turn) -> Next:
    """Take the variant whose name was typed; ask again where it names none."""
    try:
        product = await ask(products.product, product_id=state.product_id)
    except UnknownProduct:
        return Next(Idle(), [ProductGone()])
    if variant := named(product, heard.text):
        return await _add(state, turn, product.id, variant.id, buying=state.buying)
    if answer := await canned_question(heard.text, turn):
        again = Variants(product=product, buying=state.buying)
        return Next(state, [CannedAnswer(response=answer.response, alone=False), again], intent="canned")
    return Next(state, [Variants(product=product, buying=state.buying, unheard=heard.text)])


async def speak_of_product(state: ViewingProduct, heard: Typed, turn: Turn) -> Next:
    """Put the product on show into the cart where that is what was typed, or a variant's name; else answer the text."""
    if wants_it(heard.text):
        return await _add(state, turn, state.product_id, None, buying=False)
    asked = meaning(heard.text)
    if not asked.rest and asked.concepts & _OF_IT and asked.concepts <= _OF_IT | LITTLE:
        turn = await spoken_to(heard.text, turn)
        shown = await open_product(state, OpenProduct(product_id=state.product_id), turn)
        return replace(shown, language=turn.language)
    about = subject(heard.text)
    if about and len(about.split()) <= _LONGEST_VALUE:
        with suppress(UnknownProduct):
            product = await ask(products.product, product_id=state.product_id)
            meant = [one for one in product.variants if one.left > 0 and plain(one.value) in (about, plain(heard.text))]
            if len(meant) == 1:
                return await _add(state, turn, product.id, meant[0].id, buying=False)
    return await answer_text(state, heard.text, turn)


async def add_to_cart(state: State, tap: AddToCart, turn: Turn) -> Next:
    """Put one piece into the cart, or ask which variant, or say what is left."""
    return await _add(state, turn, tap.product_id, tap.variant_id, buying=False)


async def take_some(state: State, heard: WantsSome, turn: Turn) -> Next:
    """Put as many pieces as were typed into the cart, of the one product on offer."""
    return await _add(state, turn, heard.product_id, None, buying=False, quantity=heard.quantity)


async def back_to_list(state: ViewingProduct, tap: GoBack, turn: Turn) -> Next:
    """From a product back to the list that it was opened from."""
    return await show_origin(state.origin, turn)


async def back_to_product(state: ChoosingVariant, tap: GoBack, turn: Turn) -> Next:
    """From the variants back to the product."""
    return await open_product(state, OpenProduct(product_id=state.product_id), turn)


def named(product: Product, text: str) -> Variant | None:
    """The variant that a text names: by its value, or where that is left, by the only one whose value begins so.

    Args:
        product: The product.
        text: What was typed, such as "large" or "yung red po".
    """
    said = plain(text)
    words = set(said.split())
    left = [variant for variant in product.variants if variant.left > 0]
    values = {variant.id: plain(variant.value) for variant in left}
    exact = [variant for variant in left if values[variant.id] == said]
    inside = [variant for variant in left if set(values[variant.id].split()) <= words]
    begun = [variant for variant in left if said and values[variant.id].startswith(said)]
    return next((found[0] for found in (exact, inside, begun) if len(found) == 1), None)


async def _add(
    state: State, turn: Turn, product_id: int, variant_id: int | None, *, buying: bool, quantity: int = 1
) -> Next:
    cart = await put_in(state, turn, product_id=product_id, variant_id=variant_id, buying=buying, quantity=quantity)
    if isinstance(cart, Next):
        return cart
    if buying:
        return await begin(turn)
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
