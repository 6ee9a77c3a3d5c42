"""Looking around by what is said of products, and closer at one: lists, brands, sizes, pictures, a link, points."""

from msgspec.structs import replace

from bot.language.buying.leading import without_lead
from bot.language.chatting.clauses import clauses
from bot.language.places import Place
from bot.messenger.chat_links import chat_link
from dialogs.engine.heard import Looks
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import origin_of
from dialogs.showing.answers import canned_answer, first_name, hello, in_merchants_words, page_size, spoken_to
from dialogs.showing.closer import arrives, fee_to
from dialogs.showing.listing import goods_named, show_list
from dialogs.states_looking import (
    BrowsingBrands,
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    Looking,
    Searching,
    ViewingProduct,
)
from replies.looking import AllPictures, Brands, Points, Prices, Shared, Sizes, WhichProduct
from replies.product import ProductGone
from replies.taps import ShowMore, ShowPrevious
from replies.taps_looking import (
    BrowseBrands,
    OpenList,
    SeePictures,
    SeePoints,
    SeePrices,
    SeeSizes,
    ShareProduct,
    SortList,
    WhenItArrives,
)
from repository.catalogue import products
from repository.catalogue.looking import closer, lists
from repository.database.errors import UnknownProduct
from repository.orders.coming import suki


async def open_list(state: State, tap: OpenList, turn: Turn) -> Next[BrowsingList | BrowsingCategories | Idle]:
    """Show a list of products by what is said of them."""
    return await show_list(BrowsingList(kind=tap.kind, of=tap.of, sort=tap.sort, page=tap.page), turn)


async def sort_list(state: State, tap: SortList, turn: Turn) -> Next[Looking]:
    """Show the list that is open by its prices; where none is, everything by its prices."""
    match origin_of(state):
        case BrowsingCategory() | BrowsingList() | Searching() as shown:
            return await show_list(replace(shown, sort=tap.sort, page=1), turn)
        case BrowsingFeatured():
            return await show_list(BrowsingList(kind="best", sort=tap.sort), turn)
    return await show_list(BrowsingList(kind="all", sort=tap.sort), turn)


async def browse_brands(state: State, tap: BrowseBrands, turn: Turn) -> Next[BrowsingBrands]:
    """Show a page of the brands."""
    page = await ask(lists.brands, page=max(1, tap.page), page_size=page_size(turn))
    return Next(BrowsingBrands(page=page.page), [Brands(page=page)])


async def more_brands(state: BrowsingBrands, tap: ShowMore, turn: Turn) -> Next[BrowsingBrands]:
    """Show the next brands; the last ones again, where there are no more."""
    return await browse_brands(state, BrowseBrands(page=state.page + 1), turn)


async def previous_brands(state: BrowsingBrands, tap: ShowPrevious, turn: Turn) -> Next[BrowsingBrands]:
    """Show the brands before."""
    return await browse_brands(state, BrowseBrands(page=state.page - 1), turn)


async def see_prices(state: Here, tap: SeePrices, turn: Turn) -> Next[Here]:
    """Say between which prices what is sold lies: in the category that is open, else in the whole shop."""
    shown = origin_of(state)
    category_id = shown.category_id if isinstance(shown, BrowsingCategory) else 0
    found = await ask(lists.price_range, category_id=category_id)
    if not found.total and category_id:  # everything stands on the shelves below it
        found = await ask(lists.price_range, category_id=0)
    return Next(state, [Prices(of=found.of, least=found.least, most=found.most, total=found.total)])


async def see_pictures(state: Here, tap: SeePictures, turn: Turn) -> Next[Here | ViewingProduct]:
    """Show every picture of a product."""
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    urls = tuple(url for url in product.picture_urls if url)
    shown = AllPictures(product_id=product.id, product=product.name, urls=urls, has_grid=turn.rules.has_grids)
    return Next(ViewingProduct(product_id=product.id, origin=origin_of(state)), [shown])


async def see_sizes(state: Here, tap: SeeSizes, turn: Turn) -> Next[Here]:
    """Say which size of a product fits whom."""
    if not tap.product_id:
        return Next(state, [WhichProduct()])
    try:
        guide = await ask(closer.size_guide, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    return Next(state, [Sizes(product_id=guide.product_id, product=guide.product, words=guide.words)])


async def share(state: Here, tap: ShareProduct, turn: Turn) -> Next[Here]:
    """Give the link that leads whoever opens it to a product, or to the shop."""
    if not tap.product_id:
        return Next(state, [Shared(link=chat_link(turn.rules.page_id, "shop"))])
    try:
        product = await ask(products.product, product_id=tap.product_id)
    except UnknownProduct:
        return Next(state, [ProductGone()])
    link = chat_link(turn.rules.page_id, f"product_{product.id}")
    return Next(state, [Shared(link=link, product=product.name, product_id=product.id)])


async def when_it_arrives(state: Here, tap: WhenItArrives, turn: Turn) -> Next[Here]:
    """Say when something that is ordered now arrives where the shopper lives."""
    return Next(state, [await arrives(turn)])


async def see_points(state: Here, tap: SeePoints, turn: Turn) -> Next[Here]:
    """Say which tier and how many points the shopper has."""
    found = await ask(suki.loyalty, shopper_id=turn.shopper_id, rules=turn.rules)
    told = Points(
        first_name=first_name(turn),
        tier=found.tier,
        points=found.points,
        next_tier=found.next_tier,
        to_next=found.to_next,
        promos=found.promos,
    )
    return Next(state, [told])


async def hear_looks(state: Here, heard: Looks, turn: Turn) -> Next[Here | Searching]:
    """Say when something arrives at a place and what that costs, or which size fits; else the merchant's own answer."""
    turn = await spoken_to(heard.text, turn)
    if heard.kind == "arrives":
        said = await arrives(turn, Place(heard.city, heard.province))
        return Next(state, [said], language=turn.language, intent="delivery_time")
    if heard.kind == "fee":
        fee = await fee_to(Place(heard.city, heard.province), turn)
        for part in clauses(heard.text):
            if found := await goods_named(without_lead(part), turn):
                replies = [*hello(turn), replace(fee, alone=False), *found.replies]
                return Next(found.state, replies, language=turn.language, intent="shipping_info")
        return Next(state, [*hello(turn), fee], language=turn.language, intent="shipping_info")
    shown = await see_sizes(state, SeeSizes(product_id=heard.product_id), turn)
    has_guide = any(isinstance(reply, Sizes) and reply.words for reply in shown.replies)
    if not has_guide and (answer := await canned_answer(heard.text, turn)):
        return Next(state, [await in_merchants_words(answer, turn)], language=turn.language, intent="canned")
    return replace(shown, language=turn.language)


LOOKING = Dialog(
    "looking around",
    (
        On(ANYWHERE, OpenList, open_list),
        On(ANYWHERE, SortList, sort_list),
        On(ANYWHERE, BrowseBrands, browse_brands),
        On(BrowsingBrands, ShowMore, more_brands),
        On(BrowsingBrands, ShowPrevious, previous_brands),
        On(ANYWHERE, SeePrices, see_prices),
        On(ANYWHERE, SeePictures, see_pictures),
        On(ANYWHERE, SeeSizes, see_sizes),
        On(ANYWHERE, ShareProduct, share),
        On(ANYWHERE, WhenItArrives, when_it_arrives),
        On(ANYWHERE, SeePoints, see_points),
        On(ANYWHERE, Looks, hear_looks),
    ),
)
