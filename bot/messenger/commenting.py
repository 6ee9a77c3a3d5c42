"""What a page does below its posts: answer a comment privately or for all to see, and read what a post says.

Sources: Meta's "Private Replies" page; Graph reference, "Comment" and "Page Post"; contract, section 3.5.
"""

from collections.abc import Mapping

import msgspec

from bot.messenger.answers import Sent, read_answer
from bot.messenger.errors import Unconfirmed
from bot.messenger.graph import Graph

PUBLIC_MOST = 1000
"""Characters of a public reply; Facebook takes 8,000, and nobody reads them."""


class PostTold(msgspec.Struct, frozen=True, kw_only=True):
    """What Facebook tells of a post; blank where it tells nothing."""

    message: str = ""
    story: str = ""


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    id: str = ""


async def reply_privately(graph: Graph, comment_id: str, message: Mapping[str, object], *, metadata: str) -> Sent:
    """Answer a comment in Messenger, which can be done once and within seven days.

    Args:
        graph: The page's way to Facebook.
        comment_id: Which comment.
        message: The `message` object: one, whatever it holds.
        metadata: Comes back with the echo.

    Returns:
        The ids that Facebook gave it, and the PSID of whom it reached.

    Raises:
        Unconfirmed: It may have been delivered; sending it again is refused as `CommentClosed` where it was.
        CommentClosed: The comment cannot be answered, or no more.
        GraphError: Another of them; it was not delivered.
    """
    body = {
        "recipient": {"comment_id": comment_id},
        "messaging_type": "RESPONSE",
        "message": {**message, "metadata": metadata},
    }
    sent = await graph.send_raw(body)
    if not sent.message_id:
        raise Unconfirmed("the answer to a private reply has no message id", status=200)
    return sent


async def reply_publicly(graph: Graph, comment_id: str, words: str) -> str:
    """Write below a comment, for everybody to see.

    Args:
        graph: The page's way to Facebook.
        comment_id: Which comment.
        words: What.

    Returns:
        The id of the page's comment.

    Raises:
        GraphError: It was not written; after an `Unconfirmed` it may have been.
    """
    url = graph.url(f"{comment_id}/comments")
    answer = await graph.call("POST", url, {"message": words[:PUBLIC_MOST]}, may_have_happened=True)
    return read_answer(answer, _Made).id


async def read_post(graph: Graph, post_id: str) -> PostTold:
    """What a post of the page says.

    Args:
        graph: The page's way to Facebook.
        post_id: Which post.

    Raises:
        GraphError: Facebook does not tell.
    """
    return read_answer(await graph.call("GET", graph.url(post_id, fields="message,story")), PostTold)
