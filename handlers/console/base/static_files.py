"""The console's styles and scripts."""

from aiohttp import web

from handlers.console.base.look import STATIC

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


async def static_file(request: web.Request) -> web.StreamResponse:
    """A file of the console's own; browsers ask each time whether it has changed."""
    path = STATIC / request.match_info["name"]
    if path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "Content-Type": f"{_TYPES[path.suffix]}; charset=utf-8"}
    return web.FileResponse(path, headers=headers)
