"""The wishlist on show: its pages, what is taken off it or moved into the cart, and whether news of it are told."""

from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, State
from dialogs.showing.adding import Added, after_adding, origin_of, put_in_and_say
from dialogs.showing.answers import page_size
from dialogs.states_looking import ChoosingVariant
from dialogs.states_wishlist import ListingWishlist
from replies import cart
from replies.cart import SoldOut
from replies.product import Variants
from replies.taps import ShowMore, ShowPrevious
from replies.taps_wishlist import DropSaved, OpenWishlist, ResumeWishNews, SilenceSaved, StopWishNews, TakeSaved
from replies.wishlist import NoLongerTold, ToldAgain, Wishlist
from repository.catalogue import products
from repository.database.errors import UnknownLine, UnknownProduct
from repository.wishlist import listed, waits
from repository.wishlist import saved as wishlists


async def open_wishlist(state: State, tap: OpenWishlist, turn: Turn) -> Next[ListingWishlist]:
    """Show a page of the wishlist."""
    return await open_list(turn, page=tap.page)


async def more_saved(state: ListingWishlist, tap: ShowMore, turn: Turn) -> Next[ListingWishlist]:
    """The next page."""
    return await open_list(turn, page=state.page + 1)


async def fewer_saved(state: ListingWishlist, tap: ShowPrevious, turn: Turn) -> Next[ListingWishlist]:
    """The page before."""
    return await open_list(turn, page=state.page - 1)


async def drop_saved(state: State, tap: DropSaved, turn: Turn) -> Next[ListingWishlist]:
    """Take something off the wishlist, and show what is left of it."""
    page = state.page if isinstance(state, ListingWishlist) else 1
    try:
        await ask(wishlists.drop, shopper_id=turn.shopper_id, saved_id=tap.saved_id, is_line=tap.is_line)
    except UnknownLine:
        return await open_list(turn, page=page, note="gone")
    return await open_list(turn, page=page, note="dropped")


async def take_saved(state: Here, tap: TakeSaved, turn: Turn) -> Next[Here | Added | ListingWishlist]:
    """Move something into the cart; ask which variant where one must be chosen, or say that it is sold out."""
    try:
        saved = await ask(listed.one, shopper_id=turn.shopper_id, saved_id=tap.saved_id, is_line=tap.is_line)
    except UnknownLine:
        return await open_list(turn, note="gone")
    if not saved.left:
        sold_out = SoldOut(left=0, product_id=saved.product_id, variant_id=saved.variant_id)
        return Next(after_adding(state), [sold_out])
    if saved.has_variants:
        try:
            product = await ask(products.product, product_id=saved.product_id)
        except UnknownProduct:
            return await open_list(turn, note="gone")
        choosing = ChoosingVariant(product_id=product.id, origin=origin_of(state))
        return Next(choosing, [Variants(product=product, quantity=saved.quantity)])
    quantity = min(saved.quantity, saved.left)
    taken = await put_in_and_say(state, turn, saved.product_id, saved.variant_id, quantity=quantity)
    if not any(isinstance(reply, cart.Added | cart.CartSummary) for reply in taken.replies):
        return taken  # it could not be put in: it stays where it is
    await ask(wishlists.drop, shopper_id=turn.shopper_id, saved_id=saved.id, is_line=saved.is_line)
    return taken


async def silence_saved(state: Here, tap: SilenceSaved, turn: Turn) -> Next[Here | ListingWishlist]:
    """Tell nothing more of something on the wishlist."""
    try:
        saved = await ask(wishlists.silence, shopper_id=turn.shopper_id, saved_id=tap.saved_id)
    except UnknownLine:
        return await open_list(turn, note="gone")
    return Next(state, [NoLongerTold(product=saved.name)])


async def stop_wish_news(state: Here, tap: StopWishNews, turn: Turn) -> Next[Here]:
    """Tell nothing more of the wishlist at all."""
    await ask(waits.stop_news, shopper_id=turn.shopper_id)
    return Next(state, [NoLongerTold()])


async def resume_wish_news(state: Here, tap: ResumeWishNews, turn: Turn) -> Next[Here]:
    """Tell of the wishlist again."""
    await ask(waits.resume_news, shopper_id=turn.shopper_id)
    return Next(state, [ToldAgain()])


async def open_list(turn: Turn, *, page: int = 1, note: str = "") -> Next[ListingWishlist]:
    """A page of the wishlist.

    Args:
        turn: The facts.
        page: Which page, from 1; one that is not there shows the nearest.
        note: What just happened, as `Wishlist` has it.
    """
    shown = await ask(listed.page, shopper_id=turn.shopper_id, page=max(1, page), page_size=page_size(turn))
    return Next(ListingWishlist(page=shown.page), [Wishlist(page=shown, note=note)])
