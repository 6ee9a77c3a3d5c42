"""What people do in a chat: write, note, give it back to the bot, see to it, put it off."""

import asyncio
from hashlib import blake2b
from typing import Literal

import msgspec
from aiohttp import web

from bot.base import clock, logs
from bot.messenger.errors import GraphError
from bot.messenger.window import Closed, HumanAgent
from bot.messenger.wording import split_text
from handlers.console.base.guard import is_script
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.inbox import chat as chats
from handlers.console.inbox.listing import view_of
from handlers.outbound.outbox import Outbox
from repository.aftersales import quiet
from repository.database.connection import Connection
from repository.talks import canned, opening, writing
from repository.talks.opening import Standing

OUTBOX = web.AppKey("outbox", Outbox)
"""Delivers what a person typed, once it is committed; without it whoever looks after the table does."""
TAKING_SECONDS = 5.0
"""How long Facebook may take to hand over a thread."""
_log = logs.get("console")
WORDS_MOST = 8000
"""Characters; more than Messenger takes at once are sent as several messages."""


class Written(msgspec.Struct, frozen=True):
    """What became of words that a script sent.

    Attributes:
        wrong: Why they were not sent; empty where they were.
        key: What the next words are sent with.
    """

    wrong: str
    key: str


class _NotSent(Exception):
    """The words are not sent; the reason says why."""


class Picked(msgspec.Struct, frozen=True):
    """A canned reply, its variables filled."""

    keyword: str
    words: str


class Offered(msgspec.Struct, frozen=True):
    """Canned replies that fit what was typed."""

    replies: list[Picked]


async def write(visit: Visit) -> web.StreamResponse:
    """Write to the shopper."""
    words, key = visit.field("words"), visit.form.get("key", "")
    try:
        await _take_thread(visit)
        psid, ids = await _write(visit, words, key)
    except _NotSent as refusal:
        reason = str(refusal)
        if is_script(visit.request):
            return visit.json(Written(reason, key))
        return await chats.show(visit, status=409, words=words, wrong=reason)
    if ids and OUTBOX in visit.request.config_dict:
        visit.request.config_dict[OUTBOX].wake(psid, ids)
    if is_script(visit.request):
        return visit.json(Written("", clock.token()))
    return visit.to(_back(visit))


async def _take_thread(visit: Visit) -> None:
    """Take the thread where another app has it: Facebook takes messages of that app alone.

    Where it does not let us, the message fails, and its line says so.
    """
    async with visit.shop.database.connection() as conn:
        stands = await _standing(conn, visit)
    graph = visit.ways.of(stands.page_id)
    if graph is None or stands.quiet_reason != quiet.TAKEN:
        return
    try:
        async with asyncio.timeout(TAKING_SECONDS):
            await graph.thread_control(stands.psid, "take")
    except (GraphError, TimeoutError) as error:
        _log.warning("thread not taken", error=type(error).__name__)


async def _write(visit: Visit, words: str, key: str) -> tuple[str, list[int]]:
    seen = whole(visit.form.get("typed", ""))
    if not words:
        raise _NotSent("Nothing was typed yet.")
    if len(words) > WORDS_MOST:
        raise _NotSent(f"That is {len(words):,} characters: {WORDS_MOST:,} are the most. Please send it in parts.")
    if not 16 <= len(key) <= 64:
        raise _NotSent("This page is too old. Please load it again.")
    typed_key = blake2b(f"{visit.who.id} {key}".encode("utf-8", "replace"), digest_size=16).digest()

    async def work(conn: Connection) -> tuple[str, list[int]]:
        stands = await _standing(conn, visit)
        now = clock.now().astimezone(visit.shop.database.offset)
        how = chats.how_to_write(stands, await visit.rules(conn), now)
        if isinstance(how, Closed):
            raise _NotSent(f"{how.reason} {how.next_step}")
        if await writing.newest(conn, psid=stands.psid, but_by=visit.who.id) > seen:
            raise _NotSent("A colleague wrote to them meanwhile. Look at it first; then send yours again, or not.")
        kind: Literal["RESPONSE", "MESSAGE_TAG"] = "MESSAGE_TAG" if isinstance(how, HumanAgent) else "RESPONSE"
        ids = await writing.write(
            conn,
            psid=stands.psid,
            texts=split_text(words),
            typed_key=typed_key,
            admin_id=visit.who.id,
            messaging_type=kind,
            at=now,
        )
        return stands.psid, ids

    return await visit.write(work)


async def note(visit: Visit) -> web.Response:
    """Keep a note among colleagues."""
    words = visit.field("note")
    if not words:
        return visit.to(_back(visit), Notice("There was nothing in that note.", is_bad=True))

    async def work(conn: Connection) -> None:
        stands = await _standing(conn, visit)
        await opening.note(conn, psid=stands.psid, words=words, admin_id=visit.who.id)

    await visit.write(work)
    return visit.to(_back(visit))


async def give_back(visit: Visit) -> web.Response:
    """Let the bot answer again."""

    async def work(conn: Connection) -> bool:
        return await quiet.give_back(conn, psid=(await _standing(conn, visit)).psid)

    was_quiet = await visit.write(work)
    said = "The bot answers in this chat again." if was_quiet else "The bot answered in this chat already."
    return visit.to(_back(visit), Notice(said))


async def assign(visit: Visit) -> web.Response:
    """Say who sees to the chat."""
    admin_id = whole(visit.form.get("admin_id", "")) or None

    async def work(conn: Connection) -> None:
        await opening.assign(conn, psid=(await _standing(conn, visit)).psid, admin_id=admin_id)

    await visit.write(work)
    return visit.to(_back(visit))


async def snooze(visit: Visit) -> web.Response:
    """Put the chat off, or bring it back."""
    now = clock.now().astimezone(visit.shop.database.offset)
    until = chats.snoozed_until(visit.form.get("until", ""), now)

    async def work(conn: Connection) -> None:
        await opening.snooze(conn, psid=(await _standing(conn, visit)).psid, until=until)

    await visit.write(work)
    said = "Put off: it comes back then, or when they write again." if until else "It is in your list again."
    return visit.to(_back(visit), Notice(said))


async def typing(visit: Visit) -> web.Response:
    """Let colleagues see that one types."""
    async with visit.shop.database.connection() as conn:
        await opening.types(conn, psid=(await _standing(conn, visit)).psid, admin_id=visit.who.id)
    return visit.json(Written("", ""))


async def offer(visit: Visit) -> web.Response:
    """Canned replies for what stands behind the "/" in the composer."""
    text = visit.request.query.get("q", "")[:100].replace("\0", "").strip()
    async with visit.shop.database.connection() as conn:
        chat = await chats.opened(conn, visit)
        values = await chats.known(conn, visit, chat)
        replies = await canned.found(conn, text=text, language="en", most=8)
    return visit.json(Offered([Picked(one.keyword, canned.filled(one.words, values)) for one in replies]))


async def _standing(conn: Connection, visit: Visit) -> Standing:
    return await opening.standing(conn, shopper_id=min(visit.number("id"), 2**31 - 1))


def _back(visit: Visit) -> str:
    return f"/inbox/{visit.number('id')}?view={view_of(visit)}"
