"""The QR pictures of the shop's payment accounts, where Messenger fetches them to show them in a chat."""

import re

from aiohttp import web

from bot.base.sealing import CannotOpen
from handlers.web.health import DATABASE
from repository.database.errors import NotFound
from repository.files import files
from repository.payments.accounts import QR_PATH, qr_file

_NAME = re.compile(r"([0-9a-f]{64})\.jpg")
_AN_HOUR = 60 * 60  # seconds: an account that is switched off is not shown for long


async def show_qr(request: web.Request) -> web.Response:
    """A QR picture, by its digest; 404 where no account has it any more."""
    name = _NAME.fullmatch(request.match_info["name"])
    if name is None:
        raise web.HTTPNotFound
    async with request.app[DATABASE].connection() as conn:
        file_id = await qr_file(conn, digest=name[1])
        if file_id is None:
            raise web.HTTPNotFound
        try:
            file = await files.open_file(conn, file_id=file_id)
        except (NotFound, files.NoKeys, CannotOpen):
            raise web.HTTPNotFound from None  # `doctor` says why
    headers = {"Cache-Control": f"public, max-age={_AN_HOUR}"}
    return web.Response(body=file.content, content_type=file.media_type, headers=headers)


def qr_routes() -> list[web.AbstractRouteDef]:
    """The route of the pictures."""
    return [web.get(f"{QR_PATH}{{name}}", show_qr)]
