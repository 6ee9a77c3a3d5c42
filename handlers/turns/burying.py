"""A turn that keeps failing: it is buried and shown, and the shopper hears that something went wrong."""

from bot.base import logs, metrics
from handlers.outbound.outbox import Outbox
from handlers.turns.in_force import Shop
from replies.render import render
from replies.trouble import SomethingWentWrong
from repository.aftersales import calling
from repository.chats import conversations, outbox
from repository.database.connection import Connection
from repository.database.errors import DatabaseError, NoRoom

ATTEMPTS_MOST = 3
AGAIN = 1.0  # seconds until a turn is tried again that the database keeps from being done
_log = logs.get("turns")


async def bury_or_retry(shop: Shop, out: Outbox, psid: str, error: Exception) -> float | None:
    """Count a failed attempt at a shopper's oldest turn.

    Args:
        shop: The shop.
        out: Delivers the apology.
        psid: The shopper.
        error: What went wrong.

    Returns:
        Seconds until the next attempt, None where the turn is buried and the next one may go on.
    """
    if isinstance(error, NoRoom):
        return AGAIN  # it is no turn's fault, even where others that write less are still done
    kind = type(error).__name__
    said: list[int] = []

    async def count(conn: Connection) -> bool:
        opened = await conversations.open_turn(conn, psid=psid)
        if opened is None or opened.waiting is None:
            return True
        turn_id = opened.waiting.turn_id
        buried = await conversations.note_failure(conn, turn_id=turn_id, error=kind, most=ATTEMPTS_MOST)
        if buried:
            words = await shop.words(conn, opened.facts.words_version)
            language = shop.rules_known.spoken(opened.facts.language or shop.settings.shop_locale)
            messages = render([SomethingWentWrong()], words, language)
            payloads = [message.payload() for message in messages]
            if opened.facts.shopper_id is not None:
                await calling.call(conn, shopper_id=opened.facts.shopper_id, why="failed")
            said[:] = await outbox.put(conn, psid=psid, messages=payloads, turn_id=turn_id)
        return buried

    try:
        buried = await shop.database.retry(count)
    except DatabaseError:
        return AGAIN
    if not buried:
        return 0.2
    metrics.turns.labels("buried").inc()
    _log.error("turn buried", error=kind)
    out.wake(psid, said)
    return None
