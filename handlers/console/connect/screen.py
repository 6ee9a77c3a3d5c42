"""The page that connects the shop with a page on Facebook: eight steps, each with a light that says what came back."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from msgspec.structs import replace

from bot.base import clock
from bot.messenger.answers import Page as FacebookPage
from bot.messenger.subscriptions import ENDS
from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.connect import asking, further, tokens
from handlers.console.connect.asking import Refused, broken
from handlers.console.connect.review import PERMISSIONS
from handlers.console.connect.saving import keep, person_token, save
from handlers.console.connect.steps import LATER, STEPS
from handlers.console.connect.trip import looked_at
from handlers.console.notices.submitting import submit_anew
from handlers.doctor.selftest import meet_ourselves
from repository.settings import steps as steps_
from repository.settings.steps import Outcome

HOME = "/connect"


async def show(visit: Visit) -> web.Response:
    """The steps, how each ended, and what is to be done next."""
    async with visit.shop.database.connection() as conn:
        kept = dict(await steps_.kept(conn))
    if "trip" in kept:
        kept["trip"] = await looked_at(visit, kept["trip"])
    settings = visit.shop.settings
    done = {name for name, one in kept.items() if one.light in ("good", "warning")}
    following = next((step for step in STEPS if step.name not in done), None)
    return await visit.page(
        "connect.html",
        steps=STEPS,
        kept=kept,
        done=done,
        following=following,
        open_to={step.name for step in STEPS if done.issuperset(step.needs)},
        choices=await _choices(visit),
        address=settings.public_url or _address_of(visit),
        app_id=settings.app_id,
        further=visit.shop.further_pages,
        permissions=PERMISSIONS,
        version=settings.graph_api_version,
        version_ends=ENDS.get(settings.graph_api_version),
    )


async def _choices(visit: Visit) -> tuple[FacebookPage, ...]:
    """The pages to choose from, by id and name; none while nobody is choosing."""
    token = await person_token(visit)
    if not token:
        return ()
    try:
        return await tokens.pages(visit.shop.settings, token)
    except Refused as refused:
        await keep(visit, "page", refused.outcome)
        return ()


def _address_of(visit: Visit) -> str:
    """Where the browser is, for that is often the address; empty where Facebook could not come."""
    origin = visit.request.headers.get("X-Forwarded-Host") or visit.request.host
    return f"https://{origin}" if "." in origin and not origin.split(":")[0].replace(".", "").isdigit() else ""


async def _step(visit: Visit, name: str, work: Callable[[], Awaitable[Outcome]]) -> web.Response:
    """Do a step, keep how it ended, and go back to the page.

    Raises:
        Declined: Something that comes before it is not done.
    """
    async with visit.shop.database.connection() as conn:
        kept = await steps_.kept(conn)
    done = {one for one, ended in kept.items() if ended.light in ("good", "warning")}
    step = next(one for one in STEPS if one.name == name)
    if missing := [one.title for one in STEPS if one.name in step.needs and one.name not in done]:
        raise Declined(f"First: {missing[0].lower()}.", HOME)
    try:
        outcome = await work()
    except Refused as refused:
        outcome = refused.outcome
    await keep(visit, name, outcome)
    return visit.to(f"{HOME}#{name}", Notice(f"{step.title}: {outcome.answered}", is_bad=outcome.light == "broken"))


async def address(visit: Visit) -> web.Response:
    """Test the public address, and use it where it leads here."""

    async def work() -> Outcome:
        typed = origin_of(visit.field("address"), plain=visit.shop.settings.graph_api_url.startswith("http://"))
        if not typed:
            todo = "Write it as https://shop.example: a name with a certificate. deploy/Caddyfile gets one by itself."
            return broken("nothing yet", "Facebook takes no such address.", todo)
        outcome = await meet_ourselves(typed, visit.shop.settings.secret_key)
        if outcome.light != "broken":
            is_new = typed != visit.shop.settings.public_url
            await save(visit, {"public_url": typed}, anew=LATER["address"] if is_new else ())
        return outcome

    return await _step(visit, "address", work)


def origin_of(typed: str, *, plain: bool = False) -> str:
    """The address of a server without a path; empty where Facebook would not take it.

    Args:
        typed: What was typed, such as "shop.example/webhook".
        plain: Whether http:// and numbers will do, since Facebook is the emulator.
    """
    whole = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    if parts.username is not None or parts.scheme not in ("https", "http"):
        return ""
    if plain and host:
        return f"{parts.scheme}://{parts.netloc}"
    if parts.scheme != "https" or not is_name or port not in (None, 443):
        return ""
    return f"https://{host}"


async def app(visit: Visit) -> web.Response:
    """Check an app and its secret, and use them where they belong together."""

    async def work() -> Outcome:
        app_id, secret = visit.field("app_id"), visit.field("app_secret")
        outcome = await asking.app(visit.shop.settings, app_id, secret)
        is_new = app_id != visit.shop.settings.app_id
        values = {"app_id": app_id, "app_secret": secret, "person_token": ""}
        await save(visit, values, anew=LATER["app"] if is_new else ())
        return outcome

    return await _step(visit, "app", work)


async def token(visit: Visit) -> web.Response:
    """Use the token that was pasted: a page's own at once, a person's to choose a page with."""

    async def work() -> Outcome:
        settings, pasted = visit.shop.settings, visit.field("token")
        if not pasted:
            return broken("nothing yet", "Nothing was pasted.", "Paste the token that the dashboard made.")
        state = await tokens.kind_of(settings, pasted)
        if state.type == "PAGE":
            return await _use(visit, pasted)
        held = await tokens.long_lived(settings, pasted) if state.type == "USER" else pasted
        found = await tokens.pages(settings, held)
        if len(found) == 1:
            return await _use(visit, found[0].access_token)
        await save(visit, {"person_token": held})
        return Outcome(
            light="waiting",
            sent="GET /debug_token, POST /oauth/access_token, GET /me/accounts",
            answered=f"That is a token of yours; it may act for {len(found)} pages.",
            what_to_do="Choose the page that the shop answers on.",
        )

    return await _step(visit, "page", work)


async def choose(visit: Visit) -> web.Response:
    """Use the page that was chosen from the list."""

    async def work() -> Outcome:
        found = await tokens.pages(visit.shop.settings, await person_token(visit))
        for one in found:
            if one.id == visit.field("page_id"):
                return await _use(visit, one.access_token)
        return broken("GET /me/accounts", "That page is not in the list any more.", "Choose another, or a new token.")

    return await _step(visit, "page", work)


async def _use(visit: Visit, page_token: str) -> Outcome:
    settings = visit.shop.settings
    named, outcome = await tokens.page(settings, page_token)
    is_new = named.id != settings.page_id
    await save(
        visit,
        {"page_id": named.id, "page_name": named.name, "page_access_token": page_token, "person_token": ""},
        anew=LATER["page"] if is_new else (),
    )
    if is_new and (count := await submit_anew(visit)):
        told = f"{count} templates of notices were submitted for it, since Meta reviews them for each page."
        outcome = replace(outcome, answered=f"{outcome.answered} {told}")
    return outcome


async def webhook(visit: Visit) -> web.Response:
    """Make a verify token and let Facebook send the app's events here."""

    async def work() -> Outcome:
        verify_token = clock.token(24)
        await save(visit, {"verify_token": verify_token})
        return await asking.webhook(visit.shop.settings, verify_token)

    return await _step(visit, "webhook", work)


async def fields(visit: Visit) -> web.Response:
    """Subscribe the page."""
    return await _step(visit, "fields", lambda: asking.fields(visit.shop.settings))


async def profile(visit: Visit) -> web.Response:
    """Push the greeting and the menu."""

    async def work() -> Outcome:
        async with visit.shop.database.connection() as conn:
            rules = await visit.rules(conn)
        return await asking.profile(visit.shop.settings, await visit.words(), rules)

    return await _step(visit, "profile", work)


async def trip(visit: Visit) -> web.Response:
    """Begin to wait for a message."""

    async def work() -> Outcome:
        return Outcome(
            light="waiting",
            sent="nothing: you write, Facebook tells us",
            answered="Nobody has written yet.",
            what_to_do="Open Messenger and write “hello” to your page. This page looks by itself.",
        )

    return await _step(visit, "trip", work)


SCREEN = Screen(
    (
        Page("GET", HOME, show, "connect"),
        Page("POST", f"{HOME}/address", address, "connect"),
        Page("POST", f"{HOME}/app", app, "connect"),
        Page("POST", f"{HOME}/token", token, "connect"),
        Page("POST", f"{HOME}/page", choose, "connect"),
        Page("POST", f"{HOME}/webhook", webhook, "connect"),
        Page("POST", f"{HOME}/fields", fields, "connect"),
        Page("POST", f"{HOME}/profile", profile, "connect"),
        Page("POST", f"{HOME}/trip", trip, "connect"),
        *further.PAGES_OF_IT,
    ),
    name="Facebook page",
    icon="plug",
)
