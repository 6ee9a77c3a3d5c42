"""Pictures that a shopper sent: fetched and kept before the turn that answers them, once, for their links die."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec

from bot.base import clock, logs, metrics
from bot.messenger.event import dump
from bot.messenger.events import AttachmentMessage
from bot.messenger.parts import Attachment
from dialogs.engine.run import Turn
from dialogs.engine.state import State
from repository.chats import inbox
from repository.database.connection import Connection, Database
from repository.files import files
from repository.files.files import Purpose
from repository.files.pictures import NotKept, Picture, prepare
from repository.orders.flags import raise_flag
from repository.payments import proofs

_log = logs.get("pictures")

MOST = 5
"""Pictures of one message that are fetched."""

Get = Callable[[str], Awaitable[bytes]]


class PicturesWait(Exception):
    """A turn cannot be taken before its pictures are fetched.

    Attributes:
        turn_id: `chat_logs.id`.
        event: What was sent.
        state: Where the conversation stands.
        turn: The turn's facts.
    """

    def __init__(self, turn_id: int, event: AttachmentMessage, state: State, turn: Turn) -> None:
        super().__init__(f"turn {turn_id}")
        self.turn_id = turn_id
        self.event = event
        self.state = state
        self.turn = turn


class NotFetched(Exception):
    """A picture could not be had.

    Attributes:
        trouble: "dead" where its address gives none, "elsewhere" where it is not Facebook's, "too_large".
        status: The HTTP status of the answer, 0 where there was none.
    """

    def __init__(self, trouble: str, *, status: int = 0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.status = status


def are_waiting(event: AttachmentMessage) -> bool:
    """Whether a message has pictures that nobody has looked for yet."""
    return any(map(_is_waiting, event.attachments))


class SentPictures:
    """Fetches and keeps them.

    Args:
        database: The shop's database.
        get: Gets what an address holds, or raises `NotFetched`.
    """

    def __init__(self, database: Database, get: Get) -> None:
        self._database = database
        self._get = get
        self._decoding = asyncio.Semaphore(2)

    async def fetch(self, waiting: PicturesWait) -> None:
        """Look for a turn's pictures and note in its event what came of each, so that the turn can be taken.

        Args:
            waiting: What waits for them.

        Raises:
            DatabaseError: That could not be noted; they are looked for again.
        """
        purpose = await self._purpose(waiting)
        wanted = [part for part in waiting.event.attachments if _is_waiting(part)]
        if not purpose:
            found: list[Picture | str] = ["unwanted"] * len(wanted)
        elif self._database.keys is None:
            found = ["no_keys"] * len(wanted)
        else:
            came = await asyncio.gather(*(self._one(part.url) for part in wanted[:MOST]))
            found = [*came, *["too_many"] * (len(wanted) - len(came))]
        for each in found:
            metrics.pictures.labels(each if isinstance(each, str) else "kept").inc()
        came_of = dict(zip(map(id, wanted), found, strict=True))
        await self._database.retry(lambda conn: _note(conn, waiting, came_of, purpose))

    async def _purpose(self, waiting: PicturesWait) -> Purpose | None:
        """What the shopper's pictures can be for now; None for nothing."""
        if waiting.state.pictures is not None:
            return waiting.state.pictures
        async with self._database.connection() as conn:
            orders = await proofs.awaiting(conn, shopper_id=waiting.turn.shopper_id, rules=waiting.turn.rules)
            if orders and conn.keys is None:
                # The merchant sees which order waits for it, and why.
                note = "The shopper sent a picture, which cannot be kept: FILES_KEY is not set."
                await raise_flag(conn, order_id=orders[0].order_id, kind="picture", note=note)
        if not orders:
            return None
        return "proof" if any(order.payment for order in orders) else "identity"

    async def _one(self, address: str) -> Picture | str:
        """A picture that can be kept, or why it cannot."""
        try:
            sent = await self._get(address)
            async with self._decoding:
                return await asyncio.to_thread(prepare, sent)
        except (NotFetched, NotKept) as refused:
            return refused.trouble
        except Exception as error:  # noqa: BLE001  (whatever an address does, the shopper gets an answer)
            _log.error("picture not fetched", error=type(error).__name__, exc_info=error)
            return "dead"


async def _note(
    conn: Connection, waiting: PicturesWait, found: dict[int, Picture | str], purpose: Purpose | None
) -> None:
    """Keep the pictures and write into the event what came of each, in one transaction."""
    until = clock.now() + timedelta(days=waiting.turn.rules.unclaimed_kept_days)
    looked_for: list[Attachment] = []
    for part in waiting.event.attachments:
        came = found.get(id(part))
        if isinstance(came, Picture) and purpose is not None:
            file_id = await files.keep(conn, purpose=purpose, picture=came, delete_after=until)
            looked_for.append(msgspec.structs.replace(part, file_id=file_id))
        elif isinstance(came, str):
            looked_for.append(msgspec.structs.replace(part, trouble=came))
        else:
            looked_for.append(part)
    event = msgspec.structs.replace(waiting.event, attachments=tuple(looked_for))
    await inbox.note_pictures(conn, turn_id=waiting.turn_id, event=dump(event).decode())


def _is_waiting(part: Attachment) -> bool:
    return part.type == "image" and bool(part.url) and not part.file_id and not part.trouble
