"""What is to go wrong, for the next few sends or webhooks or until it is cleared; the same again with the same seed."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

import msgspec

from bot.workshop.emulator.answers import Refusal
from bot.workshop.emulator.meta_errors import refusal

Side = Literal["graph", "webhook"]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that can be asked for by name."""

    name: str
    side: Side
    words: str
    code: int = 0
    subcode: int = 0
    seconds: float = 0.0


KINDS = {
    kind.name: kind
    for kind in (
        Kind(name="slow", side="graph", words="Graph is slow", seconds=3.0),
        Kind(name="http_500", side="graph", words="Graph answers 500"),
        Kind(name="hang", side="graph", words="Graph never answers"),
        Kind(name="accepted_then_timeout", side="graph", words="Sent, but the answer is lost"),
        Kind(name="rate_limited", side="graph", words="Rate limit (613)", code=613),
        Kind(name="app_rate_limited", side="graph", words="App rate limit (4)", code=4),
        Kind(name="token_dead", side="graph", words="Token is dead (190)", code=190, subcode=463),
        Kind(name="window_closed", side="graph", words="24-hour window closed", code=10, subcode=2018278),
        Kind(name="unavailable", side="graph", words="Person blocked the page (551)", code=551, subcode=1545041),
        Kind(name="temporary", side="graph", words="Temporary error (2)", code=2),
        Kind(name="not_in_control", side="graph", words="Another app has the thread", code=10, subcode=2018300),
        Kind(name="picture_dead", side="graph", words="Picture link is dead", code=100, subcode=2018008),
        Kind(name="error", side="graph", words="An error of your choice"),
        Kind(name="twice", side="webhook", words="Deliver twice"),
        Kind(name="late", side="webhook", words="Deliver late", seconds=2.0),
        Kind(name="out_of_order", side="webhook", words="Deliver out of order", seconds=0.3),
        Kind(name="one_batch", side="webhook", words="Deliver in one batch", seconds=0.3),
        Kind(name="echo_lost", side="webhook", words="Lose the echo"),
        Kind(name="wrong_signature", side="webhook", words="Wrong signature"),
    )
}


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that was asked for."""

    name: str
    seconds: float = 0.0
    code: int = 0
    subcode: int = 0
    text: str = ""
    minutes: int = 1
    psid: str = ""
    chance: float = 1.0
    times: int | None = 1

    def refusal(self, page_id: str) -> Refusal | None:
        """What Graph answers because of it; None where it is not about an error."""
        if not self.code:
            return None
        return refusal(self.code, self.subcode, text=self.text, page_id=page_id, minutes=self.minutes)


class _Armed:
    __slots__ = ("fault", "left")

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.left = fault.times


class Faults:
    """The faults that are armed.

    Args:
        seed: Decides which sends a fault with a chance below 1 meets.
        changed: Called when a fault was armed, met or cleared.
    """

    def __init__(self, seed: int = 1, changed: Callable[[], None] = lambda: None) -> None:
        self._changed = changed
        self._armed: list[_Armed] = []
        self._cleared = asyncio.Event()
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose: a seed replays the same faults

    def seed(self, seed: int) -> None:
        """Begin the series of chances anew."""
        self._chance.seed(seed)

    def arm(
        self,
        name: str,
        *,
        times: int | None = 1,
        seconds: float | None = None,
        code: int = 0,
        subcode: int = 0,
        text: str = "",
        minutes: int = 1,
        psid: str = "",
        chance: float = 1.0,
    ) -> Fault:
        """Let something go wrong.

        Args:
            name: One of `KINDS`.
            times: For how many sends or webhooks; None until cleared.
            seconds: How slow or how late; None as the kind has it.
            code: Meta's error code, for `error`.
            subcode: Meta's subcode, for `error`.
            text: Meta's text where it is to differ from the documented one, for errors.
            minutes: When a rate limit says that calls are taken again.
            psid: Only for this person; empty for everybody.
            chance: How likely each send or webhook is to meet it, 0 to 1.

        Raises:
            ValueError: There is no such fault, or its figures make no sense.
        """
        kind = KINDS.get(name)
        if kind is None:
            raise ValueError(f"no fault is called {name!r}; there are {', '.join(KINDS)}")
        if name == "error" and not code:
            raise ValueError("the fault 'error' needs a code")
        if (times is not None and times < 1) or not 0 < chance <= 1 or (seconds is not None and seconds < 0):
            raise ValueError("times is 1 or more, chance above 0 and at most 1, seconds 0 or more")
        fault = Fault(
            name=name,
            seconds=kind.seconds if seconds is None else seconds,
            code=code or kind.code,
            subcode=subcode or kind.subcode,
            text=text,
            minutes=minutes,
            psid=psid,
            chance=chance,
            times=times,
        )
        self._armed.append(_Armed(fault))
        self._changed()
        return fault

    def clear(self, name: str = "") -> None:
        """Disarm one kind of fault, or all; what is slow at the moment goes on at once."""
        self._armed = [armed for armed in self._armed if name and armed.fault.name != name]
        if name in ("", "slow"):
            self._cleared.set()
            self._cleared = asyncio.Event()
        self._changed()

    async def slows_down(self, seconds: float) -> None:
        """Wait as long as a slow send takes, or until nothing is slow any more.

        Args:
            seconds: How slow it is.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._cleared.wait()

    def armed(self) -> list[tuple[Fault, int | None]]:
        """What is armed, each with how often it will still happen (None: until cleared)."""
        return [(armed.fault, armed.left) for armed in self._armed]

    def next_send(self, psid: str) -> Fault | None:
        """The fault that the next send to a person meets; counts it as met."""
        return self._next("graph", psid) if self._armed else None

    def next_webhook(self, psid: str) -> Fault | None:
        """The fault that the next webhook about a person meets, echoes lost aside; counts it as met."""
        return self._next("webhook", psid, beside="echo_lost") if self._armed else None

    def loses_echo(self, psid: str) -> bool:
        """Whether the next echo about a person is to be lost; counts it as met."""
        return bool(self._armed) and self._next("webhook", psid, only="echo_lost") is not None

    def _next(self, side: Side, psid: str, *, only: str = "", beside: str = "") -> Fault | None:
        for armed in self._armed:
            fault = armed.fault
            if KINDS[fault.name].side != side or fault.name == beside or (only and fault.name != only):
                continue
            if fault.psid and fault.psid != psid:
                continue
            if fault.chance < 1 and self._chance.random() >= fault.chance:
                continue
            if armed.left is not None:
                armed.left -= 1
                if not armed.left:
                    self._armed.remove(armed)
                self._changed()
            return fault
        return None
