"""Whether something is said now that nobody asked for, and what it says by then."""

from datetime import datetime, timedelta

import msgspec

from bot.base import clock
from bot.messenger import window
from handlers.jobs.wishlist.nights import morning
from handlers.turns.spoken import offers, plain_text
from replies.base import Reply
from replies.render import render
from replies.unasked import UNASKED, CartReminder, WishNews
from replies.words import Words
from repository.aftersales import quiet
from repository.chats import conversations
from repository.database.connection import Connection
from repository.notices import queue
from repository.notices.queue import Notice
from repository.orders import carts
from repository.rules import Rules
from repository.wishlist import telling

AWAKE = timedelta(minutes=15)
"""Whoever has written so lately is not woken up, at whatever time of night; but is not disturbed in an order either."""
NOT_NOW = timedelta(minutes=30)
"""How long what is unasked waits while a person of the shop speaks with the shopper."""


def is_unasked(notice: Notice) -> bool:
    """Whether nobody has asked for a notice, so that it waits for the day and never goes outside the window."""
    return notice.template_name in UNASKED


async def say_unasked(conn: Connection, notice: Notice, words: Words, rules: Rules) -> tuple[str, list[int]]:
    """Say a notice that nobody asked for, let it wait, or let it go.

    Args:
        conn: The connection that claimed it.
        notice: The notice.
        words: The shop's words.
        rules: Its rules.

    Returns:
        What became of it in a word, and the ids of its messages.
    """
    now = clock.now().astimezone(conn.offset)
    if not window.is_open(notice.window_expires_at, now):
        return await _outside(conn, notice), []
    if later := _later(notice, now, rules):
        await queue.put_off_until(conn, notice=notice, at=later)
        return "put_off", []
    reply = await _reply(conn, notice, now, rules)
    if reply is None:
        await queue.drop(conn, notice=notice, reason="Not said: there is nothing to say of it any more.")
        return "outdated", []
    payloads = [message.payload() for message in render([reply], words, notice.language)]
    ids = await queue.hand_over(conn, notice=notice, messages=payloads, text=plain_text(payloads))
    offered = msgspec.json.encode(offers(payloads)).decode()
    await conversations.offer(conn, psid=notice.psid, offered=offered)
    return "said", ids


async def _outside(conn: Connection, notice: Notice) -> str:
    """What becomes of it outside the window: news wait for the next visit, a cart is spoken of there anyway."""
    if notice.template_name == CartReminder.name or notice.is_too_old:
        await queue.drop(conn, notice=notice, reason="Not said: Messenger's window is closed.")
        return "window_closed"
    await queue.wait(conn, notice=notice, reason="It is said when the shopper writes again.")
    return "waits"


def _later(notice: Notice, now: datetime, rules: Rules) -> datetime | None:
    """When it is said, if not now."""
    if notice.quiet_since and quiet.is_quiet(notice.quiet_since, notice.quiet_reason, now=now, rules=rules):
        return now + NOT_NOW
    if _is_here(notice, now):
        return now + AWAKE if notice.is_ordering else None
    return morning(now, rules)


async def _reply(conn: Connection, notice: Notice, now: datetime, rules: Rules) -> Reply | None:
    """What it says, as things stand now; None where there is nothing to say."""
    if notice.template_name == WishNews.name:
        news = await telling.news(conn, shopper_id=notice.shopper_id, hold_minutes=rules.restock_hold_minutes)
        return WishNews(items=news) if news and rules.wish_news else None
    cart = await carts.cart(conn, shopper_id=notice.shopper_id)
    return CartReminder(cart=cart) if cart.lines and not _is_here(notice, now) and rules.cart_reminder else None


def _is_here(notice: Notice, now: datetime) -> bool:
    return notice.heard_at is not None and now - notice.heard_at < AWAKE
