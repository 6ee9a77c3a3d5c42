"""Reviews: how many stars, of what, a few words, a picture; and what others think."""

from bot.language.afterwards.rating import stars_in
from bot.language.texts import is_nothing, is_question, tidy
from dialogs.engine.heard import SentPictures, Typed, Vented, Wished
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.rating import Rated, ask_stars, keep, nothing, take
from dialogs.showing.tracking import detail
from dialogs.states_after import ChoosingReviewed, RatingOrder, WritingReview
from dialogs.states_looking import (
    ViewingProduct,
)
from replies.changing import ThanksForSaying
from replies.reviews import ProductReviews, ReviewKept, ThanksForReceiving
from replies.taps import Cancel, GoBack, Skip
from replies.taps_after import RateOrder, ReviewProduct, SeeReviews
from repository.aftersales import reviews
from repository.aftersales.reviews import Reviewable
from repository.database.errors import NotReviewable
from repository.orders import flags

Reviewing = Rated | Idle
REVIEWS_SHOWN = 5
"""Reviews on a page of the chat."""


async def rate_order(state: Here, tap: RateOrder, turn: Turn) -> Next[Here | Rated]:
    """Keep the stars that were tapped, or ask how many."""
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=tap.order_id)
    except NotReviewable:
        return nothing(state)
    if not tap.rating:
        return ask_stars(about)
    words = state.words if isinstance(state, RatingOrder) and state.order_id == about.order_id else ""
    return await take(about, tap.rating, words, turn)


async def it_came(state: Here, order_id: int, text: str, turn: Turn) -> Next[Here | Rated]:
    """Thanks for saying that an order is there: asked for stars where it is delivered, told to the shop where not yet.

    Args:
        state: Where the conversation stands.
        order_id: `orders.id`, of one that is shipped or delivered.
        text: What was typed.
        turn: The facts.
    """
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=order_id)
    except NotReviewable:
        order = (await detail(order_id, turn)).order
        if order.status == "shipped":
            await ask(flags.raise_flag, order_id=order_id, kind="received", note=tidy(text))
        return Next(state, [ThanksForReceiving(order_id=order_id, number=order.order_number)], intent="received")
    return ask_stars(about)


async def type_stars(state: RatingOrder, heard: Typed, turn: Turn) -> Next[Reviewing | Told]:
    """Take the number that was typed for the stars; anything that is none is answered as ever."""
    stars, words = stars_in(heard.text)
    if not stars:
        return await answer_text(Idle(), heard.text, turn)
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=state.order_id)
    except NotReviewable:
        return nothing(Idle())
    return await take(about, stars, words or state.words, turn)


async def review_product(state: Here, tap: ReviewProduct, turn: Turn) -> Next[Here | Reviewing]:
    """Keep the stars for the product that was tapped, or for all of them."""
    if not isinstance(state, ChoosingReviewed) or state.order_id != tap.order_id:
        return await rate_order(state, RateOrder(order_id=tap.order_id), turn)
    return await _keep_for(state, tap.product_id, turn)


async def type_product(state: ChoosingReviewed, heard: Typed | Wished, turn: Turn) -> Next[Reviewing | Told]:
    """Anything that names no product of the order is answered as ever; the stars are kept for all of it."""
    kept = await _keep_for(state, 0, turn)
    if is_question(heard.text):
        return await answer_text(Idle(), heard.text, turn)
    return kept


async def write_review(state: WritingReview, heard: Typed | Vented, turn: Turn) -> Next[Reviewing | Told]:
    """Keep the words; a question, or anything after the words, is answered as ever."""
    if is_nothing(heard.text) and not state.said:
        return Next(Idle(), [ReviewKept(rating=state.rating, wants="")], intent="review")
    if state.said or is_question(heard.text):
        return await answer_text(Idle(), heard.text, turn)
    stars, words = stars_in(heard.text)
    try:
        return await keep(state.order_id, state.product_ids, stars or state.rating, words or tidy(heard.text), turn)
    except NotReviewable:
        return nothing(Idle())


async def picture_of_it(state: WritingReview, heard: SentPictures, turn: Turn) -> Next[Reviewing]:
    """Keep a picture with the review."""
    try:
        await ask(
            reviews.keep,
            shopper_id=turn.shopper_id,
            order_id=state.order_id,
            product_ids=state.product_ids,
            rating=state.rating,
            words="",
            file_id=heard.files[0] if heard.files else None,
        )
    except NotReviewable:
        return nothing(Idle())
    return Next(state, [ReviewKept(rating=state.rating, wants="" if state.said else "words")], intent="review")


async def enough_said(state: WritingReview, tap: Skip | Cancel | GoBack, turn: Turn) -> Next[Idle]:
    """The stars are enough."""
    return Next(Idle(), [ReviewKept(rating=state.rating, wants="")])


async def no_review(state: RatingOrder | ChoosingReviewed, tap: Cancel | GoBack | Skip, turn: Turn) -> Next[Idle]:
    """No stars then."""
    return Next(Idle(), [ThanksForSaying()])


async def see_reviews(state: Here, tap: SeeReviews, turn: Turn) -> Next[Here | ViewingProduct]:
    """Show what others think of a product."""
    page = await ask(reviews.newest, product_id=tap.product_id, page=tap.page, page_size=REVIEWS_SHOWN)
    shown = state if isinstance(state, ViewingProduct) else ViewingProduct(product_id=tap.product_id)
    return Next(shown, [ProductReviews(page=page)], intent="see_reviews")


async def _keep_for(state: ChoosingReviewed, product_id: int, turn: Turn) -> Next[WritingReview | Idle]:
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=state.order_id)
        ids = tuple(one.product_id for one in about.products)
        picked = (product_id,) if product_id in ids else ids
        return await keep(state.order_id, picked, state.rating, state.words, turn)
    except NotReviewable:
        return nothing(Idle())


ROWS = (
    On(ANYWHERE, RateOrder, rate_order),
    On(RatingOrder, Typed, type_stars),
    On(ANYWHERE, ReviewProduct, review_product),
    On(ChoosingReviewed, (Typed, Wished), type_product),
    On(WritingReview, (Typed, Vented), write_review),
    On(WritingReview, SentPictures, picture_of_it),
    On(WritingReview, (Skip, Cancel), enough_said),
    On(WritingReview, GoBack, enough_said),
    On((RatingOrder, ChoosingReviewed), (Cancel, GoBack), no_review),
    On((RatingOrder, ChoosingReviewed), Skip, no_review),
    On(ANYWHERE, SeeReviews, see_reviews),
)
