"""The console's pages, each with its address and the right that it needs."""

import asyncio
import warnings
from collections.abc import AsyncIterator

from aiohttp import web
from aiohttp_session import session_middleware

from handlers.console.base import account, login
from handlers.console.base.guard import guarded, in_words
from handlers.console.base.look import LOOK, Look
from handlers.console.base.static_files import static_file
from handlers.console.base.storage import PREFIX, DatabaseStorage
from handlers.console.base.visit import ROUNDS, SHOP, Page, Visit
from handlers.console.wording import canned, history, list_page, own, preview
from handlers.console.wording.blocks import blocks
from handlers.turns.in_force import Shop
from repository.staff.passwords import ROUNDS as BCRYPT_ROUNDS

_OWN = r"/replies/own/{name:[a-z0-9_]+\.[a-z0-9_]+}/{language:[a-z]+}"


async def home(visit: Visit) -> web.Response:
    """The first page."""
    return visit.to("/replies")


PAGES: tuple[tuple[str, str, Page, str], ...] = (
    ("GET", "/", home, ""),
    ("POST", "/logout", login.leave, ""),
    ("GET", "/password", account.show_password, "account"),
    ("POST", "/password", account.change_password, "account"),
    ("GET", "/account", account.show, "account"),
    ("POST", "/account/sessions/end", account.end_session, "account"),
    ("POST", "/account/sessions/end-all", account.end_all, "account"),
    ("GET", "/replies", list_page.show, "replies.view"),
    ("POST", "/replies/switch", list_page.switch, "replies.edit"),
    ("POST", "/replies/preview", preview.preview, "replies.view"),
    ("POST", "/replies/bring-back", list_page.bring_back, "replies.delete"),
    ("GET", "/replies/new", canned.show_new, "replies.edit"),
    ("POST", "/replies/new", canned.create, "replies.edit"),
    ("GET", r"/replies/canned/{id:\d+}", canned.show, "replies.view"),
    ("POST", r"/replies/canned/{id:\d+}", canned.save, "replies.edit"),
    ("POST", r"/replies/canned/{id:\d+}/delete", canned.delete, "replies.delete"),
    ("GET", r"/replies/canned/{id:\d+}/history", history.of_canned, "replies.view"),
    ("GET", _OWN, own.show, "replies.view"),
    ("POST", _OWN, own.save, "replies.edit"),
    ("POST", f"{_OWN}/switch", own.switch, "replies.edit"),
    ("GET", f"{_OWN}/history", history.of_own, "replies.view"),
    ("POST", r"/replies/versions/{id:\d+}/restore", history.restore, "replies.edit"),
)
"""Every page for people who are logged in: method, address below the console, page, and the right that it needs."""


def setup_console(app: web.Application, shop: Shop, *, rounds: int = BCRYPT_ROUNDS) -> None:
    """Put the console into the server, below `/console/`.

    Args:
        app: The server.
        shop: The shop that it is about.
        rounds: Of bcrypt, for the passwords that are chosen here.
    """
    # aiohttp-session still names its keys with texts, which aiohttp would tell the operator about.
    warnings.filterwarnings("ignore", category=web.NotAppKeyWarning)
    storage = DatabaseStorage(shop.database, shop.settings)
    console = web.Application(middlewares=[in_words, session_middleware(storage)])
    console[SHOP] = shop
    console[ROUNDS] = rounds
    console[LOOK] = Look()
    console.router.add_get("/login", login.show)
    console.router.add_post("/login", login.enter)
    console.router.add_get("/static/{name}", static_file)
    console.cleanup_ctx.append(_get_ready)
    for method, path, page, permission in PAGES:
        console.router.add_route(method, path, guarded(page, permission))
    app.add_subapp(f"{PREFIX}/", console)
    app.router.add_get("/", _to_console)
    app.router.add_get(PREFIX, _to_console)


async def _get_ready(_: web.Application) -> AsyncIterator[None]:
    """Look through all replies beside the start, so that the first page need not."""
    looking = asyncio.create_task(asyncio.to_thread(blocks))
    yield
    await looking


async def _to_console(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": f"{PREFIX}/"})
