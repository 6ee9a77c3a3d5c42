"""What is said in any chat, seen as soon as it is said, for all the chats that people of the shop have open."""

import asyncio
from contextlib import suppress

from aiohttp import web

from handlers.console.base.visit import SHOP
from handlers.console.base.watch import Watch
from repository.talks.stirred import Stirred, stirred

_EVERY = 0.1  # seconds between two looks while a chat is open: words are to be on the screen within 300 ms
WATCH: web.AppKey[Watch[Stirred]] = web.AppKey("stirring")


def set_up_stirring(app: web.Application) -> None:
    """Let open chats see at once what is said in them; it ends when the server stops.

    Args:
        app: The console.
    """

    async def look() -> Stirred:
        async with app[SHOP].database.connection() as conn:
            return await stirred(conn)

    async def close(_: web.Application) -> None:
        app[WATCH].close()

    app[WATCH] = Watch(look, every=_EVERY, what="what is said")
    app.on_shutdown.append(close)


async def until_stirred(watch: Watch[Stirred], psid: str, known: str | None, *, within: float) -> None:
    """Wait until something is said in a chat.

    Args:
        watch: What sees it.
        psid: Whose chat.
        known: What `stands` said when the chat was looked at.
        within: Seconds after which it is looked at all the same.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            async for _ in watch.changes():
                if stands(watch, psid) != known:
                    return


def stands(watch: Watch[Stirred], psid: str) -> str | None:
    """What stands for all that was said in a chat just now; None where nothing was.

    Args:
        watch: What sees it.
        psid: Whose chat.
    """
    return watch.now.of.get(psid) if watch.now else None
