"""Runs the demo: a private database, the demo shop, the server, an emulated Facebook and its simulator."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from aiohttp import web

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from bot.messenger.errors import GraphError
from bot.messenger.subscriptions import FIELDS
from bot.run.running import until_stopped
from bot.workshop.database.private import PrivateServer
from bot.workshop.demo.merchant import OneTime, merchant
from bot.workshop.demo.people import furnish
from bot.workshop.demo.shop import prepare, with_history
from bot.workshop.emulator import wall
from bot.workshop.emulator.emulator import Emulator, simulator_routes
from bot.workshop.emulator.simulator.behind import Behind
from bot.workshop.emulator.simulator.state import Suggestion
from bot.workshop.stage import Stage, staged
from handlers.doctor.profiles import push
from replies.profile import profile
from replies.words import Words
from repository.rules import Rules

SHOP_NAME = "Tindahan ni Aling Nena"
MERCHANT = "nena"
POSTS = (
    (
        "New this week! 🛍️\nA1 - Nonstick Kawali 24 cm with Glass Lid ₱799\nA2 - Everyday Cotton T-Shirt (Unisex) ₱199",
        False,
    ),
    ("LIVE ngayon! Comment the code 💬\nB1 - Barako Stoneware Mug (Tasa) 350 ml ₱149", True),
)
"""What the demo's page has posted, and whether it is a live video."""


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """What a demo made up once and keeps beside its data, so that chats and sessions outlive a restart."""

    page_token: str
    app_secret: str
    verify_token: str
    secret_key: str


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A demo that runs.

    Attributes:
        simulator: The address of the simulator.
        console: The address of the console.
        merchant: The name of the demo merchant.
        password: A one-time password, empty where the merchant has chosen their own.
        data: Where everything is kept.
    """

    simulator: str
    console: str
    merchant: str
    password: str
    data: Path


async def run(
    data: Path,
    *,
    port: int,
    fresh: bool,
    ready: Callable[[Ready], None],
    history: Callable[[int], None] | None = None,
    behind: Callable[[Stage], Behind] | None = None,
) -> None:
    """Run the demo until it is stopped.

    Args:
        data: Where everything is kept.
        port: Where the server listens; 0 takes a free port.
        fresh: Whether to begin with a new shop.
        ready: Called once, when everything answers.
        history: Told how many days of a past are made, where the shop shall have one; None makes none.
        behind: Makes what the simulator shows and does of the shop behind its phones.

    Raises:
        NotEmpty: The shop has chats already, so it can be given no past.
        ServerMissing: MariaDB is not installed.
        ServerFailed: The database does not start.
        OSError: The port is taken.
    """
    folder = data / "database"
    if fresh:
        await asyncio.to_thread(_remove, data)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    secrets = _secrets(data / "secrets.json")
    server = await asyncio.to_thread(PrivateServer.start, folder)
    try:
        administrator = DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password
        )
        settings = Settings(
            database=msgspec.structs.replace(administrator, user=server.bot_user, password=server.bot_password),
            port=port,
            public_url=f"http://127.0.0.1:{port}" if port else "",
            secret_key=secrets.secret_key,
            files_key=secrets.secret_key,  # a demo has one secret for everything
            shop_name=SHOP_NAME,
        )
        await prepare(
            msgspec.structs.replace(settings, database=administrator), pictures_url=f"http://127.0.0.1:{port}/pictures"
        )
        waiting = () if history is None else await with_history(settings, tell=history)
        # Hashing the merchant's password takes the longest of all: the rest starts meanwhile.
        account = asyncio.create_task(merchant(settings, MERCHANT))
        try:
            async with staged(
                settings,
                emulator=_emulator(secrets, data / "messenger"),
                with_workers=True,
                pictures=True,
                more=_simulator,
            ) as stage:
                await introduce(stage)
                await furnish(stage)
                stage.emulator.facebook.behind = behind(stage) if behind else None
                for psid, name in waiting:
                    stage.emulator.facebook.meet(name, "tl_PH", psid=psid)
                ready(_ready(stage, await account, data))
                await until_stopped()
        finally:
            account.cancel()
            await asyncio.wait([account])
    finally:
        await asyncio.to_thread(server.stop)


def _ready(stage: Stage, account: OneTime, data: Path) -> Ready:
    return Ready(
        simulator=f"{stage.url}/simulator/",
        console=f"{stage.url}/console/",
        merchant=MERCHANT,
        password=account.password,
        data=data,
    )


def _emulator(secrets: Secrets, journal: Path) -> Emulator:
    emulator = Emulator(
        page_token=secrets.page_token,
        app_secret=secrets.app_secret,
        verify_token=secrets.verify_token,
        page_name=SHOP_NAME,
        journal=journal,
    )
    emulator.facebook.subscribes(FIELDS)  # the demo's page is connected already
    return emulator


_SUGGESTIONS = (
    Suggestion(title="Buy a mug", text="I want to buy a mug"),
    Suggestion(title="Ask in Taglish", text="Magkano shipping sa Cebu?"),
    Suggestion(title="See the menu", text="menu"),
)


def _simulator(emulator: Emulator) -> list[web.AbstractRouteDef]:
    return list(simulator_routes(emulator, prefix="/simulator", suggestions=_SUGGESTIONS))


async def introduce(stage: Stage) -> None:
    """Give the page its greeting, Get Started and menu, as `profile push` does on Facebook, and let it post something.

    Args:
        stage: The running shop.
    """
    graph = stage.parts.graph
    assert graph is not None, "a stage is always connected to its emulator"
    with contextlib.suppress(GraphError):
        await push(graph, profile(Words(), Rules(shop_name=SHOP_NAME)))
    for number, (words, live) in enumerate(POSTS, 1001):
        wall.publishes(stage.emulator.facebook, words, post=str(number), live=live)


def _secrets(path: Path) -> Secrets:
    if path.exists():
        return msgspec.json.decode(path.read_bytes(), type=Secrets)
    made = Secrets(
        page_token=clock.token(24), app_secret=clock.token(24), verify_token=clock.token(), secret_key=clock.token(32)
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.encode(made))
    return made


def _remove(data: Path) -> None:
    """Remove an earlier demo, and nothing that is none."""
    for name in ("database", "pictures", "messenger"):  # pictures: 0.1.0 drew them there
        shutil.rmtree(data / name, ignore_errors=True)
    (data / "secrets.json").unlink(missing_ok=True)
