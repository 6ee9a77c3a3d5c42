"""Utility templates: written with a preview, submitted to Meta, and followed."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.messenger import utility
from bot.messenger.messages import Text
from handlers.console.base.forms import Field, Form
from handlers.console.base.nouns.preview import Tried, as_sent, bubbles
from handlers.console.base.visit import Notice, Visit, whole
from handlers.jobs.templates import follow
from replies.notices import NOTICES
from replies.utility import draft, facts, has_drafts
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.notices import page_templates, templates
from repository.notices.page_templates import OnPage
from repository.notices.templates import Template

PATH = "/notices/templates"


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
        seen: The newest that Meta has seen; None where it has seen none.
        pages: How the newest that Meta has seen stands on the pages besides the first.
    """

    notice: str
    about: str
    language: str
    newest: Template | None
    in_use: bool
    has_draft: bool
    seen: Template | None = None
    pages: tuple["Standing", ...] = ()

    @property
    def can_submit(self) -> bool:
        """Whether there is something that Meta has not seen yet, of some page."""
        is_ready = self.has_draft if self.newest is None else self.newest.status == "draft"
        is_good = self.seen is not None and self.seen.status != "rejected"
        return is_ready or (is_good and any(page.can_submit for page in self.pages))


class Standing(msgspec.Struct, frozen=True):
    """How the newest template that Meta has seen stands on a further page.

    Attributes:
        page_id: As Facebook numbers it.
        name: What Facebook calls it.
        template_id: Which template.
        status: As `OnPage` has it; "none" where it was never submitted there.
        reason: Why Meta refused or paused it, or did not take it.
    """

    page_id: str
    name: str
    template_id: int
    status: str
    reason: str

    @property
    def can_submit(self) -> bool:
        """Whether it may be submitted for this page."""
        return self.status in ("none", "draft")


async def show_all(visit: Visit) -> web.Response:
    """Every kind of notice in every language, and how its template stands."""
    every = await lines(visit)
    return await visit.page(
        "message_templates.html",
        lines=every,
        is_connected=visit.ways.first is not None,
        can_submit=any(line.can_submit for line in every),
    )


async def lines(visit: Visit) -> list[Line]:
    """Every kind of notice in every language that the shop speaks.

    Args:
        visit: Whose.
    """
    rows, on_pages = await _every(visit)
    return [_line(visit, notice, language, rows, on_pages) for notice in _notices() for language in LANGUAGES]


async def show(visit: Visit) -> web.Response:
    """One template: its words, and how it stands."""
    line = await found(visit)
    return await _page(visit, line, words=line.newest.words if line.newest else draft(line.notice, line.language))


async def save(visit: Visit) -> web.Response:
    """Keep the words as a draft."""
    line = await found(visit)
    notice, language, newest = line.notice, line.language, line.newest
    typed, _ = FORM.read(visit)
    wrong = utility.problem(typed.words, _names(notice))
    if wrong:
        return await _page(visit, line, words=typed.words, wrong=wrong, status=422)
    if newest is None or newest.words != typed.words:

        async def work(conn: Connection) -> int:
            return await templates.write(conn, notice=notice, language=language, words=typed.words, by=visit.by)

        await visit.write(work)
    return visit.to(f"{PATH}/{notice}/{language}", Notice("Saved. Submit it, and Meta looks at it."))


async def discard(visit: Visit) -> web.Response:
    """Throw the draft away."""

    async def work(conn: Connection) -> None:
        await templates.discard(conn, template_id=whole(visit.form.get("template", "")), by=visit.by)

    await visit.write(work)
    return visit.to(PATH, Notice("The draft is gone."))


async def check(visit: Visit) -> web.Response:
    """Ask Meta now how all templates stand."""
    answered = await follow(visit.shop.database, visit.ways, at_once=True)
    return visit.to(PATH, Notice("That is what Meta says now." if answered else "Meta does not answer.", not answered))


async def preview(visit: Visit) -> web.Response:
    """The bubble of what is typed now, with believable facts."""
    return bubbles(visit, _tried(visit.request.match_info["name"], visit.field("words")))


def _tried(notice: str, words: str) -> Tried:
    wrong = utility.problem(words, _names(notice)) if words else ""
    shown = utility.filled(words, {fact.name: fact.example for fact in facts(notice)})
    messages = as_sent([Text(shown)]) if shown else ()
    return Tried(messages=messages, count=len(words), most=utility.WORDS_MOST, line=1 if wrong else 0, reason=wrong)


async def _every(visit: Visit) -> tuple[list[Template], list[OnPage]]:
    async with visit.shop.database.connection() as conn:
        return await templates.every(conn), await page_templates.every(conn)


async def found(visit: Visit) -> Line:
    """The template that the address names.

    Raises:
        NotFound: There is no such notice or language.
    """
    notice, language = visit.request.match_info["name"], visit.request.match_info["language"]
    if notice not in NOTICES or language not in LANGUAGES:
        raise NotFound(notice)
    return _line(visit, notice, language, *await _every(visit))


async def _page(visit: Visit, line: Line, *, words: str, wrong: str = "", status: int = 200) -> web.Response:
    notice, newest = line.notice, line.newest
    filled = FORM.of(WordsForm(words=words))
    return await visit.page(
        "message_template.html",
        status=status,
        form=filled.refused(words=wrong) if wrong else filled,
        tried=_tried(notice, words),
        facts=facts(notice),
        notice=notice,
        about=NOTICES[notice].about,
        language=line.language,
        newest=newest,
        pages=line.pages,
        can_submit=newest is not None and newest.status == "draft",
        is_connected=visit.ways.first is not None,
    )


def _notices() -> tuple[str, ...]:
    """Every notice, those that we have words for first."""
    return tuple(dict.fromkeys((*has_drafts(), *NOTICES)))


def _names(notice: str) -> tuple[str, ...]:
    return tuple(fact.name for fact in facts(notice))


def _line(visit: Visit, notice: str, language: str, rows: list[Template], on_pages: list[OnPage]) -> Line:
    mine = [row for row in rows if (row.notice, row.language) == (notice, language)]
    seen = next((row for row in mine if row.status != "draft"), None)
    return Line(
        notice=notice,
        about=NOTICES[notice].about,
        language=language,
        newest=mine[0] if mine else None,
        in_use=any(row.status == "approved" for row in mine),
        has_draft=bool(draft(notice, language)),
        seen=seen,
        pages=_standing(visit, seen, on_pages) if seen else (),
    )


def _standing(visit: Visit, seen: Template, on_pages: list[OnPage]) -> tuple[Standing, ...]:
    """How a template stands on each further page."""
    known = {one.page_id: one for one in on_pages if one.template_id == seen.id}
    return tuple(
        Standing(
            page_id=page.page_id,
            name=page.name,
            template_id=seen.id,
            status=known[page.page_id].status if page.page_id in known else "none",
            reason=known[page.page_id].reason if page.page_id in known else "",
        )
        for page in visit.shop.further_pages
        if visit.shop.further_of(page.page_id)
    )
