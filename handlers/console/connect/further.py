"""More pages of the same shop: each added by its token, subscribed, greeted in its own words, looked at every hour."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec.structs import replace

from bot.base.settings import Settings
from bot.messenger.answers import Page as FacebookPage
from bot.messenger.limits import GREETING
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.nouns.restoring import restoring
from handlers.console.base.pages import Page
from handlers.console.base.visit import RECONNECT, Declined, Notice, Visit
from handlers.console.connect import asking, tokens
from handlers.console.connect.asking import Refused
from handlers.console.connect.saving import keep, person_token, save
from handlers.console.notices.submitting import submit_for
from handlers.console.settings.rows import RowEditor
from handlers.doctor.watching import FIELDS_STEP, STEP, step_of
from replies.profile import FIRST_NAME, Greeting, greeting
from replies.words import Speaker
from repository.database.connection import Connection
from repository.settings import steps
from repository.settings.pages import PAGES, PageBody
from repository.settings.row import OpenedRow
from repository.settings.secrets import Sealer
from repository.settings.steps import Outcome
from repository.staff.by import By

HOME = "/connect/pages"
_PROFILE = "profile"
_TEMPLATES = "templates"
_STEPS = (
    (STEP, "Token"),
    (FIELDS_STEP, "Tells this shop"),
    (_PROFILE, "Greeting and menu"),
    (_TEMPLATES, "Templates of notices"),
)
_HELP = "Empty for the shop’s greeting. {name} becomes the shopper’s first name, {shop} the name of your shop."
_OFF = "What is written to a page that is off is kept and not answered."


def too_long(text: str) -> str:
    """Why a greeting cannot be one, as a sentence; empty where it can.

    Args:
        text: As it was typed.
    """
    if len(text.replace("{name}", FIRST_NAME)) > GREETING:
        return f"Messenger shows {GREETING} characters; {{name}} counts as {len(FIRST_NAME)}."
    return ""


class PageForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a further page."""

    greeting: Annotated[str, Field(label="Greeting there", help=_HELP, most=GREETING, rows=3, check=too_long)]
    greeting_fil: Annotated[str, Field(label="Greeting in Filipino", help=_HELP, most=GREETING, rows=3, check=too_long)]
    is_active: Annotated[bool, Field(label="The shop answers there", help=_OFF, in_history="State")]


class PageEditor(RowEditor[PageBody]):
    """The pages of a further page."""

    saved = "Saved. Push the greeting to Facebook to show it."

    def blank(self, _: Visit) -> PageBody:
        return PageBody(page_id="", name="", access_token="")

    def title(self, body: PageBody) -> str:
        return body.name

    async def write(
        self, conn: Connection, subject_id: int, body: PageBody, *, version: int, by: By, action: str
    ) -> bool:
        """See `Editor`: which page it is, and its token, stay as they are, also where an earlier save comes back."""
        there = (await self.rows.opened(conn, subject_id)).body
        kept = replace(there, greeting=body.greeting, greeting_fil=body.greeting_fil, is_active=body.is_active)
        return await super().write(conn, subject_id, kept, version=version, by=by, action=action)

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        one = await self.rows.opened(conn, visit.number("id"))
        return {"lights": await _lights(conn, one.body.page_id)}

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What people read who have not written yet."""
        async with visit.shop.database.connection() as conn:
            rules = await visit.rules(conn)
        words = await visit.words()
        own = Greeting(filled.fields["greeting"].text, filled.fields["greeting_fil"].text)
        said = [greeting(Speaker(words, language), rules, language, own) for language in rules.languages]
        return Tried(messages=(), sentences=tuple(Sentence(one.replace(FIRST_NAME, "Ana")) for one in said))


EDITOR = PageEditor(
    PAGES,
    Form(PageForm),
    template="connect_page.html",
    home=HOME,
    called="page",
    edits="connect",
    views="connect",
    deletes="connect",
)


async def _lights(conn: Connection, page_id: str) -> list[tuple[str, str, steps.Kept | None]]:
    """Each step of a page, by its name and in words, and how it ended."""
    kept = await steps.kept(conn)
    return [(name, called, kept.get(step_of(name, page_id))) for name, called in _STEPS]


async def show(visit: Visit) -> web.Response:
    """The pages, each with how it stands, and the way to add another."""
    async with visit.shop.database.connection() as conn:
        listed = [(one, await _lights(conn, one.body.page_id)) for one in await PAGES.listed(conn)]
    return await visit.page("connect_pages.html", listed=listed, choices=await _choices(visit))


async def _choices(visit: Visit) -> tuple[FacebookPage, ...]:
    """The pages that can be added; none while nobody is choosing."""
    token = await person_token(visit)
    if not token:
        return ()
    try:
        found = await tokens.pages(visit.shop.settings, token)
    except Refused:
        return ()
    async with visit.shop.database.connection() as conn:
        there = {visit.shop.settings.page_id, *(one.body.page_id for one in await PAGES.listed(conn))}
    return tuple(one for one in found if one.id not in there)


async def token(visit: Visit) -> web.Response:
    """Add the page whose token was pasted; with a person's token the page is chosen first, where there are several."""
    settings, pasted = visit.shop.settings, visit.field("token")
    if not pasted:
        raise Declined("Paste the token that the app’s dashboard made.", HOME)

    async def work() -> web.Response:
        state = await tokens.kind_of(settings, pasted)
        if state.type == "PAGE":
            return await _add(visit, pasted)
        held = await tokens.long_lived(settings, pasted) if state.type == "USER" else pasted
        await save(visit, {"person_token": held})
        choices = await _choices(visit)
        if len(choices) == 1:
            return await _add(visit, choices[0].access_token)
        if not choices:
            raise Declined("Every page that this token may act for is connected already.", HOME)
        return visit.to(HOME, Notice(f"It may act for {len(choices)} more pages. Choose one."))

    return await _told(work)


async def choose(visit: Visit) -> web.Response:
    """Add the page that was chosen from the list."""
    picked = [one for one in await _choices(visit) if one.id == visit.field("page_id")]
    if not picked:
        raise Declined("That page is not in the list any more.", HOME)
    return await _told(lambda: _add(visit, picked[0].access_token))


async def _told(work: Callable[[], Awaitable[web.Response]]) -> web.Response:
    try:
        return await work()
    except Refused as refused:
        raise Declined(f"{refused.outcome.answered} {refused.outcome.what_to_do}".strip(), HOME) from None


async def _add(visit: Visit, page_token: str) -> web.Response:
    """Connect a page: keep its token, subscribe it, push its profile; each step says how it ended."""
    settings = visit.shop.settings
    named, outcome = await tokens.page(settings, page_token)
    if named.id == settings.page_id:
        raise Declined(f"“{named.name}” is the first page already.", HOME)
    sealed = Sealer(settings.secret_key).seal(page_token)

    async def work(conn: Connection) -> int:
        for one in await PAGES.listed(conn):
            if one.body.page_id == named.id:
                opened = await PAGES.opened(conn, one.id)
                body = replace(opened.body, name=named.name, access_token=sealed, is_active=True)
                await PAGES.save(conn, subject_id=one.id, body=body, version=opened.version, by=visit.by)
                return one.id
        return await PAGES.create(
            conn, body=PageBody(page_id=named.id, name=named.name, access_token=sealed), by=visit.by
        )

    page = await visit.write(work)
    await save(visit, {"person_token": ""})  # which lets every process use the new page, too
    await keep(visit, step_of(STEP, named.id), outcome)
    for name in (FIELDS_STEP, _PROFILE, _TEMPLATES):
        await _step(visit, await _there(visit, page), name)
    return visit.to(f"{HOME}/{page}", Notice(f"“{named.name}” is connected."))


async def again(visit: Visit) -> web.Response:
    """Subscribe a page once more, or push its profile."""
    name = visit.request.match_info["step"]
    one = await _there(visit, visit.number("id"))
    outcome = await _step(visit, one, name)
    return visit.to(f"{HOME}/{one.id}", Notice(outcome.answered, is_bad=outcome.light == "broken"))


async def _there(visit: Visit, page: int) -> OpenedRow[PageBody]:
    async with visit.shop.database.connection() as conn:
        return await PAGES.opened(conn, page)


async def _step(visit: Visit, one: OpenedRow[PageBody], name: str) -> Outcome:
    """Do a step for a page, and keep how it ended."""
    settings = _as_first(visit.shop.settings, one.body)
    try:
        if name == FIELDS_STEP:
            outcome = await asking.fields(settings)
        elif name == _TEMPLATES:
            outcome = await _templates(visit, one.body)
        else:
            async with visit.shop.database.connection() as conn:
                rules = await visit.rules(conn)
            own = Greeting(one.body.greeting, one.body.greeting_fil)
            outcome = await asking.profile(settings, await visit.words(), rules, own=own)
    except Refused as refused:
        outcome = refused.outcome
    await keep(visit, step_of(name, one.body.page_id), outcome)
    return outcome


async def _templates(visit: Visit, body: PageBody) -> Outcome:
    """Submit for a page what Meta has seen of the first: notices need it there too once 24 hours have passed."""
    count, problems = await submit_for(visit, body.page_id)
    sent = "POST /message_templates for each template that the first page has"
    if problems:
        todo = "Look under Notices, Templates, then submit them once more."
        return Outcome(light="warning", sent=sent, answered=" ".join(problems[:2]), what_to_do=todo)
    if count:
        return Outcome(light="good", sent=sent, answered=f"{count} are with Meta, which looks at them.")
    return Outcome(light="good", sent="nothing", answered="Meta has all for this page that it has for the first.")


def _as_first(settings: Settings, body: PageBody) -> Settings:
    """The settings as they were if this page were the first."""
    opened = Sealer(settings.secret_key).open(body.access_token)
    return replace(settings, page_id=body.page_id, page_access_token=opened)


async def delete(visit: Visit) -> web.Response:
    """Let the shop answer there no more; how its steps ended is forgotten."""
    one = await _there(visit, visit.number("id"))
    answer = await EDITOR.delete(visit)
    await visit.write(lambda conn: steps.forget(conn, [step_of(name, one.body.page_id) for name, _ in _STEPS]))
    await visit.request.config_dict[RECONNECT]()
    return answer


PAGES_OF_IT = (
    Page("GET", HOME, show, "connect"),
    Page("POST", f"{HOME}/token", token, "connect"),
    Page("POST", f"{HOME}/choose", choose, "connect"),
    *(page for page in EDITOR.pages if not page.path.endswith(("/new", "/delete"))),
    Page("POST", HOME + r"/versions/{id:\d+}/restore", restoring(EDITOR, back=HOME, called="page"), "connect"),
    Page("POST", HOME + r"/{id:\d+}/delete", delete, "connect"),
    Page("POST", HOME + r"/{id:\d+}/{step:fields|profile|templates}", again, "connect"),
)
