"""The time and chance of the program: the only place that reads either."""

import secrets
import time
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that never goes back, for measuring durations."""
    return time.perf_counter()


def token(size: int = 16) -> str:
    """An unguessable text, safe in addresses and payloads.

    Args:
        size: Bytes of randomness; the text is about a third longer.
    """
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
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(length))


def backoff(attempt: int, *, base: timedelta, most: timedelta) -> timedelta:
    """How long to wait before the next attempt: exponential, with full jitter above a half.

    Args:
        attempt: How many attempts have failed, from 1.
        base: The wait after the first failure, before jitter.
        most: The longest wait.
    """
    wait: timedelta = min(base * 2 ** (attempt - 1), most)
    jitter: float = 0.5 + secrets.randbelow(1000) / 2000
    return wait * jitter
