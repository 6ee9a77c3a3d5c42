"""What is asked of Facebook when a page is connected, and looked at again later: who is told of what, and where."""

from collections.abc import Iterable

from bot.messenger.answers import App, Callback, Done, SubscribedApp, read_answer
from bot.messenger.graph import Graph


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
