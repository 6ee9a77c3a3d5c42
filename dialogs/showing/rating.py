"""Stars and words about what was bought: heard wherever they are typed, and kept."""

from bot.language.afterwards.rating import praises, stars_in
from bot.language.texts import is_nothing, tidy
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here
from dialogs.states_after import ChoosingReviewed, RatingOrder, WritingReview
from replies.reviews import AskStars, NothingToReview, ReviewKept, ReviewWhich
from repository.aftersales import reviews
from repository.aftersales.reviews import Reviewable
from repository.database.errors import NotReviewable

Rated = RatingOrder | ChoosingReviewed | WritingReview
"""Where a review goes on."""


async def rated(state: Here, text: str, turn: Turn) -> Next[Here | Rated] | None:
    """What is said to stars, or to words about what was bought, where something was delivered; None for anything else.

    Args:
        state: Where the conversation stands.
        text: What was typed.
        turn: The facts.
    """
    stars, words = stars_in(text)
    if not stars and not praises(text):
        return None
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=0)
    except NotReviewable:
        return None
    if stars:
        return await take(about, stars, words, turn)
    if about.asked_at is None:  # thanks, of which nobody made a question
        return None
    return ask_stars(about, tidy(text))


def ask_stars(about: Reviewable, words: str = "") -> Next[RatingOrder]:
    """Ask how many stars.

    Args:
        about: The order.
        words: What was said of it already.
    """
    asked = AskStars(order_id=about.order_id, number=about.number, product=about.products[0].name)
    return Next(RatingOrder(order_id=about.order_id, words=words), [asked], intent="ask_stars")


async def take(about: Reviewable, stars: int, words: str, turn: Turn) -> Next[ChoosingReviewed | WritingReview]:
    """Keep the stars; ask which product they are for where there are several.

    Args:
        about: The order, with what of it is not reviewed.
        stars: 1 to 5.
        words: What was written with them, or empty.
        turn: The facts.
    """
    stars = min(max(stars, 1), 5)
    if len(about.products) > 1:
        asked = ReviewWhich(order_id=about.order_id, number=about.number, rating=stars, products=about.products)
        return Next(ChoosingReviewed(order_id=about.order_id, rating=stars, words=words), [asked], intent="review")
    return await keep(about.order_id, (about.products[0].product_id,), stars, words, turn)


async def keep(order_id: int, product_ids: tuple[int, ...], stars: int, words: str, turn: Turn) -> Next[WritingReview]:
    """Keep a review of some products, and say what may still come.

    Args:
        order_id: `orders.id`.
        product_ids: Of what.
        stars: 1 to 5.
        words: What was written, or empty.
        turn: The facts.

    Raises:
        NotReviewable: Nothing of it may be reviewed.
    """
    words = "" if is_nothing(words) else words
    await ask(
        reviews.keep,
        shopper_id=turn.shopper_id,
        order_id=order_id,
        product_ids=product_ids,
        rating=stars,
        words=words,
        file_id=None,
    )
    writing = WritingReview(order_id=order_id, product_ids=product_ids, rating=stars, said=bool(words))
    return Next(writing, [ReviewKept(rating=stars, wants="picture" if words else "words")], intent="review")


async def keep_beside(order_id: int, stars: int, words: str, turn: Turn) -> ReviewKept | None:
    """Keep stars for all that is not reviewed of a delivered order, in the middle of something else; None for nothing.

    Args:
        order_id: `orders.id`; 0 for the one that was asked about last, else the newest.
        stars: 1 to 5.
        words: What was written with them, or empty.
        turn: The facts.
    """
    try:
        about: Reviewable = await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=order_id)
        kept = await keep(about.order_id, tuple(one.product_id for one in about.products), stars, words, turn)
    except NotReviewable:
        return None
    return ReviewKept(rating=kept.state.rating, wants="", alone=False)


def nothing(state: Here) -> Next[Here]:
    """Say that nothing is left to be reviewed."""
    return Next(state, [NothingToReview()])
