"""Try it: which reply a text is for, how surely, and what the shop would answer; and where replies conflict."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from aiohttp import web

from bot.language.phrases import conflicts as phrase_conflicts
from bot.language.phrases.matcher import CLEARLY, ENOUGH, Matcher, Weighed
from bot.language.phrases.sentences import Alike
from bot.language.phrases.taught import Taught
from dialogs.reading.context import NOWHERE
from handlers.console.base.pages import Page
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.wording import looked
from handlers.turns.conflicting import REPLIES
from handlers.turns.explaining import SAYS_IT, explain_with_shop
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.wording import canned, conflicts
from repository.wording.phrases import matcher_in_force

_TEXT_MOST = 500
_SHOWN = 6  # replies that a text is like
_SAMPLES = 5
_CONFLICTS_MOST = 100  # of a kind that the page shows
_WHY = {
    "same": "it is one of its phrases",
    "stands": "its phrase stands in it",
    "like": "it is much like its phrases",
    "means": "it means what a phrase of it means",
}


class Shown(msgspec.Struct, frozen=True):
    """A reply that a text is like, as a page shows it."""

    reply: Taught
    score: float
    behind: float
    words: float
    alike: Alike | None


async def try_it(visit: Visit) -> web.Response:
    """Which reply a text is for, and what else was weighed."""
    text = " ".join(visit.request.query.get("text", "").split())[:_TEXT_MOST]
    language = "fil" if visit.request.query.get("language") == "fil" else "en"
    facts: dict[str, Any] = {}
    async with visit.shop.database.connection() as conn:
        recent = list(dict.fromkeys(await conflicts.recent_texts(conn)))[:8]
        if text:
            rules = await visit.rules(conn)
            likely = (await canned.weighed(conn, text=text, language=language))[:_SHOWN]
            facts = _weighed(await matcher_in_force(conn), likely, text, language, canned.minute_of(conn))
    if text:
        told = await explain_with_shop(visit.shop.database, rules, text, NOWHERE, language=language)
        facts |= {
            "told": told.decision,
            "is_reply": told.decision.row in (REPLIES, SAYS_IT),
            "meanings": told.candidates,
        }
    return await visit.page(
        "try.html", text=text, language=language, recent=recent, enough=ENOUGH, clearly=CLEARLY, **facts
    )


def _weighed(matcher: Matcher, likely: Sequence[Weighed], text: str, language: str, minute: int) -> dict[str, Any]:
    match = matcher.best(text, language=language, minute=minute)
    match = match or matcher.closest(text, language=language, minute=minute)
    shown = [Shown(one.reply, one.score, likely[0].score - one.score, one.words, one.alike) for one in likely]
    said = likely[0] if likely and likely[0].says_it and not match else None
    return {"match": match, "why": _WHY[match.how] if match else "", "weighed": shown, "said": said}


async def show_conflicts(visit: Visit) -> web.Response:
    """Where replies stand in each other's way, or in that of the bot's own words, with the one thing to do."""
    async with visit.shop.database.connection() as conn:
        matcher, minute = await matcher_in_force(conn), canned.minute_of(conn)
        texts, alike = await conflicts.recent_texts(conn), await conflicts.same_responses(conn)
        found = await looked.found(conn, matcher, texts, minute=minute)
    return await visit.page(
        "conflicts.html",
        found=found,
        alike=alike,
        replies=len(matcher.taught),
        samples=_SAMPLES,
        most=_CONFLICTS_MOST,
    )


async def merge(visit: Visit) -> web.Response:
    """Make one reply of several that say the same."""
    picked = visit.form.get("ids", "").split(",")
    ids = {int(one) for one in picked if one.isascii() and one.isdigit() and len(one) < 11}
    if len(ids) < 2:
        raise Declined("There is nothing to merge.", "/replies/conflicts")
    try:
        kept = await visit.write(lambda conn: conflicts.merge(conn, ids=sorted(ids), by=visit.by))
    except (NotFound, Stale, ValueError):
        raise Declined("These have changed meanwhile. Please look again.", "/replies/conflicts") from None
    return visit.to(f"/replies/canned/{kept}", Notice("Merged. It has the phrases of all of them now."))


async def caught(conn: Connection, reply_id: int) -> Mapping[str, object]:
    """How many of the last messages a reply would have answered, with some of them, and what says the same.

    Args:
        conn: An open connection.
        reply_id: `chatbot_replies.id`.
    """
    matcher, minute = await matcher_in_force(conn), canned.minute_of(conn)
    texts = await conflicts.recent_texts(conn)
    found = await asyncio.to_thread(phrase_conflicts.caught, matcher, reply_id, texts, minute=minute)
    alike = next((one for one in await conflicts.same_responses(conn) if reply_id in one.ids), None)
    samples = list(dict.fromkeys(found))[:_SAMPLES]
    return {"caught": len(found), "of": len(texts), "samples": samples, "alike": alike}


PAGES = (
    Page("GET", "/replies/try", try_it, "replies.view"),
    Page("GET", "/replies/conflicts", show_conflicts, "replies.view"),
    Page("POST", "/replies/merge", merge, "replies.delete"),
)
