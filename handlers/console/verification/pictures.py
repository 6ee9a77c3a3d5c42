"""Stored pictures, decrypted on the way to who may see them.

Identity papers come only as the answer to a click, which is written down before the first byte leaves.
"""

from aiohttp import web

from bot.base import logs
from bot.base.sealing import CannotOpen
from handlers.console.base.visit import Visit, whole
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.files import files
from repository.files.files import File, NoKeys
from repository.staff import audit
from repository.verification import identity

_log = logs.get("console")
_RIGHTS = {"proof": "orders.approve", "return": "orders.view", "review": "orders.view", "account": "orders.view"}
"""Who may see the pictures of a purpose by their address alone: none of an identity paper."""
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


async def show(visit: Visit) -> web.Response:
    """A picture that is no identity paper."""
    file_id = visit.number("id")
    async with visit.shop.database.connection() as conn:
        purpose = await conn.value("SELECT purpose FROM stored_files WHERE id = %(id)s", id=file_id)
        if purpose is None:
            raise NotFound(str(file_id))
        right = _RIGHTS.get(str(purpose))
        if right is None or not visit.may(right):
            raise web.HTTPForbidden
        return _sent(await _opened(conn, file_id))


async def open_identity(visit: Visit) -> web.Response:
    """An identity paper of a proof, once it is written down who looked at it."""
    file_id, proof_id = visit.number("id"), whole(visit.form.get("proof", ""))

    async def write_down(conn: Connection) -> None:
        order_id = await identity.order_of(conn, file_id=file_id, proof_id=proof_id)
        await audit.record(
            conn,
            action="identity.viewed",
            admin_id=visit.who.id,
            subject=f"order {order_id}",
            details={"order_id": order_id, "proof_id": proof_id, "file_id": file_id},
            ip_address=visit.by.ip_address,
        )

    await visit.write(write_down)
    async with visit.shop.database.connection() as conn:
        return _sent(await _opened(conn, file_id))


async def _opened(conn: Connection, file_id: int) -> File:
    try:
        return await files.open_file(conn, file_id=file_id)
    except (NoKeys, CannotOpen) as error:
        _log.error("a stored file cannot be opened: is its key still in FILES_KEY?", error=type(error).__name__)
        raise web.HTTPServiceUnavailable from None


def _sent(file: File) -> web.Response:
    ending = _ENDINGS.get(file.media_type)
    if ending is None:  # nothing but our own encodings is ever shown
        raise web.HTTPNotFound
    return web.Response(
        body=file.content,
        content_type=file.media_type,
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'inline; filename="{file.purpose}-{file.id}.{ending}"',
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
