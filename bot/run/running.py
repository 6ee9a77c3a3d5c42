"""What sub-commands share: settings, the event loop, and an end on Ctrl-C."""

import asyncio
import gc
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import TypeVar

from bot.base import settings as settings_
from bot.base.exits import MISSING, Failure
from bot.base.settings import Settings

Answer = TypeVar("Answer")

GARBAGE = 20_000, 20, 50
"""How much is made before what nobody holds any more is looked for: what is made for a turn goes by itself."""


def load_settings() -> Settings:
    """The settings of the environment and of `.env` in the working folder."""
    return settings_.load(Path(".env"))


def needed(settings: Settings) -> Settings:
    """The settings, where everything that a production server cannot do without is there.

    Raises:
        Failure: Something is missing; each is named.
    """
    missing = []
    if not settings.database.is_given:
        missing.append("DB_USER (and DB_PASSWORD, DB_HOST or DB_SOCKET): the account of the shop's database")
    if not settings.secret_key:
        missing.append("SECRET_KEY: 32 or more random characters, such as `openssl rand -hex 32` prints")
    elif len(settings.secret_key) < 16:
        missing.append("a longer SECRET_KEY: it has fewer than 16 characters")
    if missing:
        raise Failure("Set in the environment or in .env:\n  " + "\n  ".join(missing), MISSING)
    return settings


def lacking(settings: Settings) -> list[str]:
    """What a server runs without, though it should not for long, each as a sentence with what to do.

    Args:
        settings: This process's settings.
    """
    sentences = []
    if not settings.has_facebook:
        sentences.append(
            "the environment connects no page: the webhook answers 503 until one is connected in the console, or by "
            "PAGE_ACCESS_TOKEN, APP_SECRET and VERIFY_TOKEN"
        )
    if not settings.files_key:
        sentences.append(
            "pictures of payments and IDs are not kept until FILES_KEY is set: `openssl rand -hex 32` makes one"
        )
    return sentences


def run(work: Coroutine[object, object, Answer]) -> Answer:
    """Run the work to its end on the fastest event loop there is.

    Args:
        work: What to do.
    """
    # The program's own objects live as long as it does: looking through them again and again finds nothing.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def until_stopped() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
