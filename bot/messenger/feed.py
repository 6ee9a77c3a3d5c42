"""What the `feed` and `live_comments` fields say of comments and posts, read leniently.

Sources: contract, section 2 (`feed`, whose `value` may precede the field's name); Meta's "Page Feed" webhook reference.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.messenger.event import Event
from bot.messenger.events import Comment, PagePost
from bot.messenger.lenient import an_object, flag, moment, text
from bot.messenger.readers import Frame

_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)
_VERBS: Mapping[str, str] = {"add": "add", "edited": "edited", "edit": "edited", "remove": "remove",
                             "delete": "remove", "hide": "hide", "unhide": "unhide", "": "add"}  # fmt: skip
_POSTS = frozenset({"post", "status", "photo", "video", "share", "live", "reel", "album"})
_LIVE = frozenset({"live", "live_video", "added_live_video"})
FIELDS = frozenset({"feed", "live_comments"})
TEXT_MOST = 2000
"""Characters of a comment that are kept: what it asks for stands at its beginning."""
POST_MOST = 4000


def read_feed(frame: Frame, field: str, value: Mapping[str, object], received_at: datetime) -> Event | None:
    """The comment or post that a change is about; None where it is about neither, or the page's own comment.

    Args:
        frame: Where and when.
        field: `feed` or `live_comments`.
        value: What Facebook says.
        received_at: When it came, aware.
    """
    item = text(value.get("item")) or ("comment" if field == "live_comments" else "")
    verb = _VERBS.get(text(value.get("verb")))
    if verb is None:
        return None
    if item == "comment":
        return _comment(frame, field, verb, value, received_at)
    author = an_object(value.get("from"))
    is_ours = text(author.get("id")) == frame["page_id"] != ""
    post_id = _id(value.get("post_id"))
    if item in _POSTS and is_ours and post_id and verb in ("add", "edited"):
        words = text(value.get("message"))[:POST_MOST]
        return PagePost(**frame, post_id=post_id, text=words, is_live=_is_live(value))
    return None


def _comment(frame: Frame, field: str, verb: str, value: Mapping[str, object], received_at: datetime) -> Comment | None:
    author = an_object(value.get("from"))
    from_id = text(author.get("id")) or text(value.get("sender_id"))
    comment_id = _id(value.get("comment_id")) or _id(value.get("id"))
    media = an_object(value.get("media"))
    post_id = next(
        (known for key in ("post_id", "video_id", "parent_id") if (known := _id(value.get(key)))), ""
    ) or _id(media.get("id"))
    if not comment_id or not post_id or from_id == frame["page_id"] != "":
        return None
    written = moment(value.get("created_time"), received_at) if verb == "add" else None
    parent_id = _id(value.get("parent_id"))
    if written:
        frame = {**frame, "sent_at": written, "undated": False}
    return Comment(
        **frame,
        verb=verb,
        comment_id=comment_id,
        post_id=post_id,
        parent_id="" if parent_id == post_id else parent_id,
        from_id=from_id if len(from_id) <= 100 else "",
        from_name=(text(author.get("name")) or text(author.get("username")) or text(value.get("sender_name")))[:255],
        text=(text(value.get("message")) or text(value.get("text")))[:TEXT_MOST],
        is_live=field == "live_comments" or _is_live(value),
    )


def _is_live(value: Mapping[str, object]) -> bool:
    """Whether it is about a live video."""
    post = an_object(value.get("post"))
    kinds = {text(value.get("status_type")), text(post.get("status_type")), text(value.get("item"))}
    return bool(kinds & _LIVE) or flag(value.get("is_live"))


def _id(value: object) -> str:
    """An id of Facebook's; empty where it cannot be one."""
    known = text(value)
    return known if _ID.fullmatch(known) else ""
