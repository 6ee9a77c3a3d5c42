"""What is asked of Facebook when a page is connected, and looked at again later: who is told of what, and where."""

from collections.abc import Iterable

import aiohttp
import msgspec

from bot.messenger.answers import App, Callback, Done, Exchanged, Page, SubscribedApp, read_answer
from bot.messenger.graph import Graph

_PAGES_MOST = 100
"""How many pages of a person are listed; Facebook answers no more at once."""


async def subscribe(graph: Graph, fields: Iterable[str], page_id: str = "me") -> bool:
    """Have the page's events of these fields sent to our webhook, and no others.

    Args:
        graph: The page's way to Facebook.
        fields: Names of webhook fields, such as those of `subscriptions.FIELDS`.
        page_id: Which page; the token's own where left out.

    Returns:
        Whether Facebook did it.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    answer = await graph.call("POST", graph.url(f"{page_id}/subscribed_apps", subscribed_fields=",".join(fields)))
    return read_answer(answer, Done).success


async def subscribed(graph: Graph) -> tuple[SubscribedApp, ...]:
    """The apps that are told of the page's events.

    Args:
        graph: The page's way to Facebook.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    answer = await graph.call("GET", graph.url("me/subscribed_apps"))
    return read_answer(answer, dict[str, tuple[SubscribedApp, ...]]).get("data", ())


async def app(graph: Graph, app_id: str) -> App:
    """The app, asked for with its own secret: an answer shows that the id and the secret belong together.

    Args:
        graph: A way to Facebook that knows the app's secret.
        app_id: Which app.

    Raises:
        GraphError: They do not, or Facebook does not answer.
    """
    return read_answer(await graph.as_app("GET", app_id, app_id, fields="name"), App)


async def callbacks(graph: Graph, app_id: str) -> tuple[Callback, ...]:
    """Where Facebook sends the app's events, an entry for each kind of thing.

    Args:
        graph: A way to Facebook that knows the app's secret.
        app_id: Which app.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    answer = await graph.as_app("GET", f"{app_id}/subscriptions", app_id)
    return read_answer(answer, dict[str, tuple[Callback, ...]]).get("data", ())


async def long_lived(graph: Graph, app_id: str) -> str:
    """A token of the same person that lives about sixty days, for the short one that the graph has; page tokens made
    from it do not end (Meta, "Long-lived access tokens").

    Args:
        graph: The person's way to Facebook, which knows the app's secret.
        app_id: The app that the token was made with.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    form = aiohttp.FormData(
        {
            "grant_type": "fb_exchange_token",
            "client_id": app_id,
            "client_secret": graph.app_secret or "",
            "fb_exchange_token": graph.access_token,
        }
    )
    answer = await graph.call("POST", graph.url("oauth/access_token").with_query(None), form)
    return read_answer(answer, Exchanged).access_token


async def pages(graph: Graph) -> tuple[Page, ...]:
    """The pages that a person manages and has let the app see, each with its token.

    Args:
        graph: The person's way to Facebook.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    answer = await graph.call("GET", graph.url("me/accounts", fields="id,name,access_token", limit=str(_PAGES_MOST)))
    return read_answer(answer, _Pages).data


class _Pages(msgspec.Struct, frozen=True):
    data: tuple[Page, ...] = ()


async def page(graph: Graph) -> Page:
    """The page whose token the graph has, by id and name.

    Args:
        graph: The page's way to Facebook.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    return read_answer(await graph.call("GET", graph.url("me", fields="id,name")), Page)


async def register(graph: Graph, app_id: str, *, url: str, verify_token: str, fields: Iterable[str]) -> bool:
    """Have the app's events sent to a webhook. Facebook asks it for the challenge before it answers.

    Args:
        graph: A way to Facebook that knows the app's secret.
        app_id: Which app.
        url: The webhook, beginning with https://
        verify_token: What Facebook shall say when it asks.
        fields: Names of webhook fields, such as those of `subscriptions.FIELDS`.

    Returns:
        Whether Facebook did it.

    Raises:
        GraphError: Facebook refuses, or does not answer.
    """
    form = aiohttp.FormData(
        {"object": "page", "callback_url": url, "verify_token": verify_token, "fields": ",".join(fields)}
    )
    answer = await graph.as_app("POST", f"{app_id}/subscriptions", app_id, body=form)
    return read_answer(answer, Done).success
