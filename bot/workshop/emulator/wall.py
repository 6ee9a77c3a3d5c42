"""The page's posts and live videos, and what stands below them: people's comments and the page's own.

Sources: Graph reference, "Page Post" and "Comment"; Meta's "Private Replies" page; contract, section 3.5.
"""

import msgspec

from bot.messenger import limits
from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.comments import Comment
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.people import Person

HOUR_MS = 3600 * 1000
#: How many comments of all posts are shown; older ones stay.
MOST_COMMENTS = 200


def post_id(facebook: Facebook, post: str) -> str:
    """The id of a post, by its number or by the id itself."""
    return post if "_" in post else f"{facebook.app.page_id}_{post}"


def writes_post(facebook: Facebook, words: str, *, post: str = "", live: bool = False) -> tuple[str, Json]:
    """The page writes a post, or goes live. Its id, and what the webhook says of it.

    Args:
        facebook: Where.
        words: What it says.
        post: Its number; empty for a new one.
        live: Whether it is a live video.
    """
    name = post_id(facebook, post or str(facebook.number()))
    facebook.wall.posts[name] = words
    if live:
        facebook.wall.live.add(name)
    value: Json = {
        "from": {"id": facebook.app.page_id, "name": facebook.app.page_name},
        "item": "video" if live else "status",
        "post_id": name,
        "verb": "add",
        "published": 1,
        "created_time": facebook.time.now_ms() // 1000,
        "message": words,
    }
    if live:
        value["status_type"] = "added_live_video"
    return name, {"field": "feed", "value": value}


def publishes(facebook: Facebook, words: str, *, post: str = "", live: bool = False) -> str:
    """The page writes a post, or goes live, and its webhook tells so. Its id.

    Args:
        facebook: Where.
        words: What it says.
        post: Its number; empty for a new one.
        live: Whether it is a live video.
    """
    name, change = writes_post(facebook, words, post=post, live=live)
    facebook.courier.send("", "feed", change, "changes")
    tell(facebook)
    return name


def tell(facebook: Facebook) -> None:
    """Tell whoever watches that something else stands on the page now."""
    if facebook.feed.watched:
        facebook.feed.tell("wall", "", wall=shown(facebook))


def shown(facebook: Facebook) -> Json:
    """The posts, the newest first, and what stands below them, as pages draw it."""
    posts = [
        {"id": post, "words": words, "live": post in facebook.wall.live}
        for post, words in reversed(facebook.wall.posts.items())
    ]
    comments = list(facebook.wall.comments.values())[-MOST_COMMENTS:]
    return {"posts": posts, "comments": [msgspec.structs.asdict(comment) for comment in comments]}


def writes_comment(facebook: Facebook, person: Person, text: str, post: str, *, live: bool = False) -> Comment:
    """A person comments below a post; the page may answer that once, privately."""
    name = post_id(facebook, post)
    comment = Comment(
        id=f"{name.rpartition('_')[2]}_{facebook.number()}",
        post=name,
        psid=person.psid,
        name=person.name,
        text=text,
        at=facebook.time.now_ms(),
    )
    if live:
        facebook.wall.live.add(name)
    facebook.wall.comments[comment.id] = comment
    facebook.tickets[f"comment_id:{comment.id}"] = (person.psid, comment.at)
    tell(facebook)
    return comment


def told(facebook: Facebook, comment: Comment, verb: str) -> Json:
    """What the webhook says of a comment: that it was written (`add`), `edited` or taken away (`remove`)."""
    value: Json = {
        "item": "comment",
        "verb": verb,
        "comment_id": comment.id,
        "post_id": comment.post,
        "parent_id": comment.parent or comment.post,
        "from": {"id": comment.psid or facebook.app.page_id, "name": comment.name},
        "created_time": comment.at // 1000,
    }
    if verb != "remove":
        value["message"] = comment.text
    if comment.post in facebook.wall.live:
        value["post"] = {"id": comment.post, "status_type": "added_live_video", "is_published": True}
    return {"field": "feed", "value": value}


def edits_comment(facebook: Facebook, comment_id: str, text: str) -> Json:
    """A person changes what they wrote; what the webhook says of it."""
    comment = facebook.wall.comments[comment_id]
    comment.text = text
    tell(facebook)
    return told(facebook, comment, "edited")


def removes_comment(facebook: Facebook, comment_id: str) -> Json:
    """A person takes away what they wrote: it cannot be answered any more; what the webhook says of it."""
    comment = facebook.wall.comments.pop(comment_id)
    facebook.tickets.pop(f"comment_id:{comment_id}", None)
    tell(facebook)
    return told(facebook, comment, "remove")


def check_pace(facebook: Facebook) -> None:
    """Count a private reply, and refuse one that is beyond the page's limit an hour.

    Raises:
        Refusal: There were too many within the last hour.
    """
    now, answered = facebook.time.now_ms(), facebook.wall.answered
    while answered and answered[0] <= now - HOUR_MS:
        answered.popleft()
    if len(answered) >= limits.PRIVATE_REPLIES:
        raise refusal(613)
    answered.append(now)


async def get_post(facebook: Facebook, call: Call) -> Answer:
    """`GET /<post>?fields=message,...`."""
    words = facebook.wall.posts.get(call.path[0])
    known: Json = {"id": call.path[0], "message": words or ""}
    return answer({name: known[name] for name in ("id", *call.words("fields")) if known.get(name)})


async def post(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/feed`: the page writes a post, and its webhook tells so (Graph reference, "Page Feed")."""
    words = call.text("message").strip()
    if not (words or call.text("link")):
        raise Refusal(100, "Missing message or attachment")
    return answer({"id": publishes(facebook, words or call.text("link"))})


async def post_photo(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/photos`: the page posts a picture with words below it (Graph reference, "Page Photos")."""
    if not call.text("url") and call.upload is None:
        raise Refusal(324, "Missing or invalid image file")
    name = publishes(facebook, call.text("caption") or call.text("message"))
    return answer({"id": name.rpartition("_")[2], "post_id": name})


async def reply(facebook: Facebook, call: Call) -> Answer:
    """`POST /<comment>/comments`: the page writes below a comment, and its webhook tells that too."""
    under = facebook.wall.comments.get(call.path[0])
    if under is None:
        raise refusal(100, 33)
    words = call.text("message").strip()
    if not words:
        raise Refusal(100, "The parameter message is required")
    if "pages_manage_engagement" not in facebook.scopes:
        raise Refusal(200, "Requires pages_manage_engagement permission to manage the object", status=403)
    comment = Comment(
        id=f"{under.id.partition('_')[0]}_{facebook.number()}", post=under.post, psid="",
        name=facebook.app.page_name, text=words, at=facebook.time.now_ms(), parent=under.id,
    )  # fmt: skip
    facebook.wall.comments[comment.id] = comment
    tell(facebook)
    facebook.courier.send(under.psid, "feed", told(facebook, comment, "add"), "changes")
    return answer({"id": comment.id})


async def remove(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<comment>`: the page takes a comment away."""
    facebook.wall.comments.pop(call.path[0], None)
    facebook.tickets.pop(f"comment_id:{call.path[0]}", None)
    return SUCCESS
