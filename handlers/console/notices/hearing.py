"""How one is told: by mail, and in Messenger chats that one has linked."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.base import clock
from bot.messenger import window
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.jobs.mails import Mails
from repository.database.connection import Connection
from repository.notices import bell, chats
from repository.notices.merchants import IN_CHATS, KINDS, Hears

PATH = "/account/notices"


class HearsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What one wants to hear of, by the way in which it is told."""

    email: Annotated[tuple[str, ...], Field(label="Tell me by mail", choices=KINDS)] = ()
    messenger: Annotated[tuple[str, ...], Field(label="Tell me in my Messenger chats", choices=IN_CHATS)] = ()


FORM = Form(HearsForm)


class Chat(msgspec.Struct, frozen=True):
    """A linked chat as the page shows it.

    Attributes:
        chat: The chat.
        is_open: Whether Messenger lets us write there now.
    """

    chat: chats.LinkedChat
    is_open: bool


async def show(visit: Visit) -> web.Response:
    """What one hears of, and the chats that one has linked."""
    return await _page(visit)


async def save(visit: Visit) -> web.Response:
    """Keep what one wants to hear of."""
    typed, _ = FORM.read(visit)
    wants = Hears(email=typed.email, messenger=typed.messenger)

    async def work(conn: Connection) -> None:
        await bell.hear(conn, wants=wants, by=visit.by)

    await visit.write(work)
    return visit.to(PATH, Notice("Saved. You hear of that from now on."))


async def make_code(visit: Visit) -> web.Response:
    """Show a code that links a chat; it is shown once, and no page or log keeps it."""

    async def work(conn: Connection) -> str:
        if len(await chats.of_account(conn, admin_id=visit.who.id)) >= chats.CHATS_MOST:
            raise Declined(f"{chats.CHATS_MOST} chats are the most. Unlink one first.", PATH)
        return await chats.new_code(conn, admin_id=visit.who.id)

    return await _page(visit, code=await visit.write(work))


async def unlink(visit: Visit) -> web.Response:
    """Tell one nothing in a chat any more."""

    async def work(conn: Connection) -> bool:
        return await chats.unlink(conn, admin_id=visit.who.id, psid=visit.form.get("psid", ""))

    was = await visit.write(work)
    return visit.to(PATH, Notice("That chat is unlinked." if was else "That chat was unlinked already."))


async def _page(visit: Visit, *, code: str = "") -> web.Response:
    now = clock.now()
    async with visit.shop.database.connection() as conn:
        wants = await bell.hears(conn, admin_id=visit.who.id)
        linked = await chats.of_account(conn, admin_id=visit.who.id)
        has_mail = await Mails(visit.shop).server(conn) is not None
    form: Filled = FORM.of(wants)
    return await visit.page(
        "hearing.html",
        form=form,
        code=code,
        minutes=int(chats.CODE_LIVES.total_seconds() // 60),
        has_mail=has_mail,
        chats=[Chat(one, window.is_open(one.window_expires_at, now)) for one in linked],
    )
