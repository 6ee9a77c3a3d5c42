"""The queue of notices: what the shop says unasked is put into the outbox, where Messenger's rules allow it."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from bot.base import logs, metrics
from handlers.turns.in_force import Shop
from handlers.turns.spoken import offers, plain_text
from replies.notices import notice as notice_of
from replies.render import render
from replies.words import Words
from repository.chats import conversations, notices
from repository.chats.notices import Notice
from repository.database.connection import Connection

_log = logs.get("jobs")
AT_ONCE = 20
ASKS = "review_asked"
"""The notice that asks something: what stands on its quick replies can be typed."""


async def say_notices(shop: Shop, words: Words, on_outbox: Callable[[str, Sequence[int]], None]) -> None:
    """Say every notice that is due.

    Args:
        shop: The shop.
        words: Its words.
        on_outbox: Told a shopper's PSID and the messages' ids once messages to them are committed in the outbox.
    """
    while True:
        said: defaultdict[str, list[int]] = defaultdict(list)

        async def work(conn: Connection, said: defaultdict[str, list[int]] = said) -> int:
            said.clear()
            claimed = await notices.claim(conn, most=AT_ONCE)
            for each in claimed:
                said[each.psid] += await _say(conn, each, words)
            return len(claimed)

        count = await shop.database.retry(work)
        for psid, ids in said.items():
            if ids:
                on_outbox(psid, ids)
        if count < AT_ONCE:
            return


async def _say(conn: Connection, notice: Notice, words: Words) -> list[int]:
    """Hand a notice over; the ids of its messages, none where it may not or cannot be said."""
    if not notice.window_open:
        await notices.refuse(conn, notice=notice, reason="window closed")
        metrics.jobs.labels("notices", "window_closed").inc()
        return []
    try:
        payloads = _payloads(notice, words)
    except Exception as error:  # noqa: BLE001  (one wording must not stop the other notices)
        await notices.put_off(conn, notice=notice, reason=f"its words failed: {type(error).__name__}")
        metrics.jobs.labels("notices", "failed").inc()
        _log.error("notice not said", notice_id=notice.id, error=type(error).__name__, exc_info=error)
        return []
    if not payloads:
        await notices.refuse(conn, notice=notice, reason="there is nothing to say")
        return []
    ids = await notices.hand_over(conn, notice=notice, messages=payloads, text=plain_text(payloads))
    if notice.template_name.endswith(ASKS):
        offered = msgspec.json.encode(offers(payloads)).decode()
        await conversations.offer(conn, psid=notice.psid, offered=offered)
    metrics.jobs.labels("notices", "said").inc()
    return ids


def _payloads(notice: Notice, words: Words) -> list[dict[str, object]]:
    """The messages that say a notice: its words filled with its facts, else what the row itself says."""
    reply = notice_of(notice.template_name, notice.template_data)
    if reply is not None:
        return [message.payload() for message in render([reply], words, notice.language)]
    return [{"text": notice.message[:2000]}] if notice.message.strip() else []
