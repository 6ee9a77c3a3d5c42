"""Coming in and going out: a password, at most so many of them, and a session that begins anew."""

import hashlib
import hmac

from aiohttp import web
from aiohttp_session import get_session, new_session

from bot.base import clock
from handlers.console.base.guard import sent
from handlers.console.base.look import LOOK
from handlers.console.base.storage import PREFIX, is_secure
from handlers.console.base.visit import ROUNDS, SHOP, Visit, comes_from_here, is_same, signed_in
from handlers.console.entrance.codes import is_right as is_right_code
from handlers.inbound.addresses import address_of, network_of
from repository.settings.secrets import Sealer
from repository.staff import admins, audit, codes
from repository.staff.admins import Credentials
from repository.staff.passwords import matches

_VISITOR = "quicksell_visitor"
_WRONG = "That name and password do not go together."
_WRONG_CODE = "That is not the code of now. Each works once: wait for the next."
_WAIT_CODE = "There were too many wrong codes. Please wait fifteen minutes, then try again."
_HALF_LASTS_S = 300
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
        async with shop.database.connection() as conn:
            key = await codes.key_of(conn, admin_id=found.id)
        if key is not None:
            return _code_page(request, wanted=wanted, half=_half(request, found))
        await begin(request, found.id, username)
        return _onward(wanted)
    return _page(request, wanted=wanted, username=username, problem=_WRONG, status=401)


async def enter_code(request: web.Request) -> web.Response:
    """Check the code of somebody whose password was right a moment ago."""
    shop = request.app[SHOP]
    form = dict(await sent(request))
    half, wanted = form.get("half", ""), form.get("next", "")
    visitor = request.cookies.get(_VISITOR, "")
    from_here = comes_from_here(request, shop.settings.public_url)
    username = half.split(":", 2)[2] if half.count(":") > 1 else ""
    async with shop.database.connection() as conn:
        found = await admins.account(conn, username=username)
        is_ours = from_here and bool(visitor) and is_same(form.get("csrf", ""), _token(request, visitor))
        if not is_ours or found is None or not found.is_active or not _is_half(request, found, half):
            problem = "The page had been open for too long. Please try once more."
            return _page(request, wanted=wanted, username=username, problem=problem, status=403)
        key = await codes.key_of(conn, admin_id=found.id)
        if not await audit.may_try(conn, username=username, network=f"code {found.id}"):
            return _code_page(request, wanted=wanted, half=half, problem=_WAIT_CODE, status=429)
        sealer = Sealer(shop.settings.secret_key)
        is_right = key is None or await is_right_code(
            conn, admin_id=found.id, key=key, code=form.get("code", ""), sealer=sealer
        )
    if not is_right:
        return _code_page(request, wanted=wanted, half=half, problem=_WRONG_CODE, status=401)
    await begin(request, found.id, username, proven=f"code {found.id}")
    return _onward(wanted)


async def begin(request: web.Request, admin_id: int, username: str, *, proven: str = "") -> None:
    """Let somebody in who has proven who they are.

    Args:
        request: Of the last step.
        admin_id: `admin_users.id`.
        username: What they log in with.
        proven: Where their wrong codes were counted, which count no more.
    """
    async with request.app[SHOP].database.transaction() as conn:
        await admins.came_in(conn, admin_id=admin_id)
        for network in filter(None, (network_of(request), proven)):
            await audit.record(
                conn, action="login", admin_id=admin_id, subject=audit.subject_of(username), ip_address=network
            )
    session = await new_session(request)
    session["admin_id"] = admin_id
    session["csrf"] = clock.token(32)


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


def _half(request: web.Request, found: Credentials) -> str:
    """What shows for five minutes that somebody knew the password: until it is changed, and for this account alone."""
    until = int(clock.now().timestamp()) + _HALF_LASTS_S
    return f"{_signed(request, found, until)}:{until}:{found.username}"


def _is_half(request: web.Request, found: Credentials, given: str) -> bool:
    signed, until, _ = given.split(":", 2)
    is_young = until.isascii() and until.isdigit() and len(until) < 12 and int(until) > clock.now().timestamp()
    return is_young and is_same(signed, _signed(request, found, int(until)))


def _signed(request: web.Request, found: Credentials, until: int) -> str:
    key = f"console code {request.app[SHOP].settings.secret_key}".encode()
    text = f"{found.id}:{until}:{found.password_hash}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _code_page(request: web.Request, *, wanted: str, half: str, problem: str = "", status: int = 200) -> web.Response:
    return request.app[LOOK].page(
        "login_code.html",
        status=status,
        shop_name=request.app[SHOP].settings.shop_name,
        csrf=_token(request, request.cookies.get(_VISITOR, "")),
        wanted=wanted,
        half=half,
        problem=problem,
    )


def _onward(wanted: str) -> web.Response:
    """To the page that was wanted, if it is one of ours."""
    is_ours = wanted.startswith(f"{PREFIX}/") and "\\" not in wanted and wanted.isprintable() and len(wanted) < 1000
    return web.Response(status=303, headers={"Location": wanted if is_ours else f"{PREFIX}/"})
