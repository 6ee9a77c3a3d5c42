"""Coming in and going out: a password, at most so many of them, and a session that begins anew."""

import hashlib
import hmac

from aiohttp import web
from aiohttp_session import get_session, new_session

from bot.base import clock
from handlers.console.base.addresses import address_of, network_of
from handlers.console.base.guard import sent
from handlers.console.base.look import LOOK
from handlers.console.base.storage import PREFIX, is_secure
from handlers.console.base.visit import ROUNDS, SHOP, Visit, comes_from_here, is_same, signed_in
from repository.staff import admins, audit
from repository.staff.admins import Credentials
from repository.staff.passwords import matches

_VISITOR = "quicksell_visitor"
_WRONG = "That name and password do not go together."
_WAIT = "There were too many wrong passwords from here. Please wait fifteen minutes, then try again."


async def show(request: web.Request) -> web.Response:
    """The login page."""
    await get_session(request)
    if signed_in(request) is not None:
        return _onward(request.query.get("next", ""))
    return _page(request, wanted=request.query.get("next", ""))


async def enter(request: web.Request) -> web.Response:
    """Check a name and a password. Every refusal is the same, and takes as long."""
    shop = request.app[SHOP]
    form = dict(await sent(request))
    username, wanted = form.get("username", "").strip()[:255], form.get("next", "")
    visitor = request.cookies.get(_VISITOR, "")
    from_here = comes_from_here(request, shop.settings.public_url)
    if not from_here or not visitor or not is_same(form.get("csrf", ""), _token(request, visitor)):
        problem = "The page had been open for too long. Please try once more."
        return _page(request, wanted=wanted, username=username, problem=problem, status=403)
    network = network_of(request)
    async with shop.database.connection() as conn:
        if not await audit.may_try(conn, username=username, network=network):
            return _page(request, wanted=wanted, username=username, problem=_WAIT, status=429)
        found = await admins.account(conn, username=username)
    if await _is_right(request, found, form.get("password", "")) and found is not None:
        async with shop.database.transaction() as conn:
            await admins.came_in(conn, admin_id=found.id)
            await audit.record(
                conn, action="login", admin_id=found.id, subject=audit.subject_of(username), ip_address=network
            )
        session = await new_session(request)
        session["admin_id"] = found.id
        session["csrf"] = clock.token(32)
        return _onward(wanted)
    return _page(request, wanted=wanted, username=username, problem=_WRONG, status=401)


async def leave(visit: Visit) -> web.Response:
    """End this session."""
    async with visit.shop.database.connection() as conn:
        await audit.record(
            conn,
            action="logout",
            admin_id=visit.who.id,
            subject=visit.who.username,
            ip_address=address_of(visit.request),
        )
    visit.session.invalidate()
    return web.Response(status=303, headers={"Location": f"{PREFIX}/login"})


async def _is_right(request: web.Request, found: Credentials | None, password: str) -> bool:
    is_right = await matches(password, found.password_hash if found else None, rounds=request.app[ROUNDS])
    return is_right and found is not None and found.is_active


def _page(
    request: web.Request, *, wanted: str, username: str = "", problem: str = "", status: int = 200
) -> web.Response:
    visitor = request.cookies.get(_VISITOR, "")
    is_new = len(visitor) < 40
    if is_new:
        visitor = clock.token(32)
    settings = request.app[SHOP].settings
    response = request.app[LOOK].page(
        "login.html",
        status=status,
        shop_name=settings.shop_name,
        csrf=_token(request, visitor),
        wanted=wanted,
        username=username,
        problem=problem,
    )
    if is_new:
        response.set_cookie(
            _VISITOR, visitor, path=f"{PREFIX}/", httponly=True, samesite="Lax", secure=is_secure(settings) or None
        )
    return response


def _token(request: web.Request, visitor: str) -> str:
    """The token of the login form: only we can make it, and only for the visitor whose cookie it belongs to."""
    key = f"console login {request.app[SHOP].settings.secret_key}".encode()
    return hmac.new(key, visitor.encode(errors="replace"), hashlib.sha256).hexdigest()


def _onward(wanted: str) -> web.Response:
    """To the page that was wanted, if it is one of ours."""
    is_ours = wanted.startswith(f"{PREFIX}/") and "\\" not in wanted and wanted.isprintable() and len(wanted) < 1000
    return web.Response(status=303, headers={"Location": wanted if is_ours else f"{PREFIX}/"})
