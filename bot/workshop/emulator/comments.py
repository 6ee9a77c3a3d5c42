"""What stands below the page's posts: people's comments and the page's own."""

from collections import deque

import msgspec


class Comment(msgspec.Struct):
    """A comment that stands below a post. `psid` is empty where the page wrote it."""

    id: str
    post: str
    psid: str
    name: str
    text: str
    at: int
    parent: str = ""


class Wall(msgspec.Struct):
    """What stands on the page.

    Attributes:
        posts: What each post says, by its id.
        live: Posts that are live videos.
        comments: By their id, in the order in which they were written.
        answered: When private replies were sent, in milliseconds, within the last hour.
    """

    posts: dict[str, str] = msgspec.field(default_factory=dict)
    live: set[str] = msgspec.field(default_factory=set)
    comments: dict[str, Comment] = msgspec.field(default_factory=dict)
    answered: deque[int] = msgspec.field(default_factory=deque)
