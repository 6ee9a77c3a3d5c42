"""What the page may do for a shopper below the page's posts: comment, change a comment, take it away."""

from collections.abc import Mapping

import msgspec
from aiohttp import web

from bot.workshop.emulator import phone, wall
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.simulator.actions import Action
from bot.workshop.emulator.simulator.bodies import decode

#: The longest comment or post, in characters.
LONGEST = 2000


class Commented(msgspec.Struct, frozen=True, kw_only=True):
    """A comment; without a `post` the page writes one first, which says `words`."""

    text: str
    post: str = ""
    words: str = ""
    live: bool = False


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A comment that is changed, or taken away where there is no text."""

    comment: str
    text: str = ""


def comments(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Comment below a post of the page, or below one that it writes now."""
    wanted = decode(body, Commented)
    text, words = wanted.text.strip()[:LONGEST], wanted.words.strip()[:LONGEST]
    if not text:
        raise web.HTTPBadRequest(text="There is nothing to send.")
    post, live = wanted.post, wanted.live
    if not post:
        if not words:
            raise web.HTTPBadRequest(text="Please write what the post says.")
        post = wall.publishes(facebook, words, live=live)
    elif post not in facebook.wall.posts:
        raise web.HTTPNotFound(text="There is no such post.")
    return phone.comments(facebook, person, text, post, live=live)


def changes_comment(facebook: Facebook, person: Person, body: bytes) -> phone.Did:
    """Change a comment of one's own, or take it away."""
    wanted = decode(body, Changed)
    comment = facebook.wall.comments.get(wanted.comment)
    if comment is None or comment.psid != person.psid:
        raise web.HTTPNotFound(text="That comment is not there any more.")
    if text := wanted.text.strip()[:LONGEST]:
        return "feed", wall.edits_comment(facebook, comment.id, text), "changes"
    return "feed", wall.removes_comment(facebook, comment.id), "changes"


ACTIONS: Mapping[str, Action] = {"comment": comments, "change-comment": changes_comment}
