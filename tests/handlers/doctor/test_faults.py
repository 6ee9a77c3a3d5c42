"""A shop in order, and twelve faults put in on purpose: the doctor names each, alone, with one thing to do."""

import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger.subscriptions import FIELDS
from bot.workshop.emulator.emulator import Emulator
from handlers.doctor.examining import examine
from repository.staff.published import PUBLISHED_HASH
from tests.handlers.doctor.test_doctor import facebook, settings, wrong
from tests.support.keeper import Keeper

__all__ = ["facebook", "settings"]


class World:
    """A shop that a fault is put into.

    Attributes:
        settings: With which it runs.
        facebook: Its Facebook.
        keeper: Its merchant.
        folder: Where it runs.
        monkeypatch: Changes the machine.
        stack: What is undone afterwards.
    """

    def __init__(
        self, settings: Settings, facebook: Emulator, keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.settings, self.facebook, self.keeper, self.folder = settings, facebook, keeper, folder
        self.monkeypatch = monkeypatch
        self.stack = AsyncExitStack()

    async def named(self) -> set[str]:
        """What the doctor says is wrong."""
        return set(wrong(await examine(self.settings, self.folder)))


async def dead_token(world: World) -> str:
    world.facebook.facebook.dead_token = 463
    return "Token"


async def wrong_secret(world: World) -> str:
    world.settings = replace(world.settings, app_secret="another app's")
    return "App"


async def another_pages_token(world: World) -> str:
    other = await world.facebook.adds_page("Another page")
    other.facebook.subscribes(FIELDS)
    world.settings = replace(world.settings, page_access_token=other.app.page_token)
    return "Page"


async def not_subscribed(world: World) -> str:
    world.facebook.facebook.subscribes(("messages",))
    return "Subscription"


async def old_version(world: World) -> str:
    world.settings = replace(world.settings, graph_api_version="v20.0")
    return "Graph API version"


async def wrong_clock(world: World) -> str:
    true = clock.now
    world.monkeypatch.setattr(clock, "now", lambda: true() + timedelta(minutes=3))
    return "Clock"


async def full_disk(world: World) -> str:
    usage = shutil.disk_usage(world.folder)
    world.monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    return "Disk"


async def taken_port(world: World) -> str:
    stranger = world.stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    port = int(stranger.getsockname()[1])
    world.settings = replace(world.settings, port=port)
    return f"127.0.0.1:{port}"


async def open_settings(world: World) -> str:
    (world.folder / ".env").write_text("PORT=8080\n")
    (world.folder / ".env").chmod(0o644)
    return "Who reads .env"


async def buried_work(world: World) -> str:
    await world.keeper.run("INSERT INTO chat_logs (user_id, turn_status) VALUES ('1', 'buried')")
    return "Queue: From shoppers"


async def free_product(world: World) -> str:
    await world.keeper.run("UPDATE products SET base_price = 0")
    return "Prices"


async def no_picture(world: World) -> str:
    await world.keeper.run("DELETE FROM product_images")
    return "Pictures"


async def two_replies_of_one_phrase(world: World) -> str:
    await world.keeper.answers("saan kayo", "Sa Cebu.")
    await world.keeper.answers("saan", "Sa Manila.")
    await world.keeper.run(
        "INSERT INTO chatbot_reply_phrases (reply_id, phrase, folded, position)"
        " SELECT id, 'saan kayo', 'saan kayo', 1 FROM chatbot_replies"
        " WHERE keyword = 'saan'"
    )
    return "Replies that conflict"


async def published_password(world: World) -> str:
    await world.keeper.run(
        "INSERT INTO admin_users (username, email, password_hash, role)"
        " VALUES ('admin', 'admin@shop.example', %(hash)s, 'super_admin')",
        hash=PUBLISHED_HASH,
    )
    return "published password hash"


async def stranger(world: World) -> str:
    await world.keeper.run(
        "INSERT INTO webhook_events (event_key, kind, page_id, psid, event)"
        " VALUES (UNHEX(MD5('1')), 'foreign', '77', '8', '{}')"
    )
    return "Pages that are not the shop's"


Fault = Callable[[World], Awaitable[str]]
FAULTS: tuple[Fault, ...] = (
    dead_token, wrong_secret, another_pages_token, not_subscribed, old_version, wrong_clock, full_disk, taken_port,
    open_settings, buried_work, free_product, no_picture, two_replies_of_one_phrase, published_password, stranger,
)  # fmt: skip
SPEAKS_OF_MORE = {"dead_token", "wrong_secret"}
"""With these Facebook answers nothing else either."""


@asynccontextmanager
async def in_order(world: World) -> AsyncIterator[set[str]]:
    """A shop with as much in order as a test can have; what is wrong with it all the same."""
    await world.keeper.stocks("Mug", price="120.00", picture="https://shop.example/mug.jpg")
    await world.keeper.zone()
    world.facebook.facebook.subscribes(FIELDS)
    async with world.stack:
        yield await world.named()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_each_fault_is_named_and_nothing_else(
    settings: Settings, facebook: Emulator, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:  # fmt: skip
    world = World(settings, facebook, keeper, tmp_path, monkeypatch)
    async with in_order(world) as before:
        wanted = await fault(world)
        looks = wrong(await examine(world.settings, world.folder))
        new = set(looks) - before
        assert any(wanted in one for one in new), f"{wanted} is not among {sorted(new)}"
        if fault.__name__ not in SPEAKS_OF_MORE:
            assert len(new) == 1, sorted(new)
        assert all(looks[one].what_to_do for one in new), "each says what to do"
