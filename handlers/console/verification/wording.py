"""What the shopper will read of a refusal, before it is sent."""

from aiohttp import web

from bot.messenger.messages import Text, split
from handlers.console.base.nouns.preview import Tried, as_sent, bubbles
from handlers.console.base.visit import Visit
from repository.verification import cases, reasons


async def preview(visit: Visit) -> web.Response:
    """The bubbles of a refusal, in the shopper's language."""
    async with visit.shop.database.connection() as conn:
        case = await cases.opened(conn, proof_id=visit.number("id"))
        reason = await reasons.named(conn, name=visit.field("reason"))
    said = "\n\n".join(part for part in (reason.words(case.order.language), visit.field("note")) if part)
    return bubbles(visit, Tried(messages=as_sent(split(Text(said)))))
