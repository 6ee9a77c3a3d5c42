"""Utility templates: written with a preview, submitted to Meta, and followed."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.messenger import utility
from bot.messenger.errors import GraphError
from bot.messenger.messages import Text
from handlers.console.base.forms import Field, Form
from handlers.console.base.nouns.preview import Tried, as_sent, bubbles
from handlers.console.base.visit import Declined, Notice, Visit, whole
from handlers.jobs.templates import follow
from replies.notices import NOTICES
from replies.utility import draft, facts, has_drafts
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.notices import templates
from repository.notices.templates import Template

PATH = "/notices/templates"
_NO_PAGE = "Connect your Facebook page first: Meta reviews templates for a page."


class WordsForm(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a template."""

    words: Annotated[
        str,
        Field(
            label="The template says",
            needed="Please write what it says.",
            rows=6,
            help="Say how the order stands, and nothing that advertises: Meta refuses it.",
        ),
    ]


FORM = Form(WordsForm)


class Line(msgspec.Struct, frozen=True):
    """A kind of notice in a language, as the list shows it.

    Attributes:
        notice: Its name.
        about: When it is said.
        language: "en" or "fil".
        newest: Its newest template; None where there is none yet.
        in_use: Whether Meta has approved one, the newest or one before it.
        has_draft: Whether we have words to begin with.
    """

    notice: str
    about: str
    language: str
    newest: Template | None
    in_use: bool
    has_draft: bool


async def show_all(visit: Visit) -> web.Response:
    """Every kind of notice in every language, and how its template stands."""
    async with visit.shop.database.connection() as conn:
        rows = await templates.every(conn)
    lines = [_line(notice, language, rows) for notice in _notices() for language in LANGUAGES]
    return await visit.page("message_templates.html", lines=lines, is_connected=visit.ways.first is not None)


async def show(visit: Visit) -> web.Response:
    """One template: its words, and how it stands."""
    notice, language, newest = await _found(visit)
    return await _page(visit, notice, language, newest, words=newest.words if newest else draft(notice, language))


async def save(visit: Visit) -> web.Response:
    """Keep the words as a draft."""
    notice, language, newest = await _found(visit)
    typed, _ = FORM.read(visit)
    wrong = utility.problem(typed.words, _names(notice))
    if wrong:
        return await _page(visit, notice, language, newest, words=typed.words, wrong=wrong, status=422)
    if newest is None or newest.words != typed.words:

        async def work(conn: Connection) -> int:
            return await templates.write(conn, notice=notice, language=language, words=typed.words, by=visit.by)

        await visit.write(work)
    return visit.to(f"{PATH}/{notice}/{language}", Notice("Saved. Submit it, and Meta looks at it."))


async def submit(visit: Visit) -> web.Response:
    """Submit the draft to Meta."""
    notice, language, newest = await _found(visit)
    back, graph = f"{PATH}/{notice}/{language}", visit.ways.first
    if graph is None:
        raise Declined(_NO_PAGE, back)
    if newest is None:
        raise Declined("Save its words first.", back)

    async def work(conn: Connection) -> Template:
        return await templates.submitting(conn, template_id=newest.id, by=visit.by)

    try:
        template = await visit.write(work)
    except NotFound:
        raise Declined("It is submitted already.", back) from None
    examples = {fact.name: fact.example for fact in facts(notice)}
    try:
        state = await utility.submit(
            graph, name=template.name, language=language, words=template.words, examples=examples
        )
    except GraphError as error:
        async with visit.shop.database.connection() as conn:
            await templates.not_taken(conn, template_id=template.id, reason=str(error.args[0]))
        raise Declined(f"Meta did not take it: {error.args[0]}", back) from error

    async def note(conn: Connection) -> None:
        await templates.reviewed(
            conn, template_id=template.id, status=state.stands, meta_id=state.id, reason=state.reason
        )

    await visit.write(note)
    if state.stands == "rejected":  # the answer does not say why
        await follow(visit.shop.database, graph, at_once=True)
    return visit.to(back, Notice("Meta has it. It says here what becomes of it."))


async def discard(visit: Visit) -> web.Response:
    """Throw the draft away."""

    async def work(conn: Connection) -> None:
        await templates.discard(conn, template_id=whole(visit.form.get("template", "")), by=visit.by)

    await visit.write(work)
    return visit.to(PATH, Notice("The draft is gone."))


async def check(visit: Visit) -> web.Response:
    """Ask Meta now how all templates stand."""
    answered = await follow(visit.shop.database, visit.ways.first, at_once=True)
    return visit.to(PATH, Notice("That is what Meta says now." if answered else "Meta does not answer.", not answered))


async def preview(visit: Visit) -> web.Response:
    """The bubble of what is typed now, with believable facts."""
    return bubbles(visit, _tried(visit.request.match_info["name"], visit.field("words")))


def _tried(notice: str, words: str) -> Tried:
    wrong = utility.problem(words, _names(notice)) if words else ""
    shown = utility.filled(words, {fact.name: fact.example for fact in facts(notice)})
    messages = as_sent([Text(shown)]) if shown else ()
    return Tried(messages=messages, count=len(words), most=utility.WORDS_MOST, line=1 if wrong else 0, reason=wrong)


async def _found(visit: Visit) -> tuple[str, str, Template | None]:
    notice, language = visit.request.match_info["name"], visit.request.match_info["language"]
    if notice not in NOTICES or language not in LANGUAGES:
        raise NotFound(notice)
    async with visit.shop.database.connection() as conn:
        rows = await templates.every(conn)
    return notice, language, _line(notice, language, rows).newest


async def _page(
    visit: Visit,
    notice: str,
    language: str,
    newest: Template | None,
    *,
    words: str,
    wrong: str = "",
    status: int = 200,
) -> web.Response:
    filled = FORM.of(WordsForm(words=words))
    return await visit.page(
        "message_template.html",
        status=status,
        form=filled.refused(words=wrong) if wrong else filled,
        tried=_tried(notice, words),
        facts=facts(notice),
        notice=notice,
        about=NOTICES[notice].about,
        language=language,
        newest=newest,
        can_submit=newest is not None and newest.status == "draft",
        is_connected=visit.ways.first is not None,
    )


def _notices() -> tuple[str, ...]:
    """Every notice, those that we have words for first."""
    return tuple(dict.fromkeys((*has_drafts(), *NOTICES)))


def _names(notice: str) -> tuple[str, ...]:
    return tuple(fact.name for fact in facts(notice))


def _line(notice: str, language: str, rows: list[Template]) -> Line:
    mine = [row for row in rows if (row.notice, row.language) == (notice, language)]
    return Line(
        notice=notice,
        about=NOTICES[notice].about,
        language=language,
        newest=mine[0] if mine else None,
        in_use=any(row.status == "approved" for row in mine),
        has_draft=bool(draft(notice, language)),
    )
