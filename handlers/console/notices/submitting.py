"""Utility templates on their way to Meta: submitted for each page, since Meta reviews them for each."""

from functools import partial

from aiohttp import web

from bot.messenger import utility
from bot.messenger.errors import GraphError
from bot.messenger.graph import Graph
from bot.messenger.utility import TemplateState
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.notices.drafting import PATH, Line, Standing, found, lines
from handlers.jobs.templates import follow
from replies.utility import draft, facts
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

    try:
        template, state = await _submit_first(visit, graph, newest)
    except NotFound:
        raise Declined("It is submitted already.", back) from None
    except GraphError as error:
        raise Declined(f"Meta did not take it: {error.args[0]}", back) from error
    line = await found(visit)
    problems = [problem for one in line.pages if (problem := await _submit_on(visit, template, one))]
    if state.stands == "rejected":  # the answer does not say why
        await follow(visit.shop.database, visit.ways, at_once=True)
    if problems:
        return visit.to(back, Notice(" ".join(problems), is_bad=True))
    return visit.to(back, Notice("Meta has it. It says here what becomes of it."))


async def submit_all(visit: Visit) -> web.Response:
    """Submit all that is ready, for every page: drafts, and our words where nobody wrote others."""
    graph = visit.ways.first
    if graph is None:
        raise Declined(NO_PAGE, PATH)
    count, problems = 0, list[str]()
    for line in await lines(visit):
        if line.newest is None and line.has_draft:
            await visit.write(partial(_write, visit, line))
    for line in await lines(visit):
        if line.newest is None or line.newest.status != "draft":
            continue
        try:
            await _submit_first(visit, graph, line.newest)
            count += 1
        except NotFound:
            continue
        except GraphError as error:
            problems.append(f"{line.about}: Meta did not take it: {error.args[0]}")
    for page in visit.shop.further_pages:
        more, wrong = await submit_for(visit, page.page_id)
        count, problems = count + more, problems + wrong
    if problems:
        return visit.to(PATH, Notice(" ".join(problems[:3]), is_bad=True))
    told = f"{count} are with Meta now. It says here what becomes of them."
    return visit.to(PATH, Notice(told if count else "Meta has all of them already."))


async def submit_for(visit: Visit, page_id: str) -> tuple[int, list[str]]:
    """Submit for a further page what Meta has seen of the first: how many went there, and what went wrong.

    Args:
        visit: Whose.
        page_id: As Facebook numbers it.
    """
    async with visit.shop.database.connection() as conn:
        known = {row.id: row for row in await templates.every(conn)}
    count, problems = 0, list[str]()
    for line in await lines(visit):
        for page in line.pages:
            if page.page_id == page_id and page.can_submit and known[page.template_id].status != "rejected":
                problem = await _submit_on(visit, known[page.template_id], page)
                problems, count = problems + [problem] * bool(problem), count + (not problem)
    return count, problems


async def submit_anew(visit: Visit) -> int:
    """Submit for another first page what Meta had seen of the one before; how many go there.

    What Meta said of them was said of the page before: until it speaks of this one, none is in use.

    Args:
        visit: Whose.
    """
    graph, count = visit.ways.first, 0
    if graph is None:
        return 0
    newest = [line.seen for line in await lines(visit) if line.seen is not None]
    await visit.write(templates.begin_anew)
    for template in newest:
        try:
            there = [one for one in await utility.look_up(graph, template.name) if one.language == template.language]
            state = there[0] if there else await _submitted(graph, template)
        except GraphError as error:
            async with visit.shop.database.connection() as conn:
                await templates.not_taken(conn, template_id=template.id, reason=str(error.args[0]))
            continue
        await visit.write(partial(_note, template, state))
        count += 1
    return count


async def _write(visit: Visit, line: Line, conn: Connection) -> int:
    words = draft(line.notice, line.language)
    return await templates.write(conn, notice=line.notice, language=line.language, words=words, by=visit.by)


async def _submit_first(visit: Visit, graph: Graph, newest: Template) -> tuple[Template, TemplateState]:
    """Submit a draft for the first page.

    Raises:
        NotFound: It is none any more.
        GraphError: Meta did not take it, which is noted.
    """

    async def work(conn: Connection) -> Template:
        return await templates.submitting(conn, template_id=newest.id, by=visit.by)

    template = await visit.write(work)
    try:
        state = await _submitted(graph, template)
    except GraphError as error:
        async with visit.shop.database.connection() as conn:
            await templates.not_taken(conn, template_id=template.id, reason=str(error.args[0]))
        raise
    await visit.write(partial(_note, template, state))
    return template, state


async def _note(template: Template, state: TemplateState, conn: Connection) -> None:
    await templates.reviewed(conn, template_id=template.id, status=state.stands, meta_id=state.id, reason=state.reason)


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
