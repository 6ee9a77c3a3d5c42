"""One group of questions: who asked it in which words, and what would answer it."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from aiohttp import web

from bot.language.phrases.literal import RULES
from bot.language.phrases.suggested import suggested
from bot.language.phrases.taught import Taught
from bot.language.phrases.writing import hours, in_lines, phrase_problem, phrases_problem
from bot.language.texts import is_filipino
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.unanswered.listing import HOME
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.unanswered import groups, replies, settling
from repository.unanswered.groups import Group, Question
from repository.unanswered.replies import NEW, Would
from repository.wording import canned_edits
from repository.wording.canned_rows import CannedBody

_PHRASES = "One a line, as shoppers write them. Leave out names, numbers and addresses."
_SHOWN = 100  # questions


class AddForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed to add a question to a reply."""

    reply: Annotated[int, Field(label="Reply")]
    phrases: Annotated[str, Field(label="It also answers to", help=_PHRASES, rows=4)]


_FORM = Form(AddForm)


class Told(msgspec.Struct, frozen=True):
    """What a reply would answer, for a script.

    Attributes:
        words: In a sentence.
        left: Some questions that it would not answer.
        is_wrong: Whether it could not be tried.
    """

    words: str
    left: tuple[str, ...]
    is_wrong: bool = False


async def show(visit: Visit) -> web.Response:
    """The page of a group, with the reply that it is most like and phrases to begin with."""
    async with visit.shop.database.connection() as conn:
        group, asked = await _opened(conn, visit)
        likely = await replies.likeliest(conn, questions=asked)
    return await _page(visit, group, asked, reply_id=likely, phrases="\n".join(suggested([one.text for one in asked])))


async def try_it(visit: Visit) -> web.Response:
    """The same page, with what was typed and what that would answer."""
    async with visit.shop.database.connection() as conn:
        group, asked = await _opened(conn, visit)
    return await _page(visit, group, asked, reply_id=_reply(visit), phrases=visit.field("phrases"))


async def would(visit: Visit) -> web.Response:
    """What a reply would answer as its form stands: one that is there with more phrases, or one that is to be made."""
    async with visit.shop.database.connection() as conn:
        _, asked = await _opened(conn, visit)
        try:
            body = await _wanted(conn, visit)
        except NotFound:
            return visit.json(Told("", ()))
        if problem := _problem(body):
            return visit.json(Told(problem, (), is_wrong=True))
        tried = await replies.would_answer(conn, reply=_taught(_reply(visit), body), questions=asked)
    return visit.json(Told(in_words(tried, body.keyword), tried.left))


async def add(visit: Visit) -> web.Response:
    """Let a reply answer the group from now on."""
    reply_id, phrases = _reply(visit), visit.field("phrases")
    async with visit.shop.database.connection() as conn:
        group, asked = await _opened(conn, visit)
        wrong: dict[str, str] = {}
        try:
            body = await _wanted(conn, visit)
            if problem := _problem(body):
                wrong["phrases"] = problem
            elif not in_lines(phrases):
                wrong["phrases"] = "Please write at least one phrase."
        except NotFound:
            wrong["reply"] = "Please choose a reply." if not reply_id else "That reply is gone. Please choose another."
    if wrong:
        return await _page(visit, group, asked, reply_id=reply_id, phrases=phrases, wrong=wrong)

    async def work(conn: Connection) -> tuple[settling.Added, Would]:
        await groups.group(conn, group_id=group.id, lock=True)
        added = await settling.add_phrases(conn, reply_id=reply_id, phrases=phrases, by=visit.by)
        tried = await replies.would_answer(conn, reply=_taught(reply_id, body), questions=asked)
        await settling.answer(
            conn, group_id=group.id, reply_id=reply_id, caught=tried.caught, looked_at=tried.looked_at, by=visit.by
        )
        return added, tried

    added, tried = await visit.write(work)
    said = f"Saved. “{added.keyword}” now answers {tried.caught} of {tried.looked_at}: the next shopper hears it."
    fields = (("reply", str(reply_id)), ("phrases", "\n".join(added.phrases)))
    return visit.to(HOME, Notice(said, undo=f"{HOME}/{group.id}/undo", fields=fields))


async def undo(visit: Visit) -> web.Response:
    """Take phrases away from a reply again, and let the group wait."""
    group_id, phrases = _id(visit), visit.field("phrases")

    async def work(conn: Connection) -> str:
        await groups.group(conn, group_id=group_id, lock=True)
        keyword = await settling.take_phrases(conn, reply_id=_reply(visit), phrases=phrases, by=visit.by)
        await settling.settle(conn, group_ids=[group_id], status="waiting", by=visit.by)
        return keyword

    try:
        keyword = await visit.write(work)
    except NotFound:
        return visit.to(HOME, Notice("That reply is gone.", is_bad=True))
    return visit.to(f"{HOME}/{group_id}", Notice(f"“{keyword}” answers this no more, and the question waits again."))


async def make(visit: Visit) -> web.Response:
    """On to a new reply, its phrases filled in."""
    async with visit.shop.database.connection() as conn:
        group, asked = await _opened(conn, visit)
    first, *others = suggested([one.text for one in asked]) or ("",)
    filipino = sum(one.language == "fil" or is_filipino(one.text) for one in asked)
    filled = {
        "keyword": first,
        "phrases": "\n".join(others),
        "language": "fil" if 2 * filipino > len(asked) else "en",
        "question": str(group.id),
    }
    return visit.to(f"/replies/new?{urlencode(filled)}")


def in_words(tried: Would, keyword: str) -> str:
    """What a reply would answer, in a sentence.

    Args:
        tried: What came of trying it.
        keyword: What it answers to first.
    """
    return f"“{keyword}” would now answer {tried.caught:,} of {tried.looked_at:,}."


async def _opened(conn: Connection, visit: Visit) -> tuple[Group, list[Question]]:
    group = await groups.group(conn, group_id=_id(visit))
    return group, await groups.questions(conn, group_id=group.id)


async def _page(
    visit: Visit,
    group: Group,
    asked: Sequence[Question],
    *,
    reply_id: int,
    phrases: str,
    wrong: dict[str, str] | None = None,
) -> web.Response:
    tried, keyword = None, ""
    async with visit.shop.database.connection() as conn:
        offered = await replies.offered(conn)
        if reply_id and not wrong:
            body = settling.with_phrases((await canned_edits.opened(conn, reply_id=reply_id)).body, phrases)
            keyword = body.keyword
            if not _problem(body):
                tried = await replies.would_answer(conn, reply=_taught(reply_id, body), questions=asked)
    worded = groups.worded(asked)
    return await visit.page(
        "questions.html",
        status=422 if wrong else 200,
        group=group,
        title=worded[0].text if worded else "No words are left",
        asked=asked[:_SHOWN],
        wordings=Counter(one.text for one in asked),
        offered=offered,
        chosen=reply_id,
        form=_filled(reply_id, phrases, wrong or {}),
        told=in_words(tried, keyword) if tried else "",
        left=tried.left if tried else (),
    )


def _filled(reply_id: int, phrases: str, wrong: dict[str, str]) -> Filled:
    return _FORM.of(AddForm(reply=reply_id, phrases=phrases)).refused(**wrong)


async def _wanted(conn: Connection, visit: Visit) -> CannedBody:
    """The reply that a form is about, as it would be.

    Raises:
        NotFound: There is none.
    """
    reply_id, phrases = _reply(visit), visit.field("phrases")
    if reply_id:
        return settling.with_phrases((await canned_edits.opened(conn, reply_id=reply_id)).body, phrases)
    keyword = " ".join(visit.field("keyword").split())
    if not keyword:
        raise NotFound("reply")
    rule = visit.form.get("match_rule", "")
    return CannedBody(
        keyword=keyword,
        phrases=phrases,
        language="fil" if visit.form.get("language") == "fil" else "en",
        match_rule=rule if rule in RULES else "word",
        response="",
        priority=min(1000, whole(visit.form.get("priority", ""))),
        hours=visit.field("hours"),
    )


def _problem(body: CannedBody) -> str:
    return phrase_problem(body.keyword) or phrases_problem(body.phrases, keyword=body.keyword)


def _taught(reply_id: int, body: CannedBody) -> Taught:
    opens, closes = hours(body.hours) or (None, None)
    return Taught(
        id=reply_id or NEW,
        phrases=(body.keyword, *in_lines(body.phrases)),
        language=body.language,
        rule=body.match_rule,
        priority=body.priority,
        opens=opens,
        closes=closes,
    )


def _reply(visit: Visit) -> int:
    return min(whole(visit.form.get("reply", "")), 2**31 - 1)


def _id(visit: Visit) -> int:
    return visit.number("id")
