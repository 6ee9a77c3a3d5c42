"""The page's Messenger profile as it is live, beside the shop's: what differs, and how it is put right."""

from collections.abc import Mapping

from bot.messenger.graph import Graph


async def differences(graph: Graph, wanted: Mapping[str, object]) -> Mapping[str, tuple[object, object]]:
    """What of the page's profile is other than the shop's, as (the shop's, what is live), by property.

    Args:
        graph: The page's way to Facebook.
        wanted: The shop's, as `replies.profile.profile` has it.

    Raises:
        GraphError: Facebook does not tell.
    """
    live = await graph.messenger_profile(wanted)
    return {name: (value, live.get(name)) for name, value in wanted.items() if (live.get(name) or []) != value}


async def push(graph: Graph, wanted: Mapping[str, object]) -> None:
    """Set properties of the page's profile, and remove those that are empty.

    Args:
        graph: The page's way to Facebook.
        wanted: Those that are to be changed; Facebook takes ten changes in ten minutes.

    Raises:
        GraphError: Facebook did not take it.
    """
    kept = {name: value for name, value in wanted.items() if value}
    gone = [name for name in wanted if name not in kept]
    if kept:
        await graph.set_messenger_profile(kept)
    if gone:
        await graph.delete_messenger_profile(gone)
