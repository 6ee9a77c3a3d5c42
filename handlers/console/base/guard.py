"""What stands before every page: headers, errors in words, who may come in, and forms that are really ours."""

from collections.abc import Awaitable, Callable, Iterable, Sequence

from aiohttp import web
from aiohttp_session import get_session
from yarl import URL

from bot.base import logs
from handlers.console.base.look import HEADERS, LOOK
from handlers.console.base.pages import Page
from handlers.console.base.storage import PREFIX
from handlers.console.base.uploads import with_files
from handlers.console.base.visit import (
    BODY_MOST,
    SHOP,
    Declined,
    Notice,
    Visit,
    comes_from_here,
    is_same,
    signed_in,
    unmasked,
)
from repository.database.errors import DatabaseError, Invalid, NotFound, Stale

_log = logs.get("console")
_WORDS = {
    400: ("That could not be read", "Please go back and try again."),
    403: ("This is not for you", "Your account may not do this. Ask the owner of the shop if you need to."),
    404: ("Nothing is here", "It may have been deleted, or the address is not quite right."),
    405: ("Nothing is here", "This address takes no such request."),
    409: (
        "Somebody was faster",
        "It has changed meanwhile. Please go back, reload the page and look first.",
    ),
    413: ("That is too much", "Please send something shorter."),
    415: ("That could not be read", "Please send forms as a browser does, and not packed."),
    422: ("That does not fit", "Something is too long, or no such value is possible here. Nothing was changed."),
    500: ("That went wrong", "It is our fault, not yours. Please try again in a moment."),
    503: ("The database does not answer", "Nothing is lost. Please try again in a moment."),
}
ENTER = f"{PREFIX}/login"
_SECRET = ("password", "token", "secret", "code", "key", "old", "new", "again", "url")
"""In the names of fields that no page shows again."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error with a page in words, and send the headers with everything."""
    try:
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise web.HTTPUnsupportedMediaType  # no browser packs a form; nothing is unpacked unasked
        response = await handler(request)
    except web.HTTPException as refusal:
        if refusal.status < 400:
            raise
        response = told(request, refusal.status)
    except NotFound:
        response = told(request, 404)
    except Stale as stale:
        response = told(request, 409, f"{stale.saved_by} was faster")
    except Invalid as error:  # what a form lets through that its column does not hold
        _log.error("a value does not fit its column", error=type(error).__name__, path=_place(request))
        response = told(request, 422)
    except DatabaseError as error:
        _log.error("the database failed", error=type(error).__name__, path=_place(request))
        response = told(request, 503)
    except ConnectionError:
        raise  # who would read it has left
    except Exception as error:  # noqa: BLE001  (the last edge: the merchant gets words, the log the trace)
        _log.error("a page failed", error=type(error).__name__, path=_place(request), exc_info=error)
        response = told(request, 500)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page may be stricter
    response.headers.setdefault("Cache-Control", "no-store")
    if response.content_type == "text/html" and not response.prepared:
        response.enable_compression()
    return response


def told(
    request: web.Request,
    status: int,
    title: str = "",
    text: str = "",
    *,
    onward: str = f"{PREFIX}/",
    written: Sequence[str] = (),
) -> web.Response:
    """A page that says what is wrong; to a script the same as JSON.

    Args:
        request: What was asked.
        status: The HTTP status.
        title: In a few words; those of the status where empty.
        text: What to do about it.
        onward: Where its button leads.
        written: What was typed and is not kept, to be copied from the page.
    """
    known = _WORDS.get(status, _WORDS[400])
    title, text = title or known[0], text or known[1]
    if is_script(request):
        return web.json_response({"error": f"{title}. {text}"}, status=status)
    look, shop = request.config_dict[LOOK], request.config_dict[SHOP]
    return look.page(
        "told.html",
        status=status,
        shop_name=shop.settings.shop_name,
        title=title,
        text=text,
        onward=onward,
        enters=onward.startswith(ENTER),
        written=written,
    )


def is_script(request: web.Request) -> bool:
    """Whether one of our scripts asks, which reads JSON."""
    return "application/json" in request.headers.get("Accept", "")


def guarded(page: Page) -> Handler:
    """A handler that lets in only who has the page's right, and only forms of our own.

    Args:
        page: The page.
    """

    async def handler(request: web.Request) -> web.StreamResponse:
        session = await get_session(request)
        who = signed_in(request)
        if who is None:
            return await _outside(request)
        if who.has_one_time_password and request.path not in (f"{PREFIX}/password", f"{PREFIX}/logout"):
            return web.Response(status=303, headers={"Location": f"{PREFIX}/password"})
        visit = Visit(request, session, who)
        if page.permission and not visit.may(page.permission):
            return told(request, 403)
        if request.method == "POST":
            refusal = await read_form(request, visit, file_most=page.file_most)
            if refusal is not None:
                return refusal
        try:
            return await page.show(visit)
        except Declined as declined:
            if is_script(request):
                return told(request, 422, declined.reason, _WORDS[400][1])
            return visit.to(declined.path, Notice(declined.reason, is_bad=True))

    return handler


async def read_form(request: web.Request, visit: Visit, *, file_most: int = 0) -> web.Response | None:
    """Read what was sent into the visit; an answer where it is not a form of ours.

    Args:
        request: A POST.
        visit: Whose.
        file_most: Bytes of a file that it may hold; 0 where it holds none.
    """
    if not comes_from_here(request, visit.shop.settings.public_url):
        return told(request, 403, "This came from another site", "Forms of the console only work in the console.")
    if file_most and request.content_type == "multipart/form-data":
        whole = await with_files(request, most=file_most)
        texts, files = list(whole.texts), whole.files
    else:
        texts, files = await sent(request), {}
    visit.files = files
    visit.form = dict(reversed(texts))
    several: dict[str, list[str]] = {}
    for name, value in texts:
        several.setdefault(name, []).append(value)
    visit.several = several
    token = visit.form.get("csrf", "") or str(request.headers.get("X-CSRF-Token", ""))
    if not is_same(unmasked(token), visit.csrf):
        return told(
            request,
            403,
            "This page is too old",
            "Please go back, reload the page and send it again: nothing was changed.",
            written=_sentences(texts),
        )
    return None


async def sent(request: web.Request) -> list[tuple[str, str]]:
    """The fields of a form, in order; none where it was sent in another way than our pages send theirs.

    Args:
        request: A POST.

    Raises:
        HTTPRequestEntityTooLarge: It is larger than any form of ours.
        HTTPBadRequest: It is no form, or its sender left in the middle of it.
    """
    length = request.content_length
    if length is None or length > BODY_MOST:
        raise web.HTTPRequestEntityTooLarge(max_size=BODY_MOST, actual_size=length or 0)
    if request.content_type != "application/x-www-form-urlencoded":
        return []
    try:
        fields = await request.post()
    except (ValueError, LookupError, ConnectionError) as error:
        raise web.HTTPBadRequest from error
    return [(name, value) for name, value in fields.items() if isinstance(value, str)]


async def _outside(request: web.Request) -> web.Response:
    """The answer for somebody who is not logged in; what they wrote is not lost, for a session may end meanwhile."""
    if request.method != "GET":
        text = "Please log in again; nothing was changed."
        wanted = ""
        written: Sequence[str] = ()
        if not is_script(request) and comes_from_here(request, request.config_dict[SHOP].settings.public_url):
            wanted, written = _sent_from(request), await _written(request)
        return told(request, 401, "You are logged out", text, onward=_enter(request, wanted), written=written)
    wanted = request.path_qs if request.path != f"{PREFIX}/" else ""
    return web.Response(status=303, headers={"Location": _enter(request, wanted)})


def _enter(request: web.Request, wanted: str) -> str:
    """The way to the login, and on to a page of ours from there."""
    return str(request.rel_url.with_path(ENTER).with_query({"next": wanted} if wanted else {}))


def _sent_from(request: web.Request) -> str:
    """The page of the console that a form stands on, empty where that is not told."""
    try:
        page = URL(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return page.path_qs if page.path.startswith(f"{PREFIX}/") and page.path != ENTER else ""


async def _written(request: web.Request) -> Sequence[str]:
    """The sentences that were typed into a form: what has no space in it is soon chosen or typed again."""
    try:
        return _sentences(await sent(request))
    except (web.HTTPRequestEntityTooLarge, web.HTTPBadRequest):
        return ()


def _sentences(fields: Iterable[tuple[str, str]]) -> Sequence[str]:
    words = (value for name, value in fields if not any(part in name.lower() for part in _SECRET))
    return tuple(value for value in words if len(value.split()) > 1)


def _place(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""
