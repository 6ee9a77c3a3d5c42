"""Pictures of products for everybody who knows their address: Facebook, which shows them on cards, and shoppers."""

from aiohttp import web

from handlers.web.health import DATABASE
from repository.catalogue import pictures
from repository.database.errors import NotFound

ROUTE = pictures.PATH + r"{name:[\w-]{32}}.jpg"
_A_YEAR = 365 * 24 * 60 * 60  # seconds


async def show(request: web.Request) -> web.Response:
    """A picture, to be kept for good: what is at an address never changes."""
    name = request.match_info["name"]
    headers = {
        "Cache-Control": f"public, max-age={_A_YEAR}, immutable",
        "ETag": f'"{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    async with request.app[DATABASE].connection() as conn:
        try:
            picture = await pictures.kept(conn, name=name)
        except NotFound:
            raise web.HTTPNotFound from None
    return web.Response(body=picture.content, content_type=picture.media_type, headers=headers)
