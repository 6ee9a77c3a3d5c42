"""The turns of a day, as they are counted: read a few at a time, by when they came, so that nobody waits for them."""

import re
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import msgspec

from bot.messenger.events import load
from bot.messenger.parts import ReferralDetails
from repository.database.connection import Connection

AT_ONCE = 200
_AT = re.compile(r'^\{"at":"([a-z_.]+)"')
_PRODUCT = re.compile(r'^\{"at":"product(?:\.variant)?","product_id":(\d+)')
_SOURCES = (("ad", "ad_id"), ("post", "post_id"), ("ref", "ref"), ("product", "product_id"))
_POST = re.compile(r"^post[:_-](.+)$", re.IGNORECASE)


class CountedTurn(msgspec.Struct, frozen=True):
    """A turn, with what is counted of it.

    Attributes:
        id: `chat_logs.id`.
        shopper_id: `users.id`; 0 for somebody unknown.
        psid: The shopper's PSID.
        created_at: When it was received.
        kind: `chat_logs.message_type`.
        intent: What the bot made of it.
        words: The first of what was typed.
        state: JSON of where the conversation stood afterwards, its beginning.
        decided_ms: From its receipt until it was decided; None where nobody measured.
        sent_ms: From then until Facebook had the first message; None where nothing was said.
        shows: Whether products were shown.
        fills: Whether something was put into the cart.
        recording: JSON of what it depended on, where a canned reply or a shelf that was empty is in it; else empty.
        event: JSON of the event, where it says where the shopper came from; else empty.
    """

    id: int
    shopper_id: int
    psid: str
    created_at: datetime
    kind: str
    intent: str
    words: str
    state: str
    decided_ms: int | None
    sent_ms: int | None
    shows: bool
    fills: bool
    recording: str
    event: str

    @property
    def at(self) -> str:
        """The tag of the state, empty where there is none."""
        found = _AT.match(self.state)
        return found[1] if found else ""

    @property
    def product_id(self) -> int:
        """The product that was opened, 0 where none was."""
        found = _PRODUCT.match(self.state)
        return int(found[1]) if found else 0

    @property
    def source(self) -> str:
        """Where the shopper came from by this, such as "ad:2300012"; empty where it does not say."""
        referral = getattr(load(self.event), "referral", None) if self.event else None
        return named(referral) if isinstance(referral, ReferralDetails) else ""


class _Ask(msgspec.Struct, frozen=True):
    ask: str
    arguments: dict[str, object] = {}
    answer: object = None
    refusal: str = ""


class _Recording(msgspec.Struct, frozen=True):
    asks: tuple[_Ask, ...] = ()


class Recorded(msgspec.Struct, frozen=True):
    """What a recording tells.

    Attributes:
        canned: `chatbot_replies.id` of the canned reply that answered; 0 for none.
        words: Its words, as the shop has them.
        sold_out: `products.id` of what was wanted and not there; 0 for none.
    """

    canned: int = 0
    words: str = ""
    sold_out: int = 0


_recording = msgspec.json.Decoder(_Recording)


def recorded(turn: CountedTurn) -> Recorded:
    """What the recording of a turn tells.

    Args:
        turn: The turn.
    """
    if not turn.recording:
        return Recorded()
    try:
        asks = _recording.decode(turn.recording).asks
    except msgspec.DecodeError:
        return Recorded()  # of a program that wrote it otherwise
    canned, words, sold_out = 0, "", 0
    for ask in asks:
        if ask.ask in ("canned.best", "canned.closest", "canned.picked") and isinstance(ask.answer, dict):
            canned, words = _whole(ask.answer.get("id")), str(ask.answer.get("response", ""))
        if ask.refusal == "OutOfStock":
            sold_out = _whole(ask.arguments.get("product_id"))
    return Recorded(canned, words, sold_out)


def named(referral: ReferralDetails) -> str:
    """What a source is called in the figures, such as "ref:facebook-bio"; empty where it says nothing.

    Args:
        referral: What Facebook said.
    """
    post = _POST.match(referral.ref)
    if post:
        return f"post:{post[1]}"[:190]
    for kind, field in _SOURCES:
        if value := str(getattr(referral, field, "")).strip():
            value = value.rpartition("_")[2] if kind == "post" else value  # without the page's id in front
            return f"{kind}:{value}"[:190]
    return f"ref:{referral.source.lower()}"[:190] if referral.source else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


_READING = """
    SELECT l.id, COALESCE(u.id, 0), l.user_id, l.created_at, l.message_type, COALESCE(l.intent, ''),
        COALESCE(LEFT(l.user_message, 40), ''), COALESCE(LEFT(l.state_after, 80), ''), l.response_time_ms,
        (SELECT TIMESTAMPDIFF(MICROSECOND, l.decided_at, MIN(b.sent_at)) DIV 1000 FROM outbox b
         WHERE b.turn_id = l.id AND b.status = 'sent'),
        COALESCE(l.recording LIKE '%%["browsing.products"%%', FALSE),
        COALESCE(l.recording LIKE '%%["cart.added"%%', FALSE),
        CASE WHEN l.recording LIKE '%%"ask":"canned.%%"answer":{"id"%%' OR l.recording LIKE '%%"refusal":"OutOfStock"%%'
            THEN l.recording ELSE '' END,
        CASE WHEN l.event LIKE '%%"referral":{%%' THEN l.event ELSE '' END
    FROM chat_logs l FORCE INDEX (ix_chat_logs_created) LEFT JOIN users u ON u.messenger_id = l.user_id
    WHERE l.created_at >= %(since)s AND l.created_at < %(until)s AND (l.created_at > %(since)s OR l.id > %(after)s)
        AND l.turn_status = 'done'
    ORDER BY l.created_at, l.id LIMIT %(most)s
"""


async def turns(conn: Connection, *, day: date) -> AsyncIterator[list[CountedTurn]]:
    """The turns of a day that are done, in pieces, oldest first.

    Args:
        conn: A connection on which each statement stands alone, so that none holds anything while the next is awaited.
        day: Of the shop.
    """
    since: datetime | str = f"{day} 00:00:00"
    after = 0
    while True:
        piece = await conn.all(
            CountedTurn, _READING, since=since, until=f"{day + timedelta(days=1)} 00:00:00", after=after, most=AT_ONCE
        )
        if piece:
            yield piece
            since, after = piece[-1].created_at, piece[-1].id
        if len(piece) < AT_ONCE:
            return
