"""A shop on real sockets, and shoppers who chat with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import msgspec
import pytest

from bot.base.settings import DatabaseSettings, Settings
from bot.run import parts
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.events import Field, body_of, envelope, from_shopper
from bot.workshop.emulator.shopper import Shopper
from bot.workshop.stage import Stage, staged
from dialogs.checkout.questions import EXTRAS
from dialogs.conversation import load_state
from dialogs.engine.state import Idle
from dialogs.states import AskingExtra
from handlers.jobs.posts.commenting import Commenting
from handlers.jobs.workers import Workers
from repository import rules
from repository.database.connection import Database, Value
from tests.conftest import empty
from tests.support.chat import passing
from tests.support.keeper import Keeper

FILES_KEY = "a key for the files of the tests: 41"


class Chat(Shopper):
    """A shopper, who passes the extra questions that this shop asks unless the test is about them.

    Attributes:
        skips_extras: Whether they are passed.
    """

    def __init__(self, shop: "Shop", name: str) -> None:
        super().__init__(shop.stage.emulator, name, idle=shop.stage.parts.idle)
        self.skips_extras = True
        self._shop = shop

    async def settles(self, *, answered: bool = True) -> None:
        """Wait until the bot has finished, and pass what it asks extra."""
        await super().settles(answered=answered)
        if EXTRAS and self.skips_extras:
            turns = await self._shop.turns(self)
            state = load_state(turns[-1].state_after) if turns else Idle()
            if isinstance(state, AskingExtra) and state.part in EXTRAS:
                await self.says(passing(state, load_state(turns[-1].state_before)))


class Turn(msgspec.Struct, frozen=True):
    """One row of `chat_logs`."""

    kind: str
    status: str
    said: str
    answered: str
    intent: str
    state_before: str
    state_after: str
    recording: str
    response_ms: int


class Shop(Keeper):
    """The shop under test, and what its merchant does meanwhile.

    Attributes:
        stage: The running shop and its Facebook.
    """

    shelf = "Mugs"

    def __init__(self, stage: Stage, database: Database) -> None:
        super().__init__(database)
        self.stage = stage
        self._workers = Workers(stage.parts.shop, on_outbox=stage.parts.outbox.wake, sweep_every=0)
        self._commenting = Commenting(stage.parts.shop, stage.parts.ways, settles=0)

    async def rewords(self, block: str, words: str, *, language: str = "en") -> None:
        """Say something in the merchant's own words from now on."""
        async with self.database.transaction() as conn:
            await conn.run(
                "INSERT INTO reply_words (name, language, words) VALUES (%(block)s, %(language)s, %(words)s)"
                " ON DUPLICATE KEY UPDATE words = VALUES(words)",
                block=block,
                language=language,
                words=words,
            )
            await conn.run("UPDATE shop_versions SET words = words + 1")

    async def sets(self, **changes: object) -> None:
        """Change rules of the shop, by their names in `Rules`."""
        async with self.database.transaction() as conn:
            for name, value in changes.items():
                await rules.change(conn, name=name, value=value, admin_id=None)

    async def works(self) -> None:
        """Let the background work do what is due, and what it says arrive."""
        await self._workers.run_due()
        await self.settles()

    async def sees_to_comments(self) -> None:
        """Let the comments that came in be read and answered, and what that says arrive."""
        await self._commenting.run_due()
        await self.settles()

    async def settles(self) -> None:
        """Wait until nobody has anything to do."""
        courier = self.stage.emulator.courier
        posted = -1
        while posted != courier.posted:
            posted = courier.posted
            await courier.idle()
            await self.stage.parts.idle()

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(str(await self.look(f"SELECT COUNT(*) FROM {table}")))

    async def texts(self, sql: str, **values: Value) -> list[str]:
        """The first column of every row, as text."""
        async with self.database.connection() as conn:
            return [str(row[0]) for row in (await conn.run(sql, **values)).rows]

    async def turns(self, shopper: Shopper) -> list[Turn]:
        """What the chat log says of a shopper, oldest first."""
        async with self.database.connection() as conn:
            return await conn.all(
                Turn,
                "SELECT message_type, turn_status, user_message, COALESCE(bot_response, ''), COALESCE(intent, ''),"
                " COALESCE(state_before, ''), COALESCE(state_after, ''), COALESCE(recording, ''),"
                " COALESCE(response_time_ms, -1) FROM chat_logs WHERE user_id = %(psid)s ORDER BY id",
                psid=shopper.psid,
            )

    async def gets(self, shopper: Shopper, key: str, what: Json, *, field: Field = "messaging", times: int = 1) -> None:
        """Let Facebook post a signed webhook, as often as it likes.

        Args:
            shopper: Whom it is about.
            key: The item's key, such as `message`.
            what: What stands under the key.
            field: The entry's array.
            times: How often the same bytes are posted.
        """
        facebook = self.stage.emulator
        at = facebook.time.now_ms()
        item = from_shopper(shopper.psid, facebook.app.page_id, at, key, what)
        body = body_of(envelope(facebook.app.page_id, at, [(field, item)]))
        headers = {"Content-Type": "application/json", **facebook.courier.signature(body)}
        async with aiohttp.ClientSession() as http:
            for _ in range(times):
                async with http.post(f"{self.stage.url}/webhook", data=body, headers=headers) as answer:
                    assert answer.status == 200
        await self.settles()

    async def echoes(self, shopper: Shopper, what: Json) -> None:
        """Let Facebook tell what somebody else than the bot wrote for the page: a person in its inbox.

        Args:
            shopper: To whom.
            what: The `message` object.
        """
        facebook = self.stage.emulator
        at, page = facebook.time.now_ms(), facebook.app.page_id
        item: Json = {"sender": {"id": page}, "recipient": {"id": shopper.psid}, "timestamp": at, "message": what}
        body = body_of(envelope(page, at, [("messaging", item)]))
        headers = {"Content-Type": "application/json", **facebook.courier.signature(body)}
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.stage.url}/webhook", data=body, headers=headers) as answer,
        ):
            assert answer.status == 200
        await self.settles()


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a shop that is asked for behind it do nothing by the clock that would be counted with what a test does."""
    for looks in ("_CONNECT_EVERY", "_LOOK_EVERY"):
        monkeypatch.setattr(parts, looks, 1e6)


@asynccontextmanager
async def opened(way: DatabaseSettings, database: Database | None = None) -> AsyncIterator[Shop]:
    """A running shop with nothing in it, which sends to Metro Manila for ₱80 and trusts newcomers' small orders.

    Args:
        way: How it reaches its database.
        database: How its merchant does; as the shop does without this.
    """
    settings = Settings(
        database=way, port=0, secret_key="a secret for tests", files_key=FILES_KEY, shop_name="Tindahan"
    )
    async with staged(settings) as stage:
        shop = Shop(stage, database or stage.parts.database)
        await empty(shop.database)
        await shop.zone(per_kg="0", free_from="2000", estimated_days="1-3 days")
        await shop.sets(verification_orders=0)
        yield shop


@pytest.fixture
async def shop(schema: DatabaseSettings) -> AsyncIterator[Shop]:
    """The shop."""
    async with opened(schema) as shop:
        yield shop


@pytest.fixture
def ana(shop: Shop) -> Chat:
    """Ana, who has never been here."""
    return Chat(shop, "Ana Cruz")


@pytest.fixture
def ben(shop: Shop) -> Chat:
    """Ben, who has never been here either."""
    return Chat(shop, "Ben Santos")
