"""Kills whoever is told to, at a place of the program where nobody was killed before.

Loaded into a server or worker under test. Every task is stepped through; where it waits and where it goes on are two
places, each named by the lines of ours that lead there. The first who comes to a place that nobody has died at yet
takes the order to kill, writes the place down, and kills.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from types import AsyncGeneratorType, CodeType, CoroutineType, GeneratorType
from typing import Any
from zlib import crc32

ROOT = str(Path(__file__).resolve().parents[2]) + "/"
HOUSES = ("bot/", "handlers/", "dialogs/", "repository/")


class Points:
    """The places where somebody dies.

    Args:
        folder: Holds what all processes of a test know together: `order` while somebody is to be killed, with the
            number of the process or 0 for whoever comes there; `places`, a line for each death.
        share: One place in so many is died at.
    """

    def __init__(self, folder: Path, share: int) -> None:
        self._order = folder / "order"
        self._places = folder / "places"
        self._share = share
        self._known: set[str] = set()
        self._read = 0

    def come_to(self, place: str) -> None:
        """Die here, or let somebody die, where nobody has before.

        Args:
            place: Its name.
        """
        if not place or place in self._known or crc32(place.encode()) % self._share or not self._order.exists():
            return
        self._catch_up()
        if place in self._known:
            return
        taken = self._order.with_suffix(f".{os.getpid()}")
        try:
            self._order.rename(taken)  # of several, one
        except FileNotFoundError:
            return
        victim = int(taken.read_text())
        with self._places.open("a", encoding="utf-8") as places:
            places.write(place + "\n")
        self._known.add(place)
        os.kill(victim or os.getpid(), signal.SIGKILL)

    def _catch_up(self) -> None:
        if self._places.exists():
            with self._places.open(encoding="utf-8") as places:
                places.seek(self._read)
                self._known.update(places.read().splitlines())
                self._read = places.tell()


class Stepped(Coroutine[object, object, object]):
    """A coroutine whose every wait is a place to die at."""

    def __init__(self, inner: Coroutine[object, object, object], come_to: Callable[[str], None]) -> None:
        self._inner = inner
        self._come_to = come_to
        self._at = ""

    def send(self, value: object) -> object:
        """Go on from where it waits to where it waits next."""
        if self._at:
            self._come_to(f"{self._at} goes on")
        waits_for = self._inner.send(value)
        self._at = place_of(self._inner)
        if self._at:
            self._come_to(f"{self._at} waits")
        return waits_for

    def throw(self, *error: Any) -> object:
        """Let it go on with an error."""
        return self._inner.throw(*error)

    def close(self) -> None:
        """End it."""
        self._inner.close()

    def __await__(self) -> Generator[object, object, object]:
        raise NotImplementedError("a task steps through it")


def place_of(waiting: object) -> str:
    """The lines of ours at which a coroutine waits, the outermost first; empty where none is ours."""
    lines: list[str] = []
    while waiting is not None:
        line, waiting = _step(waiting)
        if line:
            lines.append(line)
    return " > ".join(lines)


def _step(waiting: object) -> tuple[str, object]:
    match waiting:
        case CoroutineType():
            return _line(waiting.cr_code, waiting.cr_frame), waiting.cr_await
        case GeneratorType():
            return _line(waiting.gi_code, waiting.gi_frame), waiting.gi_yieldfrom
        case AsyncGeneratorType():
            return _line(waiting.ag_code, waiting.ag_frame), waiting.ag_await
        case Stepped():
            return "", waiting._inner
        case _:
            return "", None


def _line(code: CodeType, frame: object) -> str:
    path = code.co_filename.removeprefix(ROOT)
    if not path.startswith(HOUSES) or frame is None:
        return ""
    return f"{path}:{getattr(frame, 'f_lineno', 0)}"


def step_through(loop: asyncio.AbstractEventLoop, points: Points) -> None:
    """Let every task of a loop be stepped through.

    Args:
        loop: The event loop.
        points: Where somebody dies.
    """

    def make(
        loop: asyncio.AbstractEventLoop, coro: Coroutine[object, object, object], **more: object
    ) -> "asyncio.Task[object]":
        return asyncio.Task(Stepped(coro, points.come_to), loop=loop, **more)  # type: ignore[arg-type]

    loop.set_task_factory(make)  # type: ignore[arg-type]
