"""Merchants are told: in the console, by mail, and in the Messenger chats that they have linked."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.base import clock, logs, metrics
from bot.messenger import window
from bot.messenger.messages import Text
from handlers.jobs.mails import Mails
from handlers.turns.in_force import Shop
from handlers.turns.spoken import plain_text
from replies.merchants import (
    LowStock,
    NewOrder,
    OrderFlagged,
    PageStopped,
    PageWarned,
    PersonNeeded,
    ProofWaiting,
    ToMerchant,
)
from replies.render import render
from replies.words import Words
from repository.database.connection import Connection
from repository.notices import merchants, sending
from repository.notices.merchants import Seed
from repository.work import jobs

_log = logs.get("jobs")
AT_ONCE = 50
LOOK_BACK = 2000
"""Changes of stocks that are looked at when a process starts: it may have been long since another one looked."""
STEP = 2000
"""Changes of stocks that are looked at in one question."""
FORGET_EVERY = 3600.0
"""Seconds between two looks at what merchants were told long ago."""
OUTSIDE = "Messenger's window is closed: write anything to the page from that chat, and you are told there again."


class Telling:
    """Tells merchants what they want to hear. Any number of these may run, in any number of processes.

    Args:
        shop: The shop.
        mails: Its way to send mails.
        on_outbox: Told a PSID and the messages' ids once messages are committed in the outbox.
    """

    def __init__(self, shop: Shop, mails: Mails, on_outbox: Callable[[str, Sequence[int]], None]) -> None:
        self._shop = shop
        self._mails = mails
        self._on_outbox = on_outbox
        self._forgot_at = -FORGET_EVERY
        self._seen: int | None = None  # `inventory_logs.id` up to which stocks were looked at

    async def run_due(self) -> None:
        """Tell whatever is to be told now.

        Raises:
            DatabaseError: The database cannot be asked; what was begun is undone and stays due.
        """
        await self._gather()
        if clock.monotonic() - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = clock.monotonic()
            async with self._shop.database.connection() as conn:
                rules = await self._shop.rules(conn, (await jobs.due(conn)).rules_version)
                await merchants.forget(conn, days=rules.notice_kept_days)
        async with self._shop.database.connection() as conn:
            words = await self._shop.words(conn, (await jobs.due(conn)).words_version)
            mail = await self._mails.server(conn)
        while await self._shop.database.retry(lambda conn: self._hand_out(conn, words, can_mail=mail is not None)):
            continue
        await self._say_in_chats()
        await self._mails.send_due(mail, words)

    async def _gather(self) -> None:
        async with self._shop.database.connection() as conn:
            newest = await merchants.newest_change(conn)
            after = max(0, newest - LOOK_BACK) if self._seen is None else self._seen
            while True:
                upto = min(newest, after + STEP)
                await merchants.gather(conn, after=after, upto=upto)
                after = self._seen = upto
                if upto >= newest:
                    return

    async def _hand_out(self, conn: Connection, words: Words, *, can_mail: bool) -> bool:
        seeds = await merchants.claim(conn, most=AT_ONCE)
        if not seeds:
            return False
        to = await merchants.listeners(conn)
        settings = self._shop.settings
        for seed in seeds:
            with_link = said_of(seed, settings.public_url)
            await merchants.tell(
                conn,
                seed=seed,
                words=_in_words(said_of(seed, ""), words, "en"),  # a page of the console has buttons
                to=to,
                in_mail=_in_words(with_link, words, "en") if can_mail else "",
                in_chat=_in_words(with_link, words, settings.shop_locale),
            )
            metrics.jobs.labels("merchants", seed.kind).inc()
        return len(seeds) == AT_ONCE

    async def _say_in_chats(self) -> None:
        async with self._shop.database.connection() as conn:
            psids = await sending.chats_due(conn, most=AT_ONCE)
        for psid in psids:
            ids = await self._shop.database.retry(partial(_say, psid=psid))
            if ids:
                self._on_outbox(psid, ids)


def _in_words(reply: ToMerchant, words: Words, locale: str) -> str:
    return plain_text([message.payload() for message in render([reply], words, locale)])


async def _say(conn: Connection, psid: str) -> list[int]:
    """Hand over what is to be said in a merchant's chat; the ids of the messages."""
    notices, window_expires_at = await sending.claim_chat(conn, psid=psid)
    if not notices:
        return []
    ids = [notice.id for notice in notices]
    how = window.how_to_send(window_expires_at, clock.now(), typed_by_person=False, has_template=False)
    if not isinstance(how, window.Free):
        await sending.not_said_in_chat(conn, ids=ids, reason=OUTSIDE)
        return []
    messages = [Text(notice.words).payload() for notice in notices]
    return await sending.said_in_chat(conn, psid=psid, ids=ids, messages=messages)


def said_of(seed: Seed, public_url: str) -> ToMerchant:
    """What has happened, as merchants are told.

    Args:
        seed: What has happened.
        public_url: Where browsers reach the console; empty where nobody has said.
    """
    console = f"{public_url.rstrip('/')}/console" if public_url else ""
    order = f"{console}/orders/{seed.order_id}" if console and seed.order_id else ""
    match seed.kind:
        case "new_order":
            return NewOrder(number=seed.number, total=seed.total, shopper=seed.shopper, link=order)
        case "proof_waiting":
            queue = f"{console}/verification" if console else ""
            return ProofWaiting(number=seed.number, what=seed.what, link=queue)
        case "low_stock":
            return LowStock(product=seed.product, left=seed.left)
        case "person":
            chat = f"{console}/inbox/{seed.shopper_id}" if console and seed.shopper_id else ""
            return PersonNeeded(shopper=seed.shopper, why=seed.what, link=chat)
        case "page":
            return PageStopped(what=seed.what, link=f"{console}/connect" if console else "")
        case "policy":
            return PageWarned(what=seed.what, reason=seed.note[:300])
        case _:
            return OrderFlagged(number=seed.number, what=seed.what, note=seed.note[:300], link=order)
