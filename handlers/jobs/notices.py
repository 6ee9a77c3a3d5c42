"""The queue of notices: what the shop says first is put into the outbox, as far as Messenger's rules allow it."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec

from bot.base import clock, logs, metrics
from bot.messenger import utility, window
from bot.messenger.window import Closed, Utility
from handlers.jobs.wishlist.unasked import is_unasked, say_unasked
from handlers.turns.in_force import Shop
from handlers.turns.spoken import offers, plain_text
from replies.notices import notice as notice_of
from replies.render import render
from replies.utility import values
from replies.words import Words
from repository.chats import conversations
from repository.database.connection import Connection
from repository.database.errors import DatabaseError
from repository.notices import queue, templates
from repository.notices.queue import Notice
from repository.work import jobs

_log = logs.get("jobs")
AT_ONCE = 200
"""Notices that are looked at before it is asked anew what is due."""
SHOPPERS_AT_ONCE = 4
"""Shoppers who are told at the same time: a slow turn of one of them keeps nobody else waiting."""
OnOutbox = Callable[[str, Sequence[int]], None]
ASKS = "review_asked"
"""The notice that asks something: what stands on its quick replies can be typed."""


async def say_what_is_due(shop: Shop, on_outbox: OnOutbox) -> None:
    """Say every notice that is due, in the words that are in force now.

    Args:
        shop: The shop.
        on_outbox: As in `say_notices`.
    """
    async with shop.database.connection() as conn:
        due = await jobs.due(conn)
        words = await shop.words(conn, due.words_version)
        await shop.rules(conn, due.rules_version)  # they say which languages are offered
    if due.notices:
        await say_notices(shop, words, on_outbox)


async def say_notices(shop: Shop, words: Words, on_outbox: OnOutbox) -> None:
    """Say every notice that is due.

    Args:
        shop: The shop.
        words: Its words.
        on_outbox: Told a shopper's PSID and the messages' ids once messages to them are committed in the outbox.
    """
    some = asyncio.Semaphore(SHOPPERS_AT_ONCE)

    async def tell(psid: str, ids: Sequence[int]) -> None:
        async with some:
            said = await shop.database.retry(lambda conn: _say_all(conn, shop, psid, ids, words))
        if said:
            on_outbox(psid, said)

    while True:
        async with shop.database.connection() as conn:
            shoppers = await queue.due(conn, most=AT_ONCE)
        if not shoppers:
            return
        for outcome in await asyncio.gather(
            *(tell(psid, ids) for psid, ids in shoppers.items()), return_exceptions=True
        ):
            if isinstance(outcome, BaseException):
                raise outcome


async def _say_all(conn: Connection, shop: Shop, psid: str, ids: Sequence[int], words: Words) -> list[int]:
    """Hand over what is due to a shopper, in order; the ids of the messages."""
    said: list[int] = []
    for notice in await queue.claim(conn, psid=psid, ids=ids):
        in_language = msgspec.structs.replace(notice, language=shop.rules_known.spoken(notice.language))
        said += await _say(conn, shop, in_language, words)
    return said


async def _say(conn: Connection, shop: Shop, notice: Notice, words: Words) -> list[int]:
    """Hand a notice over; the ids of its messages, none where it may not or cannot be said."""
    if notice.channel != "messenger":
        reason = f"The shop cannot send by {notice.channel}: Messenger and e-mail are possible."
        await queue.refuse(conn, notice=notice, reason=reason)
        return _counted("refused", [])
    if notice.outdated_by:
        await queue.drop(conn, notice=notice, reason=f"Not said: the order is {notice.outdated_by} by now.")
        return _counted("outdated", [])
    try:
        if is_unasked(notice):
            rules = await shop.rules(conn, (await jobs.due(conn)).rules_version)
            return _counted(*await say_unasked(conn, notice, words, rules))
        if window.is_open(notice.window_expires_at, clock.now()):
            return await _say_freely(conn, notice, words)
        return await _say_outside(conn, notice, words, shop.further_of(notice.page_id))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  (one wording must not stop the other notices)
        await queue.put_off(conn, notice=notice, reason=f"its words failed: {type(error).__name__}")
        _log.error("notice not said", notice_id=notice.id, error=type(error).__name__, exc_info=error)
        return _counted("failed", [])


async def _say_freely(conn: Connection, notice: Notice, words: Words) -> list[int]:
    """Say a notice as an ordinary message."""
    payloads = _payloads(notice, words)
    if not payloads:
        await queue.refuse(conn, notice=notice, reason="there is nothing to say")
        return _counted("failed", [])
    ids = await queue.hand_over(conn, notice=notice, messages=payloads, text=plain_text(payloads))
    if notice.template_name.endswith(ASKS):
        offered = msgspec.json.encode(offers(payloads)).decode()
        await conversations.offer(conn, psid=notice.psid, offered=offered)
    return _counted("said", ids)


async def _say_outside(conn: Connection, notice: Notice, words: Words, page_id: str) -> list[int]:
    """Say a notice by a template that Meta has approved, else let it wait until its shopper writes, while it may."""
    sendable = await _template(conn, notice, words, page_id)
    how = window.how_to_send(notice.window_expires_at, clock.now(), False, sendable is not None, notice.wrote_at)
    if isinstance(how, Utility) and sendable is not None:
        message, text = sendable
        ids = await queue.hand_over(conn, notice=notice, messages=[message], text=text, messaging_type="UTILITY")
        return _counted("templated", ids)
    if notice.is_too_old:
        reason = f"Not said: the shopper has not written for {queue.WAIT_DAYS} days."
        await queue.drop(conn, notice=notice, reason=reason)
        return _counted("window_closed", [])
    closed = f"{how.reason} {how.next_step}" if isinstance(how, Closed) else ""
    await queue.wait(conn, notice=notice, reason=closed)
    return _counted("waits", [])


async def _template(
    conn: Connection, notice: Notice, words: Words, page_id: str
) -> tuple[dict[str, object], str] | None:
    """The template approved for a page that says a notice, filled, and in plain words; None where there is none."""
    reply = notice_of(notice.template_name, notice.template_data)
    if reply is None:
        return None
    template = await templates.approved(conn, notice=reply.name, language=notice.language, page_id=page_id)
    if template is None:
        return None
    facts = values(reply, notice.language, currency=words.currency)
    wanted = utility.facts_in(template.words)
    if not facts.keys() >= set(wanted):  # a fact that a newer version of the program no longer has
        return None
    known = {name: facts[name] for name in wanted}
    return utility.message(template.name, template.language, known), utility.filled(template.words, known)


def _payloads(notice: Notice, words: Words) -> list[dict[str, object]]:
    """The messages that say a notice: its words filled with its facts, else what the row itself says."""
    reply = notice_of(notice.template_name, notice.template_data)
    if reply is not None:
        return [message.payload() for message in render([reply], words, notice.language)]
    return [{"text": notice.message[:2000]}] if notice.message.strip() else []


def _counted(outcome: str, ids: list[int]) -> list[int]:
    metrics.jobs.labels("notices", outcome).inc()
    return ids
