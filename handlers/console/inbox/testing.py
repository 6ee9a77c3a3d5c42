"""A chat as a test: the text and the exact lines of its last conversation, with nobody's name in them."""

import asyncio
import io
import zipfile
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.base import clock
from handlers.console.base.visit import Visit
from handlers.transcripts.exporting import Exported, exported, sessions
from handlers.transcripts.personal.standins import StandIns
from replies.words import Wording
from repository.database.errors import NotFound
from repository.rules import CHAT_DAYS
from repository.staff import audit
from repository.talks import opening, recorded
from repository.wording import wordings


async def download(visit: Visit) -> web.Response:
    """The files in a folder that is packed, for `replay` and for people to read.

    Raises:
        NotFound: There is no such chat, or nothing of it was recorded.
    """
    shopper_id = visit.number("id")
    until = clock.now()
    since = until - timedelta(days=CHAT_DAYS)
    async with visit.shop.database.connection() as conn:
        stands = await opening.standing(conn, shopper_id=min(shopper_id, 2**31 - 1))
        whole = await recorded.read(conn, psid=stands.psid, since=since, until=until)
        last = sessions([turn.at for turn in whole.turns[-1:]], whole.turns) if whole else []
        if not last:
            raise NotFound
        kept = await recorded.read(conn, psid=stands.psid, since=last[0][0], until=last[0][1])
        goods = await recorded.products(conn)
        words = [Wording(name=one.name, language=one.language, words=one.words) for one in await wordings.active(conn)]
    currency = visit.shop.settings.shop_currency
    made = (
        await asyncio.to_thread(lambda: exported(kept, words=words, currency=currency, standins=StandIns(goods)))
        if kept
        else None
    )
    if made is None:
        raise NotFound
    await visit.write(
        partial(
            audit.record,
            action="chat.exported",
            admin_id=visit.who.id,
            subject=f"shopper {stands.shopper_id}",
            ip_address=visit.by.ip_address,
        )
    )
    return web.Response(
        body=await asyncio.to_thread(_packed, made),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="chat-{stands.shopper_id}.zip"'},
    )


def _packed(made: Exported) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(f"{made.name}.transcript", made.transcript)
        folder.writestr(f"{made.name}.jsonl", made.twin)
    return packed.getvalue()
