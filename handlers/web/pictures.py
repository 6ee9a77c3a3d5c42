"""The demo shop's pictures, served as they lie beside its tables."""

from aiohttp import web

from repository.schema.base.scripts import FOLDER

PICTURES = FOLDER / "demo" / "pictures"
"""Named by a product's slug, `category-` and a category's, `shop` and `welcome`."""

_A_DAY = 24 * 60 * 60  # seconds


def picture_routes() -> list[web.AbstractRouteDef]:
    """Routes that serve the pictures: a day to keep, a tag to ask again with.

    Only names that are in the folder when the server starts are known, so that none leads anywhere else.
    """
    paths = {path.name: path for path in PICTURES.glob("*.jpg")}

    async def picture(request: web.Request) -> web.FileResponse:
        path = paths.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": f"public, max-age={_A_DAY}"})

    return [web.get("/pictures/{name}", picture)]
