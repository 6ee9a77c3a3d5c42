"""Tokens: what was pasted, which pages it may act for, and how good the one is that was chosen."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger import connecting
from bot.messenger.answers import Page, TokenState
from bot.messenger.subscriptions import NICE_SCOPES, SCOPES
from handlers.console.connect.asking import ANOTHER, Refused, asked, broken, way
from handlers.doctor.facebook import SOON
from repository.settings.steps import Light, Outcome

_KINDS: Mapping[str, str] = {
    "USER": "a token of a person",
    "SYSTEM_USER": "a token of a system user",
    "PAGE": "a page's token",
    "APP": "the app's own token",
}


async def kind_of(settings: Settings, token: str) -> TokenState:
    """What was pasted as a token.

    Args:
        settings: This shop's, with its app.
        token: What was pasted.

    Raises:
        Refused: It is dead, another app's, or of no use here.
    """
    sent = "GET /debug_token with the token that was pasted"
    async with way(settings, token) as graph:
        state = await asked(sent, lambda: graph.debug_token(settings.app_id), otherwise="Connect the app again, above.")
    if not state.is_valid:
        raise Refused(broken(sent, "Facebook says that it is no token, or that it has ended.", ANOTHER))
    if state.app_id and state.app_id != settings.app_id:
        todo = "Choose this shop's app where the token is made, or connect that app above."
        raise Refused(broken(sent, "It was made with another app.", todo))
    if state.type == "APP":
        raise Refused(
            broken(sent, f"That is {_KINDS['APP']}.", "Paste the token that the dashboard makes for the page.")
        )
    if lacking := [scope for scope in SCOPES if state.scopes and scope not in state.scopes]:
        told = f"That is {_KINDS.get(state.type, 'a token')}, without {', '.join(lacking)}."
        raise Refused(broken(sent, told, f"Make the token again and grant {', '.join(lacking)}."))
    return state


async def long_lived(settings: Settings, token: str) -> str:
    """A token of the same person that lives long enough for page tokens that do not end.

    Args:
        settings: This shop's, with its app.
        token: The short one.

    Raises:
        Refused: Facebook does not exchange it.
    """
    sent = "POST /oauth/access_token: the token that was pasted for one that lives longer"
    async with way(settings, token) as graph:
        return await asked(sent, lambda: connecting.long_lived(graph, settings.app_id), otherwise=ANOTHER)


async def pages(settings: Settings, token: str) -> tuple[Page, ...]:
    """The pages that can be chosen from.

    Args:
        settings: This shop's, with its app.
        token: The long-lived one of a person.

    Raises:
        Refused: There is none, or Facebook does not tell.
    """
    sent = "GET /me/accounts: the pages of whoever made the token"
    async with way(settings, token) as graph:
        found = await asked(sent, lambda: connecting.pages(graph), otherwise=ANOTHER)
    able = tuple(one for one in found if one.access_token)
    if not able:
        told = f"{len(found)} pages, none of which the token may act for." if found else "No page."
        todo = "Make the token again, tick your page, and grant pages_show_list."
        raise Refused(broken(sent, told, todo))
    return able


async def page(settings: Settings, token: str) -> tuple[Page, Outcome]:
    """The page whose token this is, and how good the token is.

    Args:
        settings: This shop's, with its app.
        token: The page's.

    Raises:
        Refused: It cannot be used.
    """
    sent = "GET /debug_token and GET /me with the page's token"
    state = await kind_of(settings, token)
    async with way(settings, token) as graph:
        named = await asked(sent, lambda: connecting.page(graph), otherwise=ANOTHER)
    told = f"The page is “{named.name}”. Its token {_until(state)}."
    lacking = [f"{scope}: {lost}" for scope, lost in NICE_SCOPES.items() if state.scopes and scope not in state.scopes]
    ends_soon = bool(state.expires_at) and datetime.fromtimestamp(state.expires_at, UTC) - clock.now() < SOON
    todo = f"Later, ask for {'; '.join(lacking)}." if lacking else ""
    if ends_soon:
        todo = "Paste a token of your own instead: the page's token that is made from it does not end."
    light: Light = "warning" if ends_soon else "good"
    return named, Outcome(light=light, sent=sent, answered=told, what_to_do=todo)


def _until(state: TokenState) -> str:
    if not state.expires_at:
        return "does not end"
    return f"works until {datetime.fromtimestamp(state.expires_at, UTC):%-d %B %Y}"
