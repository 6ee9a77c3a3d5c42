"""The people who chat with the page, and all that was said between them and the bot, in order."""

import asyncio
from collections.abc import Iterator

import msgspec

from bot.messenger.bubbles import Bubble, drawn

#: How long Messenger lets a page answer after the person's last action, in milliseconds (Meta's "Send API" page).
WINDOW_MS = 24 * 3600 * 1000
#: How long a person typing for the page may answer under HUMAN_AGENT, in milliseconds.
HUMAN_AGENT_MS = 7 * 24 * 3600 * 1000


class Said(msgspec.Struct, frozen=True, kw_only=True, tag="said"):
    """What the shopper did, as a bubble on the right.

    Attributes:
        kind: What stands beside the words, such as "ad", "post", "cart", "location", "voice"; empty for words alone.
        title: What that is called.
        reply_to: The mid of the message that it answers.
        edits: How often it was changed.
        is_gone: Whether it was taken back.
    """

    number: int
    mid: str
    at: int
    text: str = ""
    pictures: tuple[str, ...] = ()
    sticker: int = 0
    kind: str = ""
    title: str = ""
    reply_to: str = ""
    edits: int = 0
    is_gone: bool = False


class Sent(msgspec.Struct, frozen=True, kw_only=True, tag="sent"):
    """A message of the bot that Graph took.

    Attributes:
        warnings: What Meta's reference asks for and the message did without.
        reaction: The emoji that the shopper put on it, empty for none.
    """

    number: int
    psid: str
    mid: str
    at: int
    body: msgspec.Raw
    warnings: tuple[str, ...] = ()
    reaction: str = ""

    @property
    def bubble(self) -> Bubble:
        """The message as the shopper sees it."""
        return drawn(bytes(self.body))


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A message of the bot that Graph refused, with Meta's reason."""

    number: int
    at: int
    code: int
    subcode: int
    reason: str
    body: msgspec.Raw


Item = Said | Sent | Refused


class Person:
    """One person on Messenger, known to the page by a PSID."""

    def __init__(self, psid: str, name: str, locale: str) -> None:
        self.psid = psid
        self.name = name
        self.locale = locale
        self.chat: list[Item] = []
        self.sent: list[Sent] = []
        self.menu: list[object] | None = None
        self.last_action: int | None = None
        self.typing_until = 0
        self.arrived = 0
        self.delivered = 0
        self.read = 0
        self.seen_by_bot = 0
        self.looking = False
        self.hides_profile = False
        self.owner: str | None = None
        self.labels: dict[str, str] = {}
        self.reactions: dict[str, str] = {}
        self.unanswered = 0
        self.is_circling = False
        self.comes_from_ad = False
        self.ad_until = 0
        self._taken = 0
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def first_name(self) -> str:
        """What a profile look-up calls `first_name`."""
        return self.name.split(" ", 1)[0]

    @property
    def last_name(self) -> str:
        """What a profile look-up calls `last_name`; empty for a single name."""
        return self.name.partition(" ")[2]

    @property
    def phone(self) -> str:
        """The number of their profile, which they can send with a tap: made up, and nobody else's."""
        return f"+63917555{int(self.psid) % 10_000:04d}"

    @property
    def email(self) -> str:
        """The address of their profile."""
        return f"{''.join(self.name.lower().split()) or 'shopper'}@example.com"

    @property
    def marks(self) -> dict[str, int]:
        """How far messages came, each a time in milliseconds, 0 for not at all.

        `arrived`: the bot has what the person wrote. `seen`: the bot marked it as seen. `delivered` and `read`: the
        bot's own messages.
        """
        return {"arrived": self.arrived, "seen": self.seen_by_bot, "delivered": self.delivered, "read": self.read}

    def acts(self, at: int) -> None:
        """The person did something that opens the window.

        Args:
            at: When, in milliseconds.
        """
        self.last_action = at
        self.unanswered = 0
        self.is_circling = False

    def window_open(self, at: int, length: int = WINDOW_MS) -> bool:
        """Whether the page may still write.

        Args:
            at: The time now, in milliseconds.
            length: How long the window is, in milliseconds.
        """
        return self.last_action is not None and (at - self.last_action < length or at < self.ad_until)

    def add(self, item: Item) -> None:
        """Put a line into the conversation and wake whoever waits for it."""
        self.chat.append(item)
        if isinstance(item, Sent):
            self.sent.append(item)
            self.typing_until = 0
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    def change(self, item: Item) -> bool:
        """Put a line in the place of the one with its number.

        Args:
            item: What it is now.

        Returns:
            Whether there was one.
        """
        at = next((at for at, line in enumerate(self.chat) if line.number == item.number), None)
        if at is None:
            return False
        self.chat[at] = item
        self.sent = [item if isinstance(item, Sent) and one.number == item.number else one for one in self.sent]
        return True

    async def changes(self) -> None:
        """Wait until the next line of the conversation, whoever writes it."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await future

    async def next_sent(self, within: float) -> Sent:
        """The oldest message that was not yet taken by this call, waiting for one where there is none.

        Args:
            within: How long to wait, in seconds.

        Raises:
            TimeoutError: None came.
        """
        async with asyncio.timeout(within):
            while len(self.sent) <= self._taken:
                await self.changes()
        self._taken += 1
        return self.sent[self._taken - 1]


class People:
    """Everybody who has an account on the emulated Messenger."""

    def __init__(self) -> None:
        self._by_psid: dict[str, Person] = {}

    def add(self, psid: str, name: str, locale: str) -> Person:
        """Let somebody join.

        Raises:
            ValueError: The PSID is taken.
        """
        if psid in self._by_psid:
            raise ValueError(f"PSID {psid} is taken")
        person = self._by_psid[psid] = Person(psid, name, locale)
        return person

    def get(self, psid: str) -> Person | None:
        """The person with this PSID, or None."""
        return self._by_psid.get(psid)

    def remove(self, psid: str) -> None:
        """Forget somebody and all that was said."""
        self._by_psid.pop(psid, None)

    def __contains__(self, psid: object) -> bool:
        return psid in self._by_psid

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_psid.values())

    def __len__(self) -> int:
        return len(self._by_psid)
