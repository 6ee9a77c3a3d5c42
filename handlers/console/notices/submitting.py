"""Utility templates on their way to Meta: submitted for each page, since Meta reviews them for each."""

from aiohttp import web

from bot.messenger import utility
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from bot.messenger.utility import TemplateState
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.notices.drafting import PATH, Line, Standing, found
from handlers.jobs.templates import follow
from replies.utility import facts
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.notices import page_templates, templates
from repository.notices.templates import Template

NO_PAGE = "Connect your Facebook page first: Meta reviews templates for a page."


async def submit(visit: Visit) -> web.Response:
    """Submit the draft to Meta for every page, or what Meta has seen for a page that was connected since."""
    line = await found(visit)
    notice, language, newest = line.notice, line.language, line.newest
    back, graph = f"{PATH}/{notice}/{language}", visit.ways.first
    if asked := visit.form.get("page", ""):
        return await _submit_further(visit, line, back, asked)
    if graph is None:
        raise Declined(NO_PAGE, back)
    if newest is None:
        raise Declined("Save its words first.", back)

    async def work(conn: Connection) -> Template:
        return await templates.submitting(conn, template_id=newest.id, by=visit.by)

    try:
        template = await visit.write(work)
    except NotFound:
        raise Declined("It is submitted already.", back) from None
    try:
        state = await _submitted(graph, template)
    except GraphError as error:
        async with visit.shop.database.connection() as conn:
            await templates.not_taken(conn, template_id=template.id, reason=str(error.args[0]))
        raise Declined(f"Meta did not take it: {error.args[0]}", back) from error

    async def note(conn: Connection) -> None:
        await templates.reviewed(
            conn, template_id=template.id, status=state.stands, meta_id=state.id, reason=state.reason
        )

    await visit.write(note)
    line = await found(visit)
    problems = [problem for one in line.pages if (problem := await _submit_on(visit, template, one))]
    if state.stands == "rejected":  # the answer does not say why
        await follow(visit.shop.database, visit.ways, at_once=True)
    if problems:
        return visit.to(back, Notice(" ".join(problems), is_bad=True))
    return visit.to(back, Notice("Meta has it. It says here what becomes of it."))


async def _submit_further(visit: Visit, line: Line, back: str, page_id: str) -> web.Response:
    """Submit what Meta has seen of the first page for one that was connected since."""
    page = next((one for one in line.pages if one.page_id == page_id), None)
    async with visit.shop.database.connection() as conn:
        template = next((row for row in await templates.every(conn) if page and row.id == page.template_id), None)
    if page is None or template is None:
        raise Declined("The shop does not answer on that page, or there is nothing to submit.", back)
    if problem := await _submit_on(visit, template, page):
        raise Declined(problem, back)
    await follow(visit.shop.database, visit.ways, at_once=True)
    return visit.to(back, Notice(f"Meta has it for {page.name}. It says here what becomes of it."))


async def _submit_on(visit: Visit, template: Template, page: Standing) -> str:
    """Submit a template for a further page; why that went wrong, empty where it did not."""
    graph = visit.ways.further.get(page.page_id)
    if graph is None:
        return f"{page.name}: its token cannot be used. Look under Facebook page."

    async def work(conn: Connection) -> None:
        await page_templates.submitting(conn, template_id=template.id, page_id=page.page_id, by=visit.by)

    try:
        await visit.write(work)
        state = await _submitted(graph, template)
    except NotFound:
        return ""
    except GraphError as error:
        reason = str(error.args[0])
        async with visit.shop.database.connection() as conn:
            await page_templates.not_taken(conn, template_id=template.id, page_id=page.page_id, reason=reason)
        return f"{page.name}: Meta did not take it: {reason}"

    async def note(conn: Connection) -> None:
        await page_templates.reviewed(
            conn,
            template_id=template.id,
            page_id=page.page_id,
            status=state.stands,
            meta_id=state.id,
            reason=state.reason,
        )

    await visit.write(note)
    return ""


async def _submitted(graph: Graph, template: Template) -> TemplateState:
    examples = {fact.name: fact.example for fact in facts(template.notice)}
    return await utility.submit(
        graph, name=template.name, language=template.language, words=template.words, examples=examples
    )
