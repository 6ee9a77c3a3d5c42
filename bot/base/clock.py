"""The time and chance of the program: the only place that reads either.

Whoever replays a conversation moves the time of this process on, and settles what is drawn by lot: see `move` and
`draw_by`. Nobody else does, so that in a shop the time is the world's and what is drawn cannot be guessed.
"""

import base64
import random
import secrets
import time
from datetime import UTC, datetime, timedelta


class _World:
    """What a replay has changed of it."""

    ahead = timedelta()
    lot: random.Random | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _World.ahead


def move(to: datetime | None) -> None:
    """Let it be another time in this process from now on, going on as time does.

    Args:
        to: What time it is now, aware; None for the world's.
    """
    _World.ahead = to - datetime.now(UTC) if to else timedelta()


def ahead() -> timedelta:
    """By how much this process is ahead of the world, nothing except in a replay."""
    return _World.ahead


def draw_by(seed: int | None) -> None:
    """Draw the same tokens and suffixes every time from now on.

    Args:
        seed: Decides which; None for such as nobody can guess.
    """
    _World.lot = None if seed is None else random.Random(seed)  # noqa: S311 - repeatable on purpose


def monotonic() -> float:
    """Seconds on a clock that never goes back, for measuring durations."""
    return time.perf_counter()


def token(size: int = 16) -> str:
    """An unguessable text, safe in addresses and payloads.

    Args:
        size: Bytes of randomness; the text is about a third longer.
    """
    if _World.lot:
        return base64.urlsafe_b64encode(_World.lot.randbytes(size)).rstrip(b"=").decode()
    return secrets.token_urlsafe(size)


def unguessable(size: int) -> bytes:
    """Random bytes, for keys and what belongs to them.

    Args:
        size: How many.
    """
    return secrets.token_bytes(size)


def suffix(length: int = 6) -> str:
    """An unguessable suffix that people can read aloud: no letter that looks like a digit.

    Args:
        length: Characters, about 4.9 bits each.
    """
    choice = _World.lot.choice if _World.lot else secrets.choice
    return "".join(choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(length))


_DOUBLINGS = 30
"""Of a wait, at most: more of them are no time that can be told, however often an upgrade must try."""


def backoff(attempt: int, *, base: timedelta, most: timedelta) -> timedelta:
    """How long to wait before the next attempt: exponential, with full jitter above a half.

    Args:
        attempt: How many attempts have failed, from 1.
        base: The wait after the first failure, before jitter.
        most: The longest wait.
    """
    wait: timedelta = min(base * 2 ** min(attempt - 1, _DOUBLINGS), most)
    jitter: float = 0.5 + secrets.randbelow(1000) / 2000
    return wait * jitter
