"""The emulator: a Graph API on a real socket, and webhooks to the bot."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

import msgspec
from aiohttp import web

from bot.base import clock
from bot.workshop.emulator import certificate
from bot.workshop.emulator.app import App
from bot.workshop.emulator.clock import VirtualClock
from bot.workshop.emulator.courier import Courier
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.faults import Faults
from bot.workshop.emulator.graph import handler
from bot.workshop.emulator.journal import Journal
from bot.workshop.emulator.linking_api import comes_back
from bot.workshop.emulator.pages import join
from bot.workshop.emulator.people import Person, Sent
from bot.workshop.emulator.receipts import Receipts
from bot.workshop.emulator.resume import resume
from bot.workshop.emulator.simulator.routes import Simulator
from bot.workshop.emulator.simulator.state import SUGGESTIONS, Suggestion
from bot.workshop.emulator.tunnel import Tunnel


class NotLoopback(ValueError):
    """The emulator answers this machine only, unless told otherwise."""


class Emulator:
    """A Graph API that keeps Facebook's promises and limits, for one page and one app.

    Args:
        page_id: The page's id, digits.
        page_token: The token that the bot must send with; this and the other secrets are made up where left empty.
        app_id: The app that echoes name.
        app_secret: Signs the webhooks.
        verify_token: What the webhook's verification asks with.
        webhook_url: Where the bot listens; may be set later.
        page_name: What the simulator calls the page.
        user_token: The token of the person who manages the page, for `me/accounts`.
        now: Where the time comes from; must return aware datetimes.
        seed: Decides which sends a fault with a chance below 1 meets.
        journal: A folder that keeps people, chats, profile and files for the next start; None keeps nothing.
    """

    def __init__(
        self,
        *,
        page_id: str = "100200300400500",
        page_token: str = "",
        app_id: str = "900800700600500",
        app_secret: str = "",
        verify_token: str = "",
        webhook_url: str | None = None,
        page_name: str = "QuickSell",
        user_token: str = "",
        now: Callable[[], datetime] = clock.now,
        seed: int = 1,
        journal: Path | None = None,
    ) -> None:
        app = App(
            page_id=page_id,
            page_name=page_name,
            page_token=page_token or clock.token(),
            app_id=app_id,
            app_name=f"{page_name} bot",
            app_secret=app_secret or clock.token(),
            verify_token=verify_token or clock.token(),
            user_token=user_token or clock.token(),
        )
        self.facebook = Facebook(app, now, seed)
        self.facebook.courier.url = webhook_url
        self._journal = journal
        self._runner: web.AppRunner | None = None
        self._tunnel: Tunnel | None = None

    @property
    def base_url(self) -> str:
        """Where the Graph API is; empty until it listens."""
        return self.facebook.base_url

    @property
    def app(self) -> App:
        """The page and its app, with their secrets."""
        return self.facebook.app

    @property
    def time(self) -> VirtualClock:
        """Facebook's time; `advance` closes windows."""
        return self.facebook.time

    @property
    def faults(self) -> Faults:
        """What is to go wrong."""
        return self.facebook.faults

    @property
    def courier(self) -> Courier:
        """The webhooks on their way; `outcomes` says what the bot answered."""
        return self.facebook.courier

    @property
    def receipts(self) -> Receipts:
        """Which webhooks follow a sent message; may be switched at any time."""
        return self.facebook.receipts

    @property
    def webhook_url(self) -> str | None:
        """Where the bot listens."""
        return self.courier.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self.courier.url = url

    async def start(self, host: str = "127.0.0.1", port: int = 0, *, anywhere: bool = False) -> str:
        """Listen.

        Args:
            host: The address to listen at.
            port: The port; 0 takes a free one.
            anywhere: Allow an address that other machines reach.

        Returns:
            What the bot's `GRAPH_API_URL` must be.

        Raises:
            NotLoopback: The address is not this machine's own.
            OSError: The port is taken.
        """
        if not anywhere and not is_loopback(host):
            raise NotLoopback(
                f"{host} can be reached from other machines; the emulator holds no real secrets to guard it"
            )
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_routes(simulator_routes(self))
        application.router.add_get("/files/{name}", self.facebook.files.serve)
        application.router.add_routes([comes_back(self.facebook)])
        application.router.add_route("*", "/{path:.*}", handler(self.facebook))
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        await self.courier.start()
        self.facebook.base_url = f"http://{host}:{self._runner.addresses[0][1]}"
        if self._journal:
            resume(self.facebook, Journal(self._journal))
        return self.base_url

    async def start_https(self, folder: Path, port: int = 0, proxy_port: int = 0) -> tuple[int, str]:
        """Be https://graph.facebook.com too, on this machine, for programs that know no other address.

        Args:
            folder: Where the file is put that such a program has to trust.
            port: Where it listens; 0 takes a free one.
            proxy_port: Where the proxy that leads there listens; 0 takes a free one.

        Returns:
            The port, and what stands before the command line of the program under test.

        Raises:
            OSError: A port is taken, or the folder cannot be written.
        """
        assert self._runner
        context, path = certificate.make(folder, clock.now())
        before = len(self._runner.addresses)
        await web.TCPSite(self._runner, "127.0.0.1", port, ssl_context=context).start()
        taken = int(self._runner.addresses[before][1])
        self._tunnel = Tunnel(certificate.HOST, taken, int(self._runner.addresses[0][1]))
        return taken, certificate.trusting(path, await self._tunnel.start(proxy_port))

    async def adds_page(self, name: str) -> "Emulator":
        """Give the same person one more page, which the same app may serve; call it once this one listens.

        Args:
            name: What the page is called.

        Returns:
            The page, with its own people, token and profile. It listens where this one does, and stops with it.
        """
        page_id = str(int(self.app.page_id) + len(self.facebook.pages))
        app = msgspec.structs.replace(self.app, page_id=page_id, page_name=name, page_token=clock.token())
        other = copy(self)
        other.facebook = Facebook(app, self.time.now, seed=1)
        join(other.facebook, self.facebook)
        await other.courier.start()
        return other

    async def stop(self) -> None:
        """Stop listening and drop the webhooks that are on their way."""
        self.facebook.closing.set()
        for page in self.facebook.pages:
            page.feed.close()
            await page.courier.stop()
        if self._tunnel:
            await self._tunnel.stop()
        if self._runner:
            await self._runner.cleanup()
        if self.facebook.journal:
            self.facebook.journal.close()

    def meet(self, name: str, locale: str = "en_US", *, psid: str = "") -> Person:
        """Let somebody open an account.

        Args:
            name: First and last name.
            locale: As Facebook spells it, such as `en_US` or `tl_PH`.
            psid: The PSID; empty for a new one.
        """
        return self.facebook.meet(name, locale, psid=psid)

    def serves(self, content: bytes, content_type: str = "") -> str:
        """Keep a file and serve it, as Facebook does with what shoppers send.

        Args:
            content: Its bytes.
            content_type: Its type; empty to tell by its beginning.

        Returns:
            Its address.
        """
        return self.facebook.serves(content, content_type)

    def sent(self, psid: str) -> tuple[Sent, ...]:
        """Every message that the bot sent to a person, oldest first."""
        person = self.facebook.people.get(psid)
        return tuple(person.sent) if person else ()

    async def next_message(self, psid: str, within: float = 5.0) -> Sent:
        """The oldest message to a person that was not yet taken by this call, waiting for one where there is none.

        Args:
            psid: Whose.
            within: How long to wait, in seconds.

        Raises:
            KeyError: Nobody has this PSID.
            TimeoutError: None came.
        """
        person = self.facebook.people.get(psid)
        if person is None:
            raise KeyError(psid)
        return await person.next_sent(within)


def simulator_routes(
    emulator: Emulator,
    prefix: str = "/simulator",
    *,
    suggestions: tuple[Suggestion, ...] = SUGGESTIONS,
    hosts: tuple[str, ...] = (),
) -> list[web.RouteDef]:
    """The simulator's page, to be served by any aiohttp application in the emulator's process.

    Args:
        emulator: Whose shoppers it shows.
        prefix: Where; the emulator's own socket has it at `/simulator` too.
        suggestions: What the first screen offers to try.
        hosts: Host names that may ask for it, besides those that mean this machine.
    """
    return Simulator(emulator.facebook, prefix, suggestions, hosts).routes()


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
