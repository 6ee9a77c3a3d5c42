"""Coming in through a link, an ad, Facebook's shop, or with a post, a product or a card that was shared."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.arriving.links import links_in
from bot.language.arriving.refs import Sought, read_ref
from bot.language.fold import fold
from bot.language.meaning import LITTLE, meaning
from bot.language.spelling import singular
from dialogs.browse.beside import is_about_it, said_beside
from dialogs.checkout.between.hearing import hear_answer
from dialogs.checkout.form import CHECKOUT, ask_again
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.sent import Arrived
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.answers import PAGE_MOST, canned_answer, hello, in_merchants_words, page_size, spoken_to, welcome
from dialogs.showing.closer import detail
from dialogs.showing.listing import show_categories, show_list
from dialogs.states import InCheckout, Ordering
from dialogs.states_looking import (
    BrowsingCategories,
    BrowsingCategory,
    ChoosingVariant,
    ViewingProduct,
)
from replies.arriving import PromoOpened, PromoUnknown, SharedUnknown, What
from replies.base import Reply
from replies.browsing import Products
from replies.product import ProductGone
from repository.catalogue import products, search
from repository.catalogue.products import ProductCard, ProductPage
from repository.database.errors import UnknownProduct
from repository.referrals import opening, titled
from repository.referrals.opening import Goods, Led, Named

Opened = ViewingProduct | ChoosingVariant | BrowsingCategory | BrowsingCategories | Idle
"""Where what somebody came for leads."""
_TITLE_MOST = 200
"""Characters of a title in which a product is looked for."""


async def arrive(state: Here, heard: Arrived, turn: Turn) -> Next[Here | Opened | Told]:
    """Open what somebody came for, whatever is typed beside it; answer the words alone where it is nothing known."""
    turn = await spoken_to(heard.text, turn) if heard.text else turn
    if decided := await _opened(heard, turn):
        return replace(decided, language=turn.language, replies=[*hello(turn), *decided.replies])
    is_shared = bool(heard.titles or heard.post_id or heard.goods)
    if heard.text and not (is_shared and is_about_it(heard.text)):
        return await answer_text(state, heard.text, turn)
    if heard.is_address or is_shared:
        said = SharedUnknown(title=_title(heard), kind=_kind(heard))
        return Next(state, [*hello(turn), said], language=turn.language, intent="shared_unknown")
    return Next(Idle(), [welcome(turn, turn.language)])


async def arrive_meanwhile(state: InCheckout, heard: Arrived, turn: Turn) -> Next[Ordering | Opened]:
    """Open what somebody came for, to be gone back from; a promo is used at once, and the question asked again."""
    if decided := await _opened(heard, turn):
        if not isinstance(decided.state, Idle) or decided.intent == "shared":
            return decided
        trying = replace(turn, draft=decided.draft or turn.draft)
        said = [_beside(reply) for reply in decided.replies]
        return await ask_again(state, trying, *said)
    if heard.text:
        return await hear_answer(state, Typed(text=heard.text), turn)
    if heard.is_address or heard.titles or heard.post_id:
        return await ask_again(state, turn, SharedUnknown(title=_title(heard), kind=_kind(heard), alone=False))
    return await ask_again(state, turn)


ARRIVING = Dialog(
    "arriving",
    (
        On(ANYWHERE, Arrived, arrive),
        On(CHECKOUT, Arrived, arrive_meanwhile),
    ),
)


async def _opened(heard: Arrived, turn: Turn) -> Next[Opened] | None:
    """What somebody came for, opened; None where nothing of it is known here."""
    if len(heard.goods) > 1 or len(heard.products) > 1:
        return await _several(heard, turn)
    sought = read_ref(heard.ref)
    led = Led(goods=Goods(heard.products[0])) if heard.products else await _led(heard, sought)
    if led.several:
        return Next(Idle(), await _cards(led.several[:PAGE_MOST]), intent="shared")
    if led.goods is None and not (led.promo or led.category_id) and (named := await _in_titles(heard, turn)):
        if len(named) > 1:
            return _list(named)
        led = Led(goods=Goods(named[0].id))
    if led == Led() and heard.post_id:  # no word of it tells, but perhaps those who came by it before
        led = await ask(opening.led_to, post_id=heard.post_id)
    before = _promo(led, sought)
    draft = replace(turn.draft, promo_code=led.promo.code) if led.promo and led.now_runs else None
    if led.goods and led.goods.is_sold:
        try:
            product = await ask(products.product, product_id=led.goods.product_id)
        except UnknownProduct:
            return Next(Idle(), [*before, ProductGone()], draft=draft)
        beside = await said_beside(heard.text, product, turn, variant_id=led.goods.variant_id)
        replies = [*before, *beside.before, detail(product, turn), *beside.after]
        if beside.asks_kind:
            return Next(ChoosingVariant(product_id=product.id), replies, draft=draft)
        return Next(ViewingProduct(product_id=product.id), replies, draft=draft)
    if led.category_id is not None:
        shown = await show_list(BrowsingCategory(category_id=led.category_id), turn)
        return replace(shown, replies=[*await _answered(heard.text, turn), *shown.replies])
    if led.promo or (sought.promos and not led.goods):
        about = led.promo.product_ids if led.promo and led.now_runs else ()
        page = await _cards(about[:PAGE_MOST])
        return Next(Idle(), [*before, *page, *await _answered(heard.text, turn)], draft=draft, intent="promo")
    if led.goods or sought.products or (heard.goods and not heard.text):
        titled = next((one.title for one in heard.goods if one.title), "")
        is_gone = led.goods or sought.products
        said = ProductGone() if is_gone else SharedUnknown(title=titled, kind="product")
        return Next(Idle(), [*before, said], intent="product_gone")
    if sought.categories:
        return await show_categories(turn, note="gone")
    return None


async def _led(heard: Arrived, sought: Sought) -> Led:
    if not (heard.ref or heard.goods or heard.post_id):
        return Led()
    led: Led = await ask(
        opening.led_to,
        products=sought.products,
        categories=sought.categories,
        promos=sought.promos,
        anything=sought.anything,
        wanted=_named(heard),
        tied_to=heard.post_id,
    )
    return led


def _promo(led: Led, sought: Sought) -> list[Reply]:
    if led.promo:
        return [PromoOpened(promo=led.promo, runs=led.now_runs, alone=led.goods is None)]
    return [PromoUnknown(alone=led.goods is None)] if sought.promos else []


async def _answered(text: str, turn: Turn) -> list[Reply]:
    """The merchant's answer to a question that was typed beside something else; nothing where there is none."""
    asked = meaning(text)
    if not text or not asked.concepts - LITTLE - {"price", "stock"}:
        return []
    answer = await canned_answer(text, turn)
    return [await in_merchants_words(answer, turn, alone=False)] if answer else []


async def _several(heard: Arrived, turn: Turn) -> Next[Opened]:
    """Several products that were shared together."""
    found: Sequence[Goods | None] = [Goods(one) for one in heard.products]
    if heard.goods and not found:
        found = await ask(opening.find, wanted=_named(heard))
    ids = tuple(dict.fromkeys(goods.product_id for goods in found if goods and goods.is_sold))
    if not ids:
        title = next((one.title for one in heard.goods if one.title), "")
        gone = any(found) or not heard.goods
        said = ProductGone() if gone else SharedUnknown(title=title, kind="product")
        return Next(Idle(), [said], intent="product_gone")
    if len(ids) == 1:
        one = Arrived(products=ids, text=heard.text)
        return await _opened(one, turn) or Next(Idle(), [ProductGone()])
    return Next(Idle(), [*await _cards(ids[:PAGE_MOST]), *await _answered(heard.text, turn)], intent="shared")


async def _cards(ids: Sequence[int]) -> list[Reply]:
    cards: tuple[ProductCard, ...] = await ask(products.cards, ids=tuple(ids)) if ids else ()
    return [Products(page=_page(cards), kind="shared")] if cards else []


def _list(cards: Sequence[ProductCard]) -> Next[Opened]:
    return Next(Idle(), [Products(page=_page(cards), kind="shared")], intent="shared")


def _page(cards: Sequence[ProductCard]) -> ProductPage:
    shown = tuple(cards[:PAGE_MOST])
    return ProductPage(items=shown, page=1, pages=1, total=len(cards), title="")


async def _in_titles(heard: Arrived, turn: Turn) -> Sequence[ProductCard]:
    """The products that a title names, else what is found for it; nothing for a title that is about something else."""
    titles = (*heard.titles, *(one.title for one in heard.goods))
    for title in dict.fromkeys(links_in(one).text[:_TITLE_MOST] for one in titles):
        if not any(map(str.isalpha, title)):
            continue
        named: Sequence[ProductCard] = await ask(titled.named_in, title=title)
        if named:
            return named
        page = await ask(search.search, text=title, page=1, page_size=page_size(turn))
        if page.items and _is_much(page.items, [singular(word) for word in fold(title).split()]):
            return page.items
    return ()


def _is_much(cards: Sequence[ProductCard], words: Sequence[str]) -> bool:
    """Whether products have most of a title's words: a sentence around one shared word is none of them."""
    best = max(len({singular(word) for word in fold(card.name).split()} & set(words)) for card in cards)
    return best * 2 >= min(len(set(words)), 6)


def _title(heard: Arrived) -> str:
    return next(iter((*heard.titles, *(one.title for one in heard.goods if one.title))), "")


def _named(heard: Arrived) -> tuple[Named, ...]:
    return tuple(Named(one.code, one.title, one.facebook_id) for one in heard.goods)


def _kind(heard: Arrived) -> What:
    if heard.goods:
        return "product"
    return "address" if heard.is_address and not heard.titles else "post"


def _beside(reply: Reply) -> Reply:
    """A reply as it stands in front of a question of checkout."""
    return replace(reply, alone=False) if hasattr(reply, "alone") else reply
