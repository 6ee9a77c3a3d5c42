"""What shoppers would see, while the merchant types."""

import msgspec
from aiohttp import web

from handlers.console.base.visit import Visit, whole
from handlers.console.wording.blocks import blocks, settled
from handlers.console.wording.trying import Tried, try_canned, try_own
from replies.words import LANGUAGES
from repository.database.errors import NotFound


class Shown(msgspec.Struct, frozen=True):
    """The answer: the bubbles as HTML, and the facts about the words."""

    html: str
    count: int
    most: int
    line: int
    reason: str
    note: str
    said: str


async def preview(visit: Visit) -> web.Response:
    """The bubbles of what is typed now."""
    words = await visit.words()
    language = visit.form.get("language", "en")
    if language not in LANGUAGES:
        language = "en"
    typed = visit.field("words")
    if name := visit.form.get("block"):
        block = blocks().get(name)
        if block is None:
            raise NotFound(name)
        block = settled(block, shop_name=await visit.shop_name(), language=language)
        tried = try_own(block, language, typed, words, use=whole(visit.form.get("use", "")))
    else:
        tried = try_canned(typed, words, language)
    return visit.json(shown(visit, tried))


def shown(visit: Visit, tried: Tried) -> Shown:
    """What `editor.js` shows of words while they are typed.

    Args:
        visit: Of the preview.
        tried: The words as shoppers would see them.
    """
    html = visit.look.part("_bubbles.html", tried=tried)
    count = len(tried.messages)
    spoken = (
        tried.reason
        or f"Preview: {count} message{'s' if count != 1 else ''}, {tried.count} of {tried.most} characters."
    )
    return Shown(html, tried.count, tried.most, tried.line, tried.reason, tried.note, spoken)
