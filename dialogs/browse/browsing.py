"""Looking around: categories and pages of products."""

import msgspec

from dialogs.engine.run import Next, Turn
from dialogs.engine.state import Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.adding import again
from dialogs.showing.answers import menu
from dialogs.showing.listing import category_named, show_categories, show_list
from dialogs.states_looking import (
    BrowsingCategories,
    BrowsingCategory,
    BrowsingFeatured,
    BrowsingList,
    Listed,
    Looking,
    Searching,
)
from replies.browsing import EndOfList
from replies.taps import (
    BrowseCategories,
    GoBack,
    OpenCategory,
    OpenCategoryNamed,
    OpenFeatured,
    ShowMore,
    ShowPrevious,
)


async def browse_categories(state: State, tap: BrowseCategories, turn: Turn) -> Next[BrowsingCategories]:
    """Show a page of the categories."""
    return await show_categories(turn, page=tap.page, within=tap.within)


async def open_category(
    state: State, tap: OpenCategory, turn: Turn
) -> Next[BrowsingCategory | BrowsingCategories | Idle]:
    """Show a page of a category."""
    return await show_list(BrowsingCategory(category_id=tap.category_id, page=tap.page, sort=tap.sort), turn)


async def open_category_named(
    state: State, tap: OpenCategoryNamed, turn: Turn
) -> Next[BrowsingCategory | BrowsingCategories | Idle]:
    """Show a category that an old button or a link knows by its slug."""
    return await category_named(tap.slug, turn)


async def open_featured(
    state: State, tap: OpenFeatured, turn: Turn
) -> Next[BrowsingFeatured | BrowsingCategories | Idle]:
    """Show the products that the shop puts forward."""
    return await show_list(BrowsingFeatured(page=tap.page), turn)


async def show_more(state: Listed, tap: ShowMore, turn: Turn) -> Next[Looking]:
    """Show the next page, or say that there is none."""
    following = await show_list(msgspec.structs.replace(state, page=state.page + 1), turn)
    return Next(state, [_end(state)]) if _is_over(state, following.state) else following


async def show_previous(state: Listed, tap: ShowPrevious, turn: Turn) -> Next[Looking]:
    """Show the page before, or say that there is none."""
    if state.page <= 1:
        return Next(state, [_end(state)])
    return await show_list(msgspec.structs.replace(state, page=state.page - 1), turn)


async def more_categories(state: BrowsingCategories, tap: ShowMore, turn: Turn) -> Next[BrowsingCategories]:
    """Show the next categories, or say that there are none."""
    following = await show_categories(turn, page=state.page + 1, within=state.within)
    return Next(state, [_end(state)]) if _is_over(state, following.state) else following


async def previous_categories(state: BrowsingCategories, tap: ShowPrevious, turn: Turn) -> Next[BrowsingCategories]:
    """Show the categories before, or say that there are none."""
    if state.page <= 1:
        return Next(state, [_end(state)])
    return await show_categories(turn, page=state.page - 1, within=state.within)


async def start_list(state: State, tap: ShowMore | ShowPrevious, turn: Turn) -> Next[BrowsingCategories]:
    """Begin with the categories, where no list is open of which there could be more."""
    return await show_categories(turn)


async def back_to_categories(state: Listed, tap: GoBack, turn: Turn) -> Next[Looking]:
    """From a list of products back to the category in which it stands, else to the categories."""
    if isinstance(state, BrowsingCategory) and state.above:
        return await show_list(BrowsingCategory(category_id=state.above), turn)
    return await show_categories(turn)


async def back_to_menu(state: State, tap: GoBack, turn: Turn) -> Next[Idle]:
    """Back to the menu, from where nothing else lies behind."""
    return Next(Idle(), [menu(turn)])


def _is_over(before: Listed | BrowsingCategories, after: State) -> bool:
    """Whether a list has come to its end: its last page is then shown again."""
    return isinstance(after, type(before)) and after.page <= before.page


def _end(state: Listed | BrowsingCategories) -> EndOfList:
    if isinstance(state, BrowsingCategories):
        return EndOfList(again=BrowseCategories(page=state.page, within=state.within))
    return EndOfList(again=again(state))


LISTS = (BrowsingCategory, BrowsingFeatured, Searching)

BROWSING = Dialog(
    "browsing",
    (
        On(ANYWHERE, BrowseCategories, browse_categories),
        On(ANYWHERE, OpenCategory, open_category),
        On(ANYWHERE, OpenCategoryNamed, open_category_named),
        On(ANYWHERE, OpenFeatured, open_featured),
        On(LISTS, ShowMore, show_more),
        On(BrowsingList, ShowMore, show_more),
        On(LISTS, ShowPrevious, show_previous),
        On(BrowsingList, ShowPrevious, show_previous),
        On(BrowsingCategories, ShowMore, more_categories),
        On(BrowsingCategories, ShowPrevious, previous_categories),
        On(ANYWHERE, (ShowMore, ShowPrevious), start_list),
        On(LISTS, GoBack, back_to_categories),
        On(BrowsingList, GoBack, back_to_categories),
        On(ANYWHERE, GoBack, back_to_menu),
    ),
)
