"""What each step asks Facebook, and what its answer means: who asks gets a light, and what was found beside it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from bot.base.settings import Settings
from bot.messenger import connecting
from bot.messenger.errors import GraphError, NoPermission, TemporaryError, TokenDead
from bot.messenger.graph import Graph
from bot.messenger.subscriptions import FIELDS, SCOPES
from handlers.doctor import profiles
from handlers.doctor.watching import told_of
from replies.profile import SHOPS, Greeting
from replies.profile import profile as properties
from replies.words import Words
from repository.rules import Rules
from repository.settings.steps import Outcome

Found = TypeVar("Found")
SECONDS = 10.0
AGAIN = "Try again in a minute."
ANOTHER = "Make a new token in the app's dashboard, under Messenger, and paste it here."


class Refused(Exception):
    """Facebook refused, or what it said is not what is needed.

    Attributes:
        outcome: What to show.
    """

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.answered)
        self.outcome = outcome


def way(settings: Settings, token: str, *, app_secret: str = "") -> Graph:
    """A way to Facebook with a token that is being tried.

    Args:
        settings: This shop's; they say where the Graph API is, and in which version.
        token: Which.
        app_secret: Of the app; the one in force where left out.
    """
    return Graph(
        token,
        app_secret=app_secret or settings.app_secret,
        base_url=settings.graph_api_url,
        version=settings.graph_api_version,
        seconds=SECONDS,
    )


async def asked(sent: str, ask: Callable[[], Awaitable[Found]], *, otherwise: str) -> Found:
    """What Facebook answers.

    Args:
        sent: What is asked, for a person to read.
        ask: Asks it.
        otherwise: What to do where Facebook refuses for a reason that has no advice of its own.

    Raises:
        Refused: It does not answer, or refuses.
    """
    try:
        return await ask()
    except GraphError as error:
        raise Refused(broken(sent, _told(error), _advice(error, otherwise))) from None


def _told(error: GraphError) -> str:
    if isinstance(error, TemporaryError) and not error.code:
        return "Facebook does not answer."
    number = f"{error.code}/{error.subcode}" if error.subcode else f"{error.code}"
    return f"Facebook refuses ({number}): {error.args[0]}"


def _advice(error: GraphError, otherwise: str) -> str:
    if error.code == 101:
        return "The App ID is not one of Facebook's: copy it from the top of the app's dashboard."
    if isinstance(error, TokenDead):
        return ANOTHER if error.subcode else otherwise
    if isinstance(error, NoPermission):
        return f"Make the token again and grant {', '.join(SCOPES)} and pages_show_list."
    return AGAIN if isinstance(error, TemporaryError) and not error.code else otherwise


def broken(sent: str, answered: str, what_to_do: str) -> Outcome:
    """A step that did not work.

    Args:
        sent: What was asked.
        answered: What came back.
        what_to_do: The one thing to do.
    """
    return Outcome(light="broken", sent=sent, answered=answered, what_to_do=what_to_do)


def looks_wrong(app_id: str, secret: str) -> str:
    """What is wrong with what was pasted, before anybody is asked; empty where nothing is.

    Args:
        app_id: As it was typed.
        secret: As it was typed.
    """
    if not app_id.isascii() or not app_id.isdigit() or not 5 <= len(app_id) <= 25:
        return "The App ID consists of digits alone: copy it from the top of the app's dashboard."
    if secret.startswith("EAA") or "|" in secret:
        return "That is a token, not the app's secret: the secret stands under App settings, Basic, behind “Show”."
    if not secret or any(letter.isspace() for letter in secret):
        return "The secret is one word without spaces: copy it under App settings, Basic, behind “Show”."
    return ""


async def app(settings: Settings, app_id: str, secret: str) -> Outcome:
    """Whether an app and a secret belong together.

    Args:
        settings: This shop's.
        app_id: As it was typed.
        secret: As it was typed.

    Raises:
        Refused: They do not.
    """
    sent = f"GET /{app_id} with the token that the App ID and the secret make together"
    if wrong := looks_wrong(app_id, secret):
        raise Refused(broken("nothing yet", "What was typed cannot be right.", wrong))
    todo = "Copy the secret of this very app again: App settings, Basic, behind “Show”."
    async with way(settings, "", app_secret=secret) as graph:
        named = await asked(sent, lambda: connecting.app(graph, app_id), otherwise=todo)
    return Outcome(light="good", sent=sent, answered=f"The app is “{named.name}”, and the secret is its own.")


async def webhook(settings: Settings, verify_token: str) -> Outcome:
    """Have the app's events sent here, and read back where they are sent.

    Args:
        settings: This shop's, with its app and its public address.
        verify_token: Made by us, and already in force.

    Raises:
        Refused: Facebook did not do it.
    """
    url = f"{settings.public_url.rstrip('/')}/webhook"
    sent = f"POST /{settings.app_id}/subscriptions: {url} for {len(FIELDS)} fields, with our verify token"
    todo = "Test the public address again, above: Facebook asks it for a challenge before it says yes."
    async with way(settings, settings.page_access_token) as graph:
        await asked(
            sent,
            lambda: connecting.register(graph, settings.app_id, url=url, verify_token=verify_token, fields=FIELDS),
            otherwise=todo,
        )
        there = await asked(sent, lambda: connecting.callbacks(graph, settings.app_id), otherwise=AGAIN)
    if not any(one.object == "page" and one.active and one.callback_url == url for one in there):
        raise Refused(broken(sent, "Facebook said yes, but sends events elsewhere.", "Try it again."))
    return Outcome(light="good", sent=sent, answered=f"Facebook asked {url} for the challenge and sends events there.")


async def fields(settings: Settings) -> Outcome:
    """Have the page tell the app everything that is read here, and compare what it tells.

    Args:
        settings: This shop's, with its page.

    Raises:
        Refused: Facebook did not do it.
    """
    sent = f"POST /{settings.page_id}/subscribed_apps with all {len(FIELDS)} fields, then GET the same"
    async with way(settings, settings.page_access_token) as graph:
        await asked(sent, lambda: connecting.subscribe(graph, FIELDS), otherwise=ANOTHER)
        apps = await asked(sent, lambda: connecting.subscribed(graph), otherwise=AGAIN)
    outcome = told_of(apps, settings.app_id, sent)
    if outcome.light == "broken":
        raise Refused(outcome)
    return outcome


async def differences(
    settings: Settings, words: Words, rules: Rules, own: Greeting = SHOPS
) -> Mapping[str, tuple[object, object]]:
    """What of the page's profile is other than the shop's, as (the shop's, what is live), by property.

    Args:
        settings: This shop's, with its page.
        words: In force.
        rules: In force.
        own: What this page greets with.

    Raises:
        Refused: Facebook does not tell.
    """
    wanted = properties(words, rules, own=own)
    sent = f"GET /me/messenger_profile: {', '.join(wanted)}"
    async with way(settings, settings.page_access_token) as graph:
        return await asked(sent, lambda: profiles.differences(graph, wanted), otherwise=ANOTHER)


async def profile(settings: Settings, words: Words, rules: Rules, *, own: Greeting = SHOPS) -> Outcome:
    """Push what of the profile differs, and compare once more.

    Args:
        settings: This shop's, with its page.
        words: In force.
        rules: In force.
        own: What this page greets with.

    Raises:
        Refused: Facebook did not take it.
    """
    before = await differences(settings, words, rules, own)
    if not before:
        return Outcome(light="good", sent="GET /me/messenger_profile", answered="It was already as this shop has it.")
    sent = f"POST /me/messenger_profile: {', '.join(before)}"
    pushed = {name: wanted for name, (wanted, _) in before.items()}
    async with way(settings, settings.page_access_token) as graph:
        await asked(
            sent,
            lambda: profiles.push(graph, pushed),
            otherwise="Wait ten minutes: Facebook takes ten changes of a profile in that time.",
        )
    if left := await differences(settings, words, rules, own):
        raise Refused(broken(sent, f"{', '.join(left)} still differ.", "Try it again in a minute."))
    return Outcome(
        light="good",
        sent=sent,
        answered="The greeting, Get Started, the menu and the questions are as this shop has them.",
    )
