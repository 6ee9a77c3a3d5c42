"""Anger is left to a person, impatience is not; promos end where somebody wants none."""

from bot.language.afterwards.rating import stars_in
from bot.language.texts import tidy
from dialogs.aftersales.troubled import hurry
from dialogs.engine.heard import Vented
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle
from dialogs.engine.table import ANYWHERE, On
from dialogs.showing.answers import canned_answer, in_merchants_words, spoken_to
from dialogs.showing.rating import rated
from dialogs.states import Ordering, ViewingOrder
from dialogs.states_after import SayingWhyCancelled
from replies.changing import ThanksForSaying
from replies.leaving import AskWhatIsWrong, CalmWord, PromosResumed, PromosStopped
from replies.taps_after import ResumePromos
from replies.taps_looking import StopNews
from repository.aftersales import leaving


async def calm(state: Here, heard: Vented, turn: Turn) -> Next[Here | ViewingOrder | Ordering]:
    """A calm word; the chat and the order are left to a person. A thumb down alone is asked what is wrong, and who is
    only tired of waiting is told where the order is."""
    turn = await spoken_to(heard.text, turn)
    if heard.mood == "impatient":
        return await hurry(state, heard.text, turn)
    number = ""
    if heard.mood != "displeased":
        if stars_in(heard.text)[0]:
            await rated(state, heard.text, turn)  # what they think of it is kept all the same
        # A sign alone, of somebody who has ordered nothing, need not be about the shop.
        alone = heard.mood == "signs"
        number = await ask(leaving.complain, shopper_id=turn.shopper_id, words=heard.text, only_of_order=alone)
    if heard.mood != "angry" and not number:
        said = await canned_answer(heard.text, turn)
        reply = await in_merchants_words(said, turn) if said else AskWhatIsWrong()
        return Next(state, [reply], language=turn.language, intent="displeased")
    return Next(state, [CalmWord(number=number)], language=turn.language, intent="complaint")


async def calm_why(
    state: SayingWhyCancelled, heard: Vented, turn: Turn
) -> Next[SayingWhyCancelled | Idle | ViewingOrder | Ordering]:
    """That it took too long is why the order was taken back; anger is anger there too."""
    if heard.mood != "impatient":
        return await calm(state, heard, turn)
    await ask(leaving.say_why, shopper_id=turn.shopper_id, order_id=state.order_id, reason=tidy(heard.text))
    return Next(Idle(), [ThanksForSaying()], intent="cancel_reason")


async def resume_promos(state: Here, tap: ResumePromos, turn: Turn) -> Next[Here]:
    """Promos and reminders come again."""
    await ask(leaving.resume_promos, shopper_id=turn.shopper_id)
    return Next(state, [PromosResumed()])


async def stop_news(state: Here, tap: StopNews, turn: Turn) -> Next[Here]:
    """Promos and reminders end; notices of an open order go on."""
    has_open = await ask(leaving.stop_promos, shopper_id=turn.shopper_id)
    return Next(state, [PromosStopped(has_open=has_open)])


ROWS = (
    On(ANYWHERE, StopNews, stop_news),
    On(ANYWHERE, Vented, calm),
    On(SayingWhyCancelled, Vented, calm_why),
    On(ANYWHERE, ResumePromos, resume_promos),
)
