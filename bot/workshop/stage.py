"""A whole shop in one process: the server, and an emulated Facebook that talks to it over real sockets."""

import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing

import msgspec
from aiohttp import web

from bot.base.settings import Settings
from bot.run.app import application
from bot.run.door import Door
from bot.run.parts import Parts, running
from bot.workshop.emulator.emulator import Emulator
from bot.workshop.emulator.shopper import Shopper

ECHO_SECONDS = 3.0
"""How long a message in doubt waits for its echo: the emulator's come at once."""


PATIENCE = 30.0
"""Seconds in which the shop stores what comes and has a connection: both wait, however busy the machine is."""


class Stage:
    """A running shop and its emulated Facebook.

    Attributes:
        emulator: The Facebook.
        parts: The shop.
        url: Where the shop's server listens.
    """

    def __init__(self, emulator: Emulator, parts: Parts, url: str) -> None:
        self.emulator = emulator
        self.parts = parts
        self.url = url

    def shopper(self, name: str = "Ana Cruz", *, locale: str = "en_US", timeout: float = 60.0) -> Shopper:
        """Somebody new on Messenger.

        Args:
            name: First and last name.
            locale: As Facebook spells it.
            timeout: How long a turn may take, in seconds.
        """
        return Shopper(self.emulator, name, locale=locale, idle=self.parts.idle, timeout=timeout)


@asynccontextmanager
async def staged(
    settings: Settings,
    *,
    emulator: Emulator | None = None,
    emulator_port: int = 0,
    with_workers: bool = False,
    pictures: bool = False,
    more: Callable[[Emulator], Sequence[web.AbstractRouteDef]] | None = None,
) -> AsyncIterator[Stage]:
    """A shop that serves an emulated Facebook until the block is left.

    Args:
        settings: The shop's settings; those about Facebook are replaced by the emulator's.
        emulator: The Facebook; a new one where None.
        emulator_port: Where it listens; 0 takes a free port.
        with_workers: Whether the background work runs by itself; tests run it by hand.
        pictures: Whether to serve the demo shop's pictures.
        more: Makes further routes of the shop's server, such as the simulator's.
    """
    facebook = emulator or Emulator(page_name=settings.shop_name)
    graph_url = await facebook.start(port=emulator_port)
    try:
        connected = msgspec.structs.replace(
            settings,
            page_access_token=facebook.app.page_token,
            app_secret=facebook.app.app_secret,
            app_id=facebook.app.app_id,
            page_id=facebook.app.page_id,
            verify_token=facebook.app.verify_token,
            graph_api_url=graph_url,
            echo_seconds=min(settings.echo_seconds, ECHO_SECONDS),
        )
        async with running(connected, with_workers=with_workers) as parts:
            parts.receiving.stored_within = parts.database.wait = PATIENCE
            app = application(parts, pictures=pictures, more=more(facebook) if more else ())
            with closing(socket.create_server((settings.host, settings.port))) as held:
                async with Door(proxies=settings.proxies).open(app, held, shutdown_timeout=1):
                    url = f"http://{settings.host}:{held.getsockname()[1]}"
                    facebook.webhook_url = f"{url}/webhook"
                    yield Stage(facebook, parts, url)
    finally:
        await facebook.stop()
