"""What is typed where nothing in particular was asked: a question, a greeting, a search. Several dialogs answer it.

In which order it is understood stands in `dialogs/reading/table.py`; here is how each reading is answered.
"""

from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from bot.language.buying.codes import mixed
from bot.language.chatting.shorthand import spelled_out
from bot.language.fold import fold
from bot.language.meaning import asks_whether_bot, meaning
from bot.language.texts import daytime, is_polite, is_question, leave_in, subject
from bot.language.values.money import goods_of, limits_in
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.reading import shop
from dialogs.reading.candidate import Reader
from dialogs.reading.context import Context
from dialogs.reading.table import OF_THE_SHOP, readings
from dialogs.showing.adding import origin_of
from dialogs.showing.answers import (
    canned_answer,
    hello,
    in_merchants_words,
    page_size,
    promo_called,
    shipping_fees,
    spoken_to,
    taken_up,
    welcome,
)
from dialogs.showing.calling import called
from dialogs.showing.closer import arrives, scanned, sends_to
from dialogs.showing.listing import show_categories, show_list, with_products
from dialogs.showing.proving import Proving, claim_in, prove
from dialogs.showing.rating import Rated, rated
from dialogs.showing.tracking import UNDER_WAY, my_orders_that, show_numbered, show_where
from dialogs.showing.wanted import (
    names_several,
    show_apart,
    show_over,
    show_several,
    wanted_of,
    with_stock,
    without_purpose,
)
from dialogs.states import ListingOrders, OrderPlaced, ReviewingCart, ViewingOrder, WaitingForPerson
from dialogs.states_looking import BrowsingFeatured, Looking, Searching, ViewingProduct
from replies.browsing import NothingFound
from replies.cart import CartSummary, EmptyCartText
from replies.meant import DidYouMean, Topic
from replies.orders import Orders
from replies.promos import Promos
from replies.summary import AlreadyPlaced
from replies.talk import IAmBot, Liked, NotUnderstood, PersonWillRead, TakeYourTime
from replies.welcome import HelpText, Welcome
from repository.aftersales import calling
from repository.database.errors import UnknownOrder
from repository.orders import carts, placed_orders, promos
from repository.wording import canned

_SHIPPING = frozenset({"shipping", "area", "abroad", "pickup", "sameday"})
_ABOUT_GOODS = frozenset({"price", "stock", "order", "shop", "color", "size", "original"})
_WITHOUT_ANSWER = frozenset({"not_understood", "search_nothing"})  # intents of answers that say so
_LONGEST_SEARCH = 8  # words: what is longer is a sentence, of which no product has every word

Told = Looking | ViewingProduct | ReviewingCart | ListingOrders | ViewingOrder | Proving | WaitingForPerson | Rated
"""Where the answer to a text can lead, where the conversation does not stay."""


async def answer_text(state: Here, text: str, turn: Turn) -> Next[Here | Told]:
    """Answer what was typed, down the rows `OF_THE_SHOP`.

    Args:
        state: Where the conversation stands.
        text: What was typed.
        turn: The facts.
    """
    turn = await spoken_to(text, turn)
    decided = await _answer(state, text, turn)
    introduces = any(isinstance(reply, Welcome) for reply in decided.replies)
    replies = decided.replies if introduces else [*hello(turn), *decided.replies]
    return replace(decided, replies=replies, language=decided.language or turn.language)


async def _answer(state: Here, text: str, turn: Turn) -> Next[Here | Told]:
    """The first answer that there is; where it only says that there is none, what says the same or may be meant."""
    answered = await _first_answer(state, text, turn)
    if answered.intent not in _WITHOUT_ANSWER:
        return answered
    near = await ask(canned.near, text=text, language=turn.language)
    if near and near[0].says_it and (said := await ask(canned.picked, reply_id=near[0].id)):
        return Next(state, [await in_merchants_words(said, turn)], intent="canned", language=said.language)
    topics = tuple(Topic(id=one.id, keyword=one.keyword) for one in near)
    return Next(state, [DidYouMean(topics=topics)], intent="did_you_mean") if topics else answered


async def _first_answer(state: Here, text: str, turn: Turn) -> Next[Here | Told]:
    said = spelled_out(text)
    for meant in readings(said, Context(state=state), OF_THE_SHOP):
        answered: Next[Here | Told] | None = await ANSWERS[meant.row.reads](state, said, meant.candidate.value, turn)
        if answered:
            quoted = [replace(one, text=text) if isinstance(one, NotUnderstood) else one for one in answered.replies]
            return replace(answered, replies=quoted)
    return await _missed(Next(state, [NotUnderstood(text=text)], intent="not_understood"), turn)


async def _review(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    return await rated(state, text, turn)


async def _signs(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    return Next(state, [Liked()])


async def _polite(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    said = leave_in(text)
    cart = (
        await ask(carts.cart, shopper_id=turn.shopper_id)
        if not said and isinstance(state, Looking | ReviewingCart | ViewingProduct)
        else None
    )
    return Next(state, [Liked(said=said, has_cart=bool(cart and cart.lines))], intent="polite")


async def _payment_number(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """What has it for its code, the proof of the order that waits for one; else it is left for a person."""
    if product := await scanned(text, turn):
        return product
    proved = await prove(state, claim_in(text), turn)
    return proved or Next(state, [PersonWillRead()], intent="reference_number")


async def _promo_code(state: Here, text: str, code: str, turn: Turn) -> Next[Here | Told] | None:
    return Next(state, await promo_called(code, turn), intent="promo_code")


async def _moment(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    return Next(state, [TakeYourTime()], intent="moment")


async def _where(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    return await show_where(turn)


async def _listed(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """The list that is open, once more: something in it is wanted."""
    origin = origin_of(state)
    return await show_list(origin, turn) if origin else None


async def _total(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines and await my_orders_that(lambda order: order.status in UNDER_WAY, turn):
        return await show_where(turn)
    return Next(ReviewingCart(), [CartSummary(cart=cart) if cart.lines else EmptyCartText()], intent="view_cart")


async def _merchants(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """The merchant's answer, and the products where it is about some."""
    asked = meaning(text)
    if asked.concepts & shop.ALSO_POLITE and is_polite(text):
        return None
    if (limits := limits_in(text)) and limits.most and not asked.concepts - _ABOUT_GOODS:
        return None  # "regalo below 300" looks for something
    said = await canned_answer(text, turn)
    if asks_whether_bot(text) and (said is None or "person" in asked.concepts):
        return Next(state, [IAmBot()], intent="bot")
    if said is None:
        return None
    answer = await in_merchants_words(said, turn)
    if asked.is_clear and "person" in asked.concepts:  # whatever the words are, a person has to hear of it
        await called(turn, may_leave=True)
        return Next(WaitingForPerson(since=turn.now), [answer], intent="talk_to_person")
    # Its buttons speak as it does, where the merchant has no words for it in the shopper's language.
    answered = Next(state, [answer], intent="canned", language=said.language)
    return await with_products(answered, said.category, said.keyword, subject(text) if asked.rest else "", turn)


async def _nothing_named(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    return await show_categories(turn)


async def _greet(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """One greeting: to somebody new the bot's hello; else the merchant's words in the shopper's language."""
    merchants = None if turn.is_new else await canned_answer(text, turn)
    again = await taken_up(turn)
    if merchants and merchants.language == turn.language:
        return Next(state, [await in_merchants_words(merchants, turn), *again], intent="greeting")
    return Next(Idle(), [welcome(turn, turn.language, greeted=daytime(text)), *again], intent="greeting")


async def _known(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """What the shop itself knows of a question that the merchant has no answer to; None where it may be a search."""
    asked = meaning(text)
    if value:  # a place of the country
        return Next(state, [await sends_to(value, turn)], intent="shipping_info")
    if "duration" in asked.concepts or asked.concepts >= {"arrive", "when"}:
        return Next(state, [await arrives(turn)], intent="delivery_time")
    if asked.concepts & _SHIPPING:
        return Next(state, [await shipping_fees(turn)], intent="shipping_info")
    if asked.concepts & {"person", "contact", "problem"}:
        return Next(
            WaitingForPerson(since=turn.now),
            [await called(turn, may_leave="person" in asked.concepts)],
            intent="talk_to_person",
        )
    if asked.concepts & {"bargain", "haggle"}:
        return Next(state, [Promos(promos=await ask(promos.live, shopper_id=turn.shopper_id))], intent="view_promos")
    if "cancel" in asked.concepts:
        listed = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=page_size(turn))
        return Next(ListingOrders(page=listed.page), [Orders(page=listed)], intent="cancel_order")
    if asked.concepts >= {"how", "order"}:
        return Next(state, [HelpText()], intent="help")
    if asked.concepts - {"shop"} == {"order"}:
        return await show_categories(turn)
    if asked.rest and not is_question(text):
        return None
    return await _missed(Next(state, [NotUnderstood(text=text)], intent="not_understood"), turn)


async def _search(state: Here, text: str, wanted: str, turn: Turn) -> Next[Here | Told] | None:
    """Search for what a text is about; admit it where that leads nowhere."""
    is_list, limits = names_several(text), limits_in(text)
    if len((limits.about if limits else wanted).split()) > _LONGEST_SEARCH:
        return await _missed(Next(state, [NotUnderstood(text=text)], intent="not_understood"), turn)
    if apart := await show_apart(text, wanted, turn):
        return apart
    of_it = wanted_of(state, wanted)
    shown = await show_list(Searching(text=of_it), turn)
    if not isinstance(shown.state, Searching) and (others := wanted if wanted != of_it else without_purpose(text)):
        shown = await show_list(Searching(text=others), turn)
    if isinstance(shown.state, Searching):
        return replace(await with_stock(shown, text, turn), intent="search")
    if limits and limits.most and (over := await show_over(of_it, limits.about, turn)):
        return over
    if not is_list and not limits and (several := await show_several(text, wanted, turn)):
        return several
    may_be_goods = not is_question(text) or meaning(text).concepts <= _ABOUT_GOODS
    if may_be_goods and any(isinstance(said, NothingFound) and said.near for said in shown.replies):
        return Next(state, shown.replies, intent="search_near")
    if goods_of(wanted) is not None:
        return await show_list(BrowsingFeatured(), turn)
    if is_question(text):
        return await _missed(Next(state, [NotUnderstood(text=text)], intent="not_understood"), turn)
    if len(text.split()) == 1 or any(mixed(word) for word in fold(text).split()):
        said = set(fold(text).split())
        live = await ask(promos.live, shopper_id=turn.shopper_id)
        meant = tuple(promo for promo in live if fold(promo.code) in said)
        if meant:
            return Next(state, [Promos(promos=meant)], intent="promo_code")
    return await _missed(Next(state, [NothingFound(text=wanted)], intent="search_nothing"), turn)


async def _missed(said: Next[Here], turn: Turn) -> Next[Here | Told]:
    """What is said where a text was not understood; the third time in a row a person is called."""
    if not await ask(calling.is_lost, shopper_id=turn.shopper_id):
        return said
    return replace(said, replies=[await called(turn, why="lost")])


async def _placed(state: Here, text: str, value: str, turn: Turn) -> Next[Here | Told] | None:
    """A second yes: the order is placed already, and once."""
    assert isinstance(state, OrderPlaced), "the reader looks for one"
    with suppress(UnknownOrder):
        order = await ask(placed_orders.order, shopper_id=turn.shopper_id, order_id=state.order_id)
        return Next(state, [AlreadyPlaced(order_id=order.id, number=order.order_number, total=order.total)])
    return Next(state, [Liked()])


async def _about_order(state: Here, text: str, number: str, turn: Turn) -> Next[Here | Told] | None:
    """The shopper's order of this number; what more is said of it is left for a person. Nothing of somebody else's."""
    if len(text.split()) > _LONGEST_SEARCH:
        return Next(state, [PersonWillRead()], intent="about_order")
    return replace(await show_numbered(state, number, turn), intent="open_order")


ANSWERS: Mapping[Reader, Callable[..., Coroutine[Any, Any, Any]]] = {
    shop.read_review: _review,
    shop.read_signs: _signs,
    shop.read_yes_again: _placed,
    shop.read_order_number: _about_order,
    shop.read_payment_number: _payment_number,
    shop.read_promo_code: _promo_code,
    shop.read_greeting: _greet,
    shop.read_moment: _moment,
    shop.read_where: _where,
    shop.read_wants_listed: _listed,
    shop.read_total_of_cart: _total,
    shop.read_merchants: _merchants,
    shop.read_politeness: _polite,
    shop.read_known: _known,
    shop.read_nothing_named: _nothing_named,
    shop.read_search: _search,
}
"""How what a reader found is answered; None goes on to the next."""
