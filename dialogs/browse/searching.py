"""What is typed where nothing in particular was asked, and the pages of a search."""

from datetime import timedelta

from bot.language.meaning import asks_whether_bot
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import origin_of
from dialogs.showing.answering import Told, answer_text
from dialogs.showing.listing import goods_named, show_list
from dialogs.states import WaitingForPerson
from dialogs.states_looking import (
    BrowsingCategories,
    Searching,
)
from replies.browsing import AskSearch
from replies.talk import IAmBot, PersonWillRead
from replies.taps import MoreResults, SearchAgain

PATIENCE = timedelta(hours=2)
"""How long what is typed is left for the person who was asked for."""


async def answer(state: Here, heard: Typed, turn: Turn) -> Next[Here | Told]:
    """Answer what was typed: the merchant's words first, then what the shop knows, then a search."""
    return await answer_text(state, heard.text, turn)


async def leave_for_person(state: WaitingForPerson, heard: Typed, turn: Turn) -> Next[WaitingForPerson | Told]:
    """Leave what was typed for the person who was asked for; after a while, answer as ever."""
    if state.since is None or turn.now - state.since > PATIENCE:
        return await answer_text(Idle(), heard.text, turn)
    if asks_whether_bot(heard.text):
        return Next(state, [IAmBot(waits=True)], intent="bot")
    if found := await goods_named(heard.text, turn):  # of goods the shop knows at once
        return Next(state, [PersonWillRead(), *found.replies], intent="search")
    return Next(state, [PersonWillRead()])


async def more_results(state: State, tap: MoreResults, turn: Turn) -> Next[Searching | BrowsingCategories | Idle]:
    """Show a page of the search that is under way; ask what to search for where none is."""
    origin = origin_of(state)
    if isinstance(origin, Searching):
        return await show_list(Searching(text=origin.text, page=tap.page), turn)
    return Next(Idle(), [AskSearch()])


async def search_again(state: State, tap: SearchAgain, turn: Turn) -> Next[Idle]:
    """Ask what to search for."""
    return Next(Idle(), [AskSearch()])


SEARCHING = Dialog(
    "searching",
    (
        On(ANYWHERE, Typed, answer),
        On(WaitingForPerson, Typed, leave_for_person),
        On(ANYWHERE, MoreResults, more_results),
        On(ANYWHERE, SearchAgain, search_again),
    ),
)
