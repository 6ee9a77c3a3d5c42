"""What comes in between while an order is being made: it is answered, and the question asked again."""

from msgspec.structs import replace

from bot.language.places import Place
from bot.language.tongue import chosen
from dialogs.checkout.between.asides import after_proof
from dialogs.checkout.form import CHECKOUT, ask_again
from dialogs.engine.heard import Looks, SentLike, SentPictures, SentSomethingElse, TappedUnknown
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.sent import SentCart
from dialogs.engine.state import Idle
from dialogs.engine.table import Dialog, On
from dialogs.showing.adding import taken_cart
from dialogs.showing.answers import in_merchants_words, shipping_fees, spoken_to
from dialogs.showing.closer import arrives, fee_to
from dialogs.showing.proving import claim_of, prove
from dialogs.showing.rating import ask_stars, keep_beside
from dialogs.states import InCheckout, Ordering, ReviewingCart
from dialogs.states_after import ChoosingReviewed, RatingOrder, WritingReview
from dialogs.states_looking import ChoosingVariant
from dialogs.states_proving import ChoosingIdType, ChoosingProof
from replies.arriving import CartTaken
from replies.promos import Promos
from replies.proving import PictureRefused
from replies.reviews import NothingToReview
from replies.talk import CannotRead, UnknownTap
from replies.taps import ChooseLanguage, Help, SetLanguage, ShippingInfo, ShowMore, ShowPrevious, ViewPromos
from replies.taps_after import RateOrder
from replies.taps_looking import WhenItArrives
from replies.taps_talk import PickReply
from replies.welcome import AskLanguage, HelpText, OneLanguage
from repository.aftersales import reviews
from repository.chats import shoppers
from repository.database.errors import NotReviewable
from repository.orders import promos
from repository.wording import canned


async def help_meanwhile(state: InCheckout, tap: Help, turn: Turn) -> Next[Ordering]:
    """Say what the bot understands, and ask again."""
    return await ask_again(state, turn, HelpText(alone=False))


async def shipping_meanwhile(state: InCheckout, tap: ShippingInfo, turn: Turn) -> Next[Ordering]:
    """Show the zones and their fees, and ask again."""
    return await ask_again(state, turn, await shipping_fees(turn, alone=False))


async def arrival_meanwhile(state: InCheckout, tap: WhenItArrives, turn: Turn) -> Next[Ordering]:
    """Say when it arrives, and ask again."""
    return await ask_again(state, turn, await arrives(turn, alone=False))


async def fee_meanwhile(state: InCheckout, heard: Looks, turn: Turn) -> Next[Ordering]:
    """Say what it costs to send to the place that was named, or how long it takes, and ask again."""
    spoken = await spoken_to(heard.text, turn)
    place = Place(heard.city, heard.province)
    told = await (arrives if heard.kind == "arrives" else fee_to)(place=place, turn=spoken, alone=False)
    return replace(await ask_again(state, spoken, told), language=spoken.language)


async def cart_meanwhile(
    state: InCheckout, heard: SentCart, turn: Turn
) -> Next[Ordering | ReviewingCart | ChoosingVariant | Idle]:
    """Take a cart that was sent from Facebook as anywhere; where nothing of it can be had, say so and ask again."""
    taken = await taken_cart(heard, turn)
    if not isinstance(taken.state, Idle):
        return taken
    said = [replace(one, alone=False) if isinstance(one, CartTaken) else one for one in taken.replies]
    return await ask_again(state, turn, *said)


async def promos_meanwhile(state: InCheckout, tap: ViewPromos, turn: Turn) -> Next[Ordering]:
    """Show the promos that run, and ask again."""
    return await ask_again(state, turn, Promos(promos=await ask(promos.live, shopper_id=turn.shopper_id), alone=False))


async def language_meanwhile(state: InCheckout, tap: SetLanguage, turn: Turn) -> Next[Ordering]:
    """Go on in the language that was chosen, where the shop does."""
    if tap.language not in turn.rules.languages:
        return await ask_again(state, turn, OneLanguage(alone=False))
    language = "fil" if tap.language == "fil" else "en"
    await ask(shoppers.set_language, shopper_id=turn.shopper_id, language=language, lean=chosen(language).lean)
    return replace(await ask_again(state, turn), language=language)


async def ask_language_meanwhile(state: InCheckout, tap: ChooseLanguage, turn: Turn) -> Next[Ordering]:
    """Say which languages there are, and ask again."""
    if len(turn.rules.languages) == 1:
        return await ask_again(state, turn, OneLanguage(alone=False))
    return await ask_again(state, turn, AskLanguage(language=turn.language, alone=False))


async def pictures_meanwhile(
    state: InCheckout, heard: SentPictures, turn: Turn
) -> Next[Ordering | ChoosingProof | ChoosingIdType]:
    """Take pictures for an earlier order, and ask again; ask which order where several wait, and come back later."""
    if heard.files and (decided := await prove(state, claim_of(heard), turn, alone=False)):
        return await after_proof(state, decided, turn)
    trouble = next((word for word in heard.troubles if word != "unwanted"), "")
    if trouble:
        return await ask_again(state, turn, PictureRefused(trouble=trouble, alone=False))
    return await ask_again(state, turn, CannotRead(kind="image", alone=False))


async def picked_meanwhile(state: InCheckout, tap: PickReply, turn: Turn) -> Next[Ordering]:
    """Say what the merchant has written about what was picked, and ask again."""
    said = await ask(canned.picked, reply_id=tap.reply_id)
    answer = await in_merchants_words(said, turn, alone=False) if said else UnknownTap(title="", alone=False)
    return await ask_again(state, turn, answer)


async def stars_meanwhile(
    state: InCheckout, tap: RateOrder, turn: Turn
) -> Next[Ordering | RatingOrder | ChoosingReviewed | WritingReview]:
    """Keep the stars that were tapped for an earlier order, and ask again; ask how many where none were."""
    if not tap.rating:
        try:
            return ask_stars(await ask(reviews.reviewable, shopper_id=turn.shopper_id, order_id=tap.order_id))
        except NotReviewable:
            return await ask_again(state, turn, NothingToReview(alone=False))
    kept = await keep_beside(tap.order_id, tap.rating, "", turn)
    return await ask_again(state, turn, kept or NothingToReview(alone=False))


async def something_meanwhile(state: InCheckout, heard: SentSomethingElse, turn: Turn) -> Next[Ordering]:
    """Say that it cannot be opened yet, and ask again."""
    return await ask_again(state, turn, CannotRead(kind=heard.kind, alone=False))


async def unknown_tap_meanwhile(state: InCheckout, heard: TappedUnknown, turn: Turn) -> Next[Ordering]:
    """Say that the button no longer works, and ask again."""
    return await ask_again(state, turn, UnknownTap(title=heard.title, alone=False))


async def just_ask_again(state: InCheckout, heard: object, turn: Turn) -> Next[Ordering]:
    """Ask again: what came answers nothing that was asked."""
    return await ask_again(state, turn)


CHECKOUT_MEANWHILE = Dialog(
    "checkout meanwhile",
    (
        On(CHECKOUT, Help, help_meanwhile),
        On(CHECKOUT, ShippingInfo, shipping_meanwhile),
        On(CHECKOUT, WhenItArrives, arrival_meanwhile),
        On(CHECKOUT, Looks, fee_meanwhile),
        On(CHECKOUT, SentCart, cart_meanwhile),
        On(CHECKOUT, ViewPromos, promos_meanwhile),
        On(CHECKOUT, PickReply, picked_meanwhile),
        On(CHECKOUT, RateOrder, stars_meanwhile),
        On(CHECKOUT, SetLanguage, language_meanwhile),
        On(CHECKOUT, ChooseLanguage, ask_language_meanwhile),
        On(CHECKOUT, SentPictures, pictures_meanwhile),
        On(CHECKOUT, SentSomethingElse, something_meanwhile),
        On(CHECKOUT, TappedUnknown, unknown_tap_meanwhile),
        On(CHECKOUT, (SentLike, ShowMore, ShowPrevious), just_ask_again),
    ),
)
