"""Messages that come faster than anybody types: they are kept, not answered one by one, and the shopper hears why."""

from bot.base import logs, metrics
from handlers.outbound.outbox import Outbox
from handlers.turns.in_force import Shop
from replies.render import render
from replies.trouble import TooManyMessages
from repository.chats import conversations, inbox, outbox
from repository.database.connection import Connection

_log = logs.get("turns")


async def calm(shop: Shop, out: Outbox, psid: str, *, tells: bool) -> bool:
    """Answer nothing of what waits of a shopper.

    Args:
        shop: The shop.
        out: Delivers the word that they get.
        psid: The shopper.
        tells: Whether they get one.

    Returns:
        Whether that is done; not for somebody who has never been here, whose first message is answered.
    """
    said: list[int] = []

    async def pass_over(conn: Connection) -> int | None:
        said.clear()
        opened = await conversations.open_turn(conn, psid=psid)
        if opened is None:
            return None
        await shop.rules(conn, opened.facts.rules_version)  # they say how much is too much
        passed = await inbox.pass_over(conn, psid=psid)
        if passed and tells and opened.conversation.quiet_since is None:
            words = await shop.words(conn, opened.facts.words_version)
            language = shop.rules_known.spoken(opened.facts.language or shop.settings.shop_locale)
            payloads = [message.payload() for message in render([TooManyMessages()], words, language)]
            said[:] = await outbox.put(conn, psid=psid, messages=payloads)
        return passed

    passed = await shop.database.retry(pass_over)
    if passed is None:
        return False
    metrics.turns.labels("flood").inc(passed)
    if said:
        _log.warning("too many messages of one shopper", messages=passed)
        out.wake(psid, said)
    return True
