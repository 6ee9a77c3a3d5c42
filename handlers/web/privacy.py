"""Pages that everybody may read: what the shop keeps, and how far a deletion is. And Meta's deletion callback."""

import secrets
from functools import partial
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.base import logs
from bot.messenger import signed_request
from handlers.turns.in_force import Shop
from repository import rules
from repository.privacy import keeping, requests

_SHOP = web.AppKey("privacy_shop", Shop)
_FOLDER = Path(__file__).parent / "templates"
_PAGES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
_CODE_MOST = 40
_log = logs.get("privacy")


def set_up_privacy(app: web.Application, shop: Shop) -> None:
    """Put the pages and the callback into the server.

    Args:
        app: The server.
        shop: Whose they are.
    """
    app[_SHOP] = shop
    app.router.add_get("/privacy", privacy)
    app.router.add_get("/deletion", deletion)
    app.router.add_post("/deletion", called_back)


async def privacy(request: web.Request) -> web.Response:
    """What the shop keeps of people, why and how long."""
    there = await _rules(request.app[_SHOP])
    return _page(
        "privacy.html", title="Privacy", shop=there.shop_name, kept=keeping.kept(there), added=there.privacy_text
    )


async def deletion(request: web.Request) -> web.Response:
    """How far the request with this code has come; 404 where there is none."""
    shop = request.app[_SHOP]
    code = request.query.get("code", "")
    found = None
    if code.isascii() and len(code) <= _CODE_MOST:
        async with shop.database.connection() as conn:
            found = await requests.request(conn, code=code)
    name = (await _rules(shop)).shop_name
    status = 404 if found is None else 200
    return _page("deletion.html", status=status, title="Deleting your data", shop=name, found=found, code=code)


async def called_back(request: web.Request) -> web.Response:
    """Meta asks for somebody to be deleted: where the status is seen, and by which code."""
    shop = request.app[_SHOP]
    if not shop.settings.app_secret:
        return web.Response(status=503, text="No page is connected yet.\n")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        return web.Response(status=415, text="Send it as it is, not packed.\n")
    signed = (await request.post()).get("signed_request", "")
    user_id = signed_request.user_in(shop.settings.app_secret, signed) if isinstance(signed, str) else None
    if user_id is None:
        return web.Response(status=403, text="The signature does not match.\n")
    code = await shop.database.retry(partial(requests.ask_by_facebook, user_id=user_id))
    _log.info("deletion asked by facebook")
    base = shop.settings.public_url.rstrip("/") or str(request.url.origin())
    return web.json_response({"url": f"{base}/deletion?code={code}", "confirmation_code": code})


async def _rules(shop: Shop) -> rules.Rules:
    async with shop.database.connection() as conn:
        settings = shop.settings
        return await rules.load(
            conn, shop_name=settings.shop_name, currency=settings.shop_currency, public_url=settings.public_url
        )


def _page(template: str, *, status: int = 200, **facts: object) -> web.Response:
    nonce = secrets.token_urlsafe(12)
    text = _PAGES.get_template(template).render(nonce=nonce, **facts)
    headers = {
        "Content-Security-Policy": f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(status=status, text=text, content_type="text/html", charset="utf-8", headers=headers)
