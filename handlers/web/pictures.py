"""The demo shop's pictures, drawn when they are first asked for."""

import asyncio
from pathlib import Path

from aiohttp import web

from bot.pictures.shelf import Shelf
from repository.workshop import demo

_A_DAY = 24 * 60 * 60  # seconds


def picture_routes(folder: Path) -> list[web.AbstractRouteDef]:
    """Routes that serve the pictures.

    Args:
        folder: Where drawn pictures are kept.
    """
    shelf = Shelf(folder, demo.drawings())

    async def picture(request: web.Request) -> web.Response:
        found = await asyncio.to_thread(shelf.picture, request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": f"public, max-age={_A_DAY}"}
        return web.Response(body=found, content_type="image/jpeg", headers=headers)

    return [web.get("/pictures/{name}.jpg", picture)]
