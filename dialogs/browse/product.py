"""One product, the choice between its variants, and putting it into the cart."""

from contextlib import suppress

from msgspec.structs import replace

from bot.language.lexicon import words_for
from bot.language.meaning import LITTLE, meaning
from bot.language.texts import is_greeting, is_polite, is_question, subject, wants_it
from dialogs.browse.taking import take_variant
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.reading.small import asks_total
from dialogs.showing.adding import Added, origin_of, put_in_and_say
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import canned_question, in_merchants_words, spoken_to
from dialogs.showing.closer import detail
from dialogs.showing.kinds import is_all_said, is_look, kind_meant, said_of_kind, which_kind, without_looks
from dialogs.showing.listing import goods_named, show_origin
from dialogs.states import Ordering
from dialogs.states_looking import ChoosingVariant, Looking, ViewingProduct
from replies.product import ProductGone, Variants
from replies.taps import AddToCart, ChooseVariant, GoBack, OpenProduct
from repository.catalogue import products
from repository.database.errors import UnknownProduct
from repository.orders import carts

_OF_IT = frozenset({"price", "stock", "color", "size"})
"""What the card of a product answers."""
_MORE = words_for("quantity.more")
_LONGEST_VALUE = 3  # words of a variant's value


async def open_product(state: Here, tap: OpenProduct, turn: Turn) -> Next[Here | ViewingProduct]:
    """Show one product."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [detail(product, turn)])


async def choose_variant(state: Here, tap: ChooseVariant, turn: Turn) -> Next[Here | ViewingProduct | ChoosingVariant]:
    """Ask which variant; show the product where it has none to choose from."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    origin = origin_of(state)
    if not product.variants:
        return Next(ViewingProduct(product_id=product.id, origin=origin), [detail(product, turn)])
    return Next(ChoosingVariant(product_id=product.id, origin=origin), [Variants(product=product)])


async def name_variant(state: ChoosingVariant, heard: Typed, turn: Turn) -> Next[Idle | Added | Ordering | Told]:
    """Take the variant whose name was typed; ask again where it names none."""
    try:
        product = await ask(products.product, product_id=state.product_id)
    except UnknownProduct:
        return Next(Idle(), [ProductGone()])
    said = said_of_kind(product, heard.text, state.said)
    if variant := kind_meant(product, said or heard.text):
        return await take_variant(state, turn, product.id, variant.id, state.quantity)
    if asks_total(heard.text) and not (await ask(carts.cart, shopper_id=turn.shopper_id)).lines:
        return Next(state, [Variants(product=product, buying=state.buying, quantity=state.quantity)])
    if answer := await canned_question(heard.text, turn):
        again = Variants(product=product, buying=state.buying, quantity=state.quantity)
        return Next(state, [await in_merchants_words(answer, turn, alone=False), again], intent="canned")
    if found := await goods_named(without_looks(_without_more(subject(heard.text)))[0], turn):
        return found
    is_small = (
        is_polite(heard.text) or is_greeting(heard.text) or asks_total(heard.text) or meaning(heard.text).is_clear
    )
    if is_small or (is_question(heard.text) and not is_look(subject(heard.text))):
        return await answer_text(state, heard.text, turn)
    asked = which_kind(product, said or heard.text, quantity=state.quantity, buying=state.buying)
    return Next(replace(state, said=said), [asked])


def _without_more(wanted: str) -> str:
    """The words that name something, without those that only say that it comes on top: "dagdag ng bib"."""
    return " ".join(word for word in wanted.split() if word not in _MORE)


async def speak_of_product(state: ViewingProduct, heard: Typed, turn: Turn) -> Next[Told | Added]:
    """Put the product on show into the cart where that is what was typed, or a variant's name; else answer the text."""
    if wants_it(heard.text):
        return await put_in_and_say(state, turn, state.product_id, None)
    asked = meaning(heard.text)
    if asks_total(heard.text) and (await ask(carts.cart, shopper_id=turn.shopper_id)).lines:
        return await answer_text(state, heard.text, turn)
    if not asked.rest and asked.concepts & _OF_IT and asked.concepts <= _OF_IT | LITTLE:
        turn = await spoken_to(heard.text, turn)
        shown = await open_product(state, OpenProduct(product_id=state.product_id), turn)
        return replace(shown, language=turn.language)
    about = subject(heard.text)
    if about and len(about.split()) <= _LONGEST_VALUE:
        with suppress(UnknownProduct):
            product = await ask(products.product, product_id=state.product_id)
            meant = kind_meant(product, about)
            if meant and is_all_said(product, meant, about):
                return await put_in_and_say(state, turn, product.id, meant.id)
    return await answer_text(state, heard.text, turn)


async def add_to_cart(state: Here, tap: AddToCart, turn: Turn) -> Next[Here | Added]:
    """Put one piece into the cart, or ask which variant, or say what is left."""
    return await put_in_and_say(state, turn, tap.product_id, tap.variant_id, quantity=tap.quantity or 1)


async def back_to_list(state: ViewingProduct, tap: GoBack, turn: Turn) -> Next[Looking]:
    """From a product back to the list that it was opened from."""
    return await show_origin(state.origin, turn)


async def back_to_product(state: ChoosingVariant, tap: GoBack, turn: Turn) -> Next[ChoosingVariant | ViewingProduct]:
    """From the variants back to the product."""
    return await open_product(state, OpenProduct(product_id=state.product_id), turn)


PRODUCT = Dialog(
    "product",
    (
        On(ANYWHERE, OpenProduct, open_product),
        On(ANYWHERE, ChooseVariant, choose_variant),
        On(ChoosingVariant, Typed, name_variant),
        On(ViewingProduct, Typed, speak_of_product),
        On(ANYWHERE, AddToCart, add_to_cart),
        On(ViewingProduct, GoBack, back_to_list),
        On(ChoosingVariant, GoBack, back_to_product),
    ),
)
