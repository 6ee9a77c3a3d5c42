"""What happens on the emulated Messenger, told to whoever watches; costs nothing while nobody does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from bot.workshop.emulator.answers import Json

#: A watcher that falls this many happenings behind is cut off; the page then loads everything anew.
MOST_BEHIND = 2000


class Feed:
    """Tells happenings to watchers, in order."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[bytes | None]] = set()

    @property
    def watched(self) -> bool:
        """Whether anybody watches; happenings need not be put together otherwise."""
        return bool(self._watchers)

    def tell(self, kind: str, psid: str, **facts: object) -> None:
        """Tell every watcher what happened.

        Args:
            kind: What kind of happening, a word that the page knows.
            psid: Whom it is about; empty for everybody.
            **facts: The rest, as JSON can hold it.
        """
        if not self._watchers:
            return
        happening: Json = {"kind": kind, "psid": psid, **facts}
        line = msgspec.json.encode(happening)
        for watcher in list(self._watchers):
            if watcher.qsize() >= MOST_BEHIND:
                self._watchers.discard(watcher)
                watcher.put_nowait(None)
            else:
                watcher.put_nowait(line)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[bytes | None]]:
        """A queue of JSON lines; None ends it."""
        watcher: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def close(self) -> None:
        """Send every watcher home."""
        for watcher in self._watchers:
            watcher.put_nowait(None)
        self._watchers.clear()
