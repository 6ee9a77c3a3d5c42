"""Passwords of merchants: what is accepted as one, and bcrypt in a thread of its own."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from typing import TypeVar

import bcrypt

from repository.database.errors import ShopError
from repository.staff.published import PUBLISHED_HASH

Answer = TypeVar("Answer")

ROUNDS = 12
"""Of bcrypt: about a quarter of a second."""
LEAST = 10  # characters
MOST = 72  # bytes; bcrypt looks at no more
_DISTINCT_LEAST = 5
_KNOWN = ("password", "quicksell", "1234567890", "qwertyuiop", "letmein", "admin123")
_THREADS = ThreadPoolExecutor(2, "passwords")  # so that a flood of logins leaves the processor to the shoppers


class PasswordRefused(ShopError):
    """This cannot be a password.

    Attributes:
        reason: Why, for the person who chose it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def refuse_weak(password: str, *, not_like: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long, or what an attacker tries first.

    Args:
        password: What somebody chose.
        not_like: What it must not be made of, such as the account's name.

    Raises:
        PasswordRefused: It is one of these.
    """
    if len(password) < LEAST:
        raise PasswordRefused(
            f"Please use {LEAST} characters or more. A few words that only you would put together work."
        )
    if len(_bytes(password)) > MOST:
        raise PasswordRefused(f"That is too long: {MOST} bytes at most. Accents and emoji count as several.")
    folded = password.casefold()
    if len(set(folded)) < _DISTINCT_LEAST:
        raise PasswordRefused("That repeats itself too much. Please mix in other characters.")
    common = [word for word in (*_KNOWN, *not_like) if word and word.casefold() in folded]
    if any(len(folded) - len(word) < _DISTINCT_LEAST for word in common):
        raise PasswordRefused("That is too easy to guess. Please choose something else.")


async def hashed(password: str, *, rounds: int = ROUNDS) -> str:
    """The bcrypt hash of a password.

    Args:
        password: One that `refuse_weak` has let through.
        rounds: Of bcrypt; each one more doubles the time.

    Raises:
        PasswordRefused: It is the password behind the hash that the public guide prints.
    """
    is_published, made = await asyncio.gather(
        _in_thread(bcrypt.checkpw, _bytes(password), PUBLISHED_HASH.encode()),
        _in_thread(bcrypt.hashpw, _bytes(password), bcrypt.gensalt(rounds)),
    )
    if is_published:
        raise PasswordRefused("That one is printed in a public guide. Please choose something else.")
    return made.decode()


async def matches(password: str, password_hash: str | None, *, rounds: int = ROUNDS) -> bool:
    """Whether a password belongs to a hash; the guide's published hash belongs to none. Every answer takes as long.

    Args:
        password: What somebody typed.
        password_hash: What is stored; None where there is no such account.
        rounds: Of bcrypt, for the time it takes where there is none.
    """
    given = _bytes(password)
    may_match = bool(password_hash) and password_hash != PUBLISHED_HASH and len(given) <= MOST
    if may_match and password_hash:
        with suppress(ValueError):  # no hash at all
            return await _in_thread(bcrypt.checkpw, given, password_hash.encode())
    await _in_thread(bcrypt.checkpw, given[:MOST], await _in_thread(_nobodys, rounds))
    return False


async def _in_thread(work: Callable[..., Answer], *arguments: object) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, partial(work, *arguments))


@cache
def _nobodys(rounds: int) -> bytes:
    return bcrypt.hashpw(b"nobody", bcrypt.gensalt(rounds))


def _bytes(password: str) -> bytes:
    """The bytes that are hashed: the same for every keyboard that writes the same letters."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")
