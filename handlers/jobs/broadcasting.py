"""Broadcasts on their way: the next shoppers of each are written to, as fast as it may go, each of them once."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.base import clock, logs, metrics
from bot.messenger import window
from handlers.turns.in_force import Shop
from replies.broadcasts import Broadcast
from replies.render import render
from replies.words import Words
from repository.broadcasts import figures, sending
from repository.broadcasts.edits import BroadcastBody
from repository.broadcasts.sending import Piece
from repository.catalogue import products
from repository.catalogue.cards import ProductCard
from repository.database.connection import Connection
from repository.rules import Rules

_log = logs.get("jobs")
OnOutbox = Callable[[str, Sequence[int]], None]


async def send_broadcasts(shop: Shop, words: Words, on_outbox: OnOutbox) -> None:
    """Write to the next shoppers of every broadcast that is under way.

    Each shopper is a transaction of its own behind the lock of the conversation: whoever dies in between has written to
    nobody twice, and another process goes on with the next.

    Args:
        shop: The shop.
        words: Its words.
        on_outbox: Told a shopper's PSID and the messages' ids once messages to them are committed in the outbox.
    """
    async with shop.database.connection() as conn:
        pieces = await sending.next_pieces(conn)
        cards = {piece.broadcast_id: await _card(conn, piece.body) for piece in pieces}
    for piece in pieces:
        for user_id in piece.user_ids:
            card = cards[piece.broadcast_id]
            tell = partial(_tell, piece=piece, user_id=user_id, card=card, words=words, rules=shop.rules_known)
            said = await shop.database.retry(tell)
            if said is not None:
                on_outbox(*said)
    async with shop.database.connection() as conn:
        await figures.settle(conn)


async def _card(conn: Connection, body: BroadcastBody) -> ProductCard | None:
    found = await products.by_skus(conn, skus=[body.product]) if body.product else ()
    return found[0] if found else None


async def _tell(
    conn: Connection, *, piece: Piece, user_id: int, card: ProductCard | None, words: Words, rules: Rules
) -> tuple[str, list[int]] | None:
    """Write to one shopper, unless that may not be or is not wanted any more; the PSID and the messages' ids."""
    person = await sending.lock(conn, broadcast_id=piece.broadcast_id, user_id=user_id)
    if person is None or not person.wants or not window.is_open(person.window_expires_at, clock.now()):
        await sending.skip(conn, broadcast_id=piece.broadcast_id, user_id=user_id)
        metrics.jobs.labels("broadcasts", "skipped").inc()
        return None
    if person.is_quiet:  # somebody has a complaint, or talks with a person
        await sending.skip(conn, broadcast_id=piece.broadcast_id, user_id=user_id)
        metrics.jobs.labels("broadcasts", "quiet").inc()
        return None
    said = Broadcast(words=piece.body.words, first_name=(person.name.split() or [""])[0], product=card)
    payloads = [message.payload() for message in render([said], words, rules.spoken(person.language))]
    ids = await sending.hand_over(
        conn, broadcast_id=piece.broadcast_id, user_id=user_id, psid=person.psid, messages=payloads
    )
    metrics.jobs.labels("broadcasts", "said").inc()
    return person.psid, ids
