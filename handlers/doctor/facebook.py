"""Facebook: do app, secret, page and token belong together, is the page told of everything, does its profile agree."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger import connecting
from bot.messenger.answers import SubscribedApp, TokenState
from bot.messenger.errors import GraphError, TemporaryError
from bot.messenger.graph import Graph
from bot.messenger.subscriptions import ENDS, FIELDS, NICE_SCOPES, OLDEST, SCOPES
from handlers.doctor.looks import Look, good, judged, unseen
from handlers.doctor.profiles import differences
from replies.profile import profile as properties
from replies.words import Words
from repository.rules import Rules

GROUP = "Facebook"
SOON = timedelta(days=14)
"""How long before a token dies a person is told."""
_FURTHER = "See to it in the console, under Facebook page, More pages."
_CONNECT = "Connect it in the console, under Facebook page."
_ANEW = "Compare APP_ID and APP_SECRET with the app's page, or connect the app anew in the console."
_WHICH = {
    "USER": "it is a token of a person: choose the page's own, which `me/accounts` lists",
    "APP": "it is the app's own token: the page's is needed",
    "SYSTEM_USER": "it is a system user's token: take the page's, which it can ask `me/accounts` for",
}


async def look_at_further(settings: Settings, graph: Graph, name: str) -> list[Look]:
    """What Facebook says of a page besides the first.

    Args:
        settings: This process's settings.
        graph: The page's way to Facebook.
        name: What the page is called.
    """

    async def token() -> list[Look]:
        return judge_token(await graph.debug_token(settings.app_id), settings.app_id, clock.now())

    async def subscribed() -> list[Look]:
        return judge_subscribed(await connecting.subscribed(graph), settings.app_id)

    looks = [*await _asked("Token", token), *await _asked("Subscription", subscribed)]
    return [
        replace(one, what=f"{one.what} of “{name}”", mend="", what_to_do=one.what_to_do and _FURTHER) for one in looks
    ]


async def look(settings: Settings, graph: Graph | None, words: Words | None, *, rules: Rules) -> list[Look]:
    """What Facebook says of the app and the first page.

    Args:
        settings: This process's settings.
        graph: The page's way to Facebook; None where no page is connected.
        words: The words in force, which the live profile is compared with; None where nobody could read them.
        rules: The rules in force, which the profile depends on.
    """
    looks = [_version(settings.graph_api_version)]
    if graph is None:
        return [*looks, unseen(GROUP, "Page", "no page is connected: the demo and the simulator need none", _CONNECT)]

    async def app() -> list[Look]:
        if not settings.app_id:
            return [unseen(GROUP, "App", "APP_ID is not set", "Put APP_ID into .env: it stands on the app's page.")]
        named = await connecting.app(graph, settings.app_id)
        return [good(GROUP, "App", f"“{named.name}”, and its secret fits")]

    async def token() -> list[Look]:
        if not settings.app_id:
            return []
        return judge_token(await graph.debug_token(settings.app_id), settings.app_id, clock.now())

    async def page() -> list[Look]:
        named = await connecting.page(graph)
        if not settings.page_id:
            return [good(GROUP, "Page", f"“{named.name}”")]
        found = f"“{named.name}”" if named.id == settings.page_id else f"the token is of another page, “{named.name}”"
        todo = "Connect the page anew in the console: what is written to it is kept, and not answered."
        return [judged(GROUP, "Page", named.id == settings.page_id, found, todo)]

    async def subscribed() -> list[Look]:
        return judge_subscribed(await connecting.subscribed(graph), settings.app_id)

    async def callback() -> list[Look]:
        if not settings.app_id or not settings.public_url:
            return []
        wanted = f"{settings.public_url.rstrip('/')}/webhook"
        pages = [one for one in await connecting.callbacks(graph, settings.app_id) if one.object == "page"]
        right = any(one.callback_url.rstrip("/") == wanted and one.active for one in pages)
        found = "is our webhook" if right else ("is another address" if pages else "is not set")
        todo = "In the console, under Facebook page, press “Enter it” once more."
        return [judged(GROUP, "Where events are sent", right, found, todo)]

    async def profile() -> list[Look]:
        if words is None:
            return []
        other = await differences(graph, properties(words, rules))
        found = f"{', '.join(other)} differ from this shop's" if other else "as this shop has it"
        return [
            judged(
                GROUP,
                "Messenger profile",
                not other,
                found,
                "Run `./quicksell profile push`.",
                otherwise="warning",
                mend="profile",
            )
        ]

    for what, ask in (
        ("App", app),
        ("Token", token),
        ("Page", page),
        ("Subscription", subscribed),
        ("Where events are sent", callback),
        ("Messenger profile", profile),
    ):
        looks += await _asked(what, ask)
    return looks


async def _asked(what: str, ask: Callable[[], Awaitable[Sequence[Look]]]) -> Sequence[Look]:
    try:
        return await ask()
    except TemporaryError as error:
        return [unseen(GROUP, what, f"Facebook does not answer: {error.args[0]}", "Look again in a minute.")]
    except GraphError as error:
        todo = _ANEW if what == "App" else "Connect the page anew in the console."
        return [judged(GROUP, what, is_good=False, found=f"Facebook refuses: {error.args[0]}", what_to_do=todo)]


def _version(version: str) -> Look:
    today = clock.now().date()
    ends = ENDS.get(version)
    todo = "Take GRAPH_API_VERSION out of .env: this program knows a newer one."
    if _number(version) < OLDEST:
        return judged(GROUP, "Graph API version", is_good=False, found=f"{version} is over", what_to_do=todo)
    if ends is None:
        return good(GROUP, "Graph API version", f"{version}, whose end Meta has not said yet")
    return judged(
        GROUP,
        "Graph API version",
        today + timedelta(days=60) < ends,
        f"{version}, answered until {ends:%-d %B %Y}",
        todo,
        otherwise="warning" if today < ends else "broken",
    )


def _number(version: str) -> tuple[int, int]:
    major, _, minor = version.removeprefix("v").partition(".")
    return int(major), int(minor or 0)


def judge_token(state: TokenState, app_id: str, now: datetime) -> list[Look]:
    """What a token is, and what it may.

    Args:
        state: What Facebook says of it.
        app_id: The app that should use it.
        now: The present moment, aware.
    """
    if not state.is_valid:
        todo = "Paste a new token in the console, under Facebook page: messages are kept until then."
        return [judged(GROUP, "Token", is_good=False, found="it is dead", what_to_do=todo)]
    if state.type and state.type != "PAGE":
        why = _WHICH.get(state.type, f"it is of the kind {state.type}, not a page's")
        return [
            judged(GROUP, "Token", is_good=False, found=why, what_to_do="Put the page's token into PAGE_ACCESS_TOKEN.")
        ]
    if state.app_id and state.app_id != app_id:
        return [
            judged(
                GROUP,
                "Token",
                is_good=False,
                found="it belongs to another app than APP_ID",
                what_to_do="Make the token with this app, or set that app's APP_ID and APP_SECRET.",
            )
        ]
    lacking = [scope for scope in SCOPES if state.scopes and scope not in state.scopes]
    looks = [
        judged(
            GROUP,
            "Token",
            not lacking,
            f"it lacks {', '.join(lacking)}" if lacking else "a page's, and it works",
            "Make the token again and grant these permissions.",
        )
    ]
    looks += [
        Look(
            group=GROUP,
            what=f"Permission {scope}",
            light="warning",
            found=f"not granted: {lost}",
            what_to_do=f"Ask for {scope} in the app's review, then make the token again.",
        )
        for scope, lost in NICE_SCOPES.items()
        if state.scopes and scope not in state.scopes
    ]
    if state.expires_at:
        ends = datetime.fromtimestamp(state.expires_at, UTC)
        looks.append(
            judged(
                GROUP,
                "Until when the token works",
                ends - now > SOON,
                f"{ends:%-d %B %Y}",
                "Make a long-lived page token: one made from a long-lived user token does not end.",
                otherwise="warning",
            )
        )
    return looks


def judge_subscribed(apps: Sequence[SubscribedApp], app_id: str) -> list[Look]:
    """Whether the page sends this app all that it reads, and who else is told.

    Args:
        apps: Those that the page is subscribed to.
        app_id: Ours; empty where it is not set, and any is taken for ours.
    """
    ours = [app for app in apps if not app_id or app.id == app_id]
    lacking = [field for field in FIELDS if not any(field in app.subscribed_fields for app in ours)]
    if not ours:
        found = "the page is not subscribed: Facebook sends nothing"
    else:
        found = f"not told of {', '.join(lacking)}" if lacking else f"all {len(FIELDS)} fields"
    todo = "Run `./quicksell doctor --fix`: it subscribes the page."
    looks = [
        judged(
            GROUP,
            "Subscription",
            not lacking,
            found,
            todo,
            otherwise="broken" if not ours or "messages" in lacking else "warning",
            mend="subscription",
        )
    ]
    others = [app.name or app.id for app in apps if app_id and app.id != app_id]
    if others:
        todo = "Take it off the page where it answers too: shoppers would hear two bots."
        looks.append(
            Look(
                group=GROUP,
                what="Other apps on the page",
                light="warning",
                found=f"{len(others)}: {', '.join(others)}",
                what_to_do=todo,
            )
        )
    return looks
