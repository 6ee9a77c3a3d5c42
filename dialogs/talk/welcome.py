"""The way in, the menu and the help."""

from bot.language.tongue import chosen
from dialogs.engine.run import Next, Turn, ask
from dialogs.engine.state import Here, Idle, State
from dialogs.engine.table import ANYWHERE, Dialog, On
from dialogs.showing.answers import menu, taken_up, welcome
from replies.leaving import PromosResumed
from replies.taps import ChooseLanguage, GetStarted, Help, OpenMenu, SetLanguage
from replies.welcome import AskLanguage, HelpText, LanguageSet, OneLanguage
from repository.aftersales import leaving
from repository.chats import shoppers


async def get_started(state: State, tap: GetStarted, turn: Turn) -> Next[Idle]:
    """Say hello, and that it is a bot who says it; whoever has stopped promos and types "start" gets them again."""
    if tap.typed and await ask(leaving.resume_promos, shopper_id=turn.shopper_id):
        return Next(Idle(), [PromosResumed()])
    return Next(Idle(), [welcome(turn, turn.language), *await taken_up(turn)])


async def open_menu(state: State, tap: OpenMenu, turn: Turn) -> Next[Idle]:
    """Show what can be done here. What was under way is left; the cart stays."""
    return Next(Idle(), [menu(turn)])


async def show_help(state: Here, tap: Help, turn: Turn) -> Next[Here]:
    """Say what the bot understands."""
    return Next(state, [HelpText()])


async def set_language(state: Here, tap: SetLanguage, turn: Turn) -> Next[Here]:
    """Answer in the language that was chosen, where the shop does."""
    if tap.language not in turn.rules.languages:
        return Next(state, [OneLanguage()])
    language = "fil" if tap.language == "fil" else "en"
    await ask(shoppers.set_language, shopper_id=turn.shopper_id, language=language, lean=chosen(language).lean)
    return Next(state, [LanguageSet(language=language)], language=language)


async def ask_language(state: Here, tap: ChooseLanguage, turn: Turn) -> Next[Here]:
    """Ask in which language to answer."""
    if len(turn.rules.languages) == 1:
        return Next(state, [OneLanguage()])
    return Next(state, [AskLanguage(language=turn.language)])


WELCOME = Dialog(
    "welcome",
    (
        On(ANYWHERE, GetStarted, get_started),
        On(ANYWHERE, OpenMenu, open_menu),
        On(ANYWHERE, Help, show_help),
        On(ANYWHERE, SetLanguage, set_language),
        On(ANYWHERE, ChooseLanguage, ask_language),
    ),
)
