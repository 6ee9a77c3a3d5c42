"""Plays a transcript against a running shop, and says where it answers differently."""

import difflib
import re
from collections.abc import Awaitable, Callable

import msgspec

from bot.workshop.emulator.shopper import ChatFailed, Shopper
from bot.workshop.replay.transcript import Exchange, Transcript, lines_of, steady
from handlers.web.pictures import PICTURES

_TAP = re.compile(r"\[(.+)\]")
_MENU = re.compile(r"\[menu: (.+)\]")


class Difference(msgspec.Struct, frozen=True):
    """One exchange that went differently.

    Attributes:
        line: Where it stands in the file.
        did: What the shopper did.
        expected: The answers of the transcript, a line each.
        heard: The answers of today, a line each.
        failure: Why nothing could be compared, empty where it could.
    """

    line: int
    did: str
    expected: list[str]
    heard: list[str]
    failure: str = ""

    def shown(self) -> str:
        """The difference for people: what was expected, what came, and which lines differ."""
        head = f"line {self.line}: > {self.did}"
        if self.failure:
            return f"{head}\n    {self.failure}"
        changed = difflib.ndiff(self.expected, self.heard)
        return "\n".join([head, *(f"    {line}" for line in changed if not line.startswith("?"))])


class Played(msgspec.Struct, frozen=True):
    """A transcript that was played.

    Attributes:
        differences: Where today's answers differ, in order.
        today: The same conversation with today's answers.
    """

    differences: list[Difference]
    today: Transcript

    @property
    def was_cut_short(self) -> bool:
        """Whether the shopper could not do what stands there, so that the rest was not played."""
        return any(difference.failure for difference in self.differences)


async def play(transcript: Transcript, shopper: Shopper, work: Callable[[], Awaitable[None]]) -> Played:
    """Let a shopper do everything that the transcript says, and compare what they hear.

    It goes on after a difference, as far as the shopper can still do what stands there.

    Args:
        transcript: The conversation.
        shopper: Somebody new.
        work: Does what the shop does in the background; called after each thing that the shopper did.
    """
    differences: list[Difference] = []
    today: list[Exchange] = []
    for exchange in transcript.exchanges:
        expected = _flat([[steady(line) for line in answer] for answer in exchange.answers])
        try:
            await _act(exchange.did, shopper)
            await work()
            await shopper.settles(answered=False)
        except ChatFailed as failed:
            differences.append(Difference(exchange.line, exchange.did, expected, [], str(failed)))
            today.append(exchange)
            break
        answers = [lines_of(sent.bubble) for sent in shopper.answers]
        today.append(Exchange(exchange.line, exchange.did, answers, exchange.remarks))
        if expected != _flat(answers):
            differences.append(Difference(exchange.line, exchange.did, expected, _flat(answers)))
    rest = transcript.exchanges[len(today) :]
    return Played(differences, Transcript(transcript.title, transcript.shopper, transcript.locale, [*today, *rest]))


async def _act(did: str, shopper: Shopper) -> None:
    if did == "[Get Started]":
        await shopper.opens_chat()
    elif match := _MENU.fullmatch(did):
        await shopper.taps_menu(match[1])
    elif match := _TAP.fullmatch(did):
        await shopper.taps(match[1])
    elif did == "(picture)":
        await shopper.sends_picture((PICTURES / "shop.jpg").read_bytes())
    elif did == "(like)":
        await shopper.likes()
    else:
        await shopper.says(did)


def _flat(answers: list[list[str]]) -> list[str]:
    return [("< " if not number else "  ") + line for answer in answers for number, line in enumerate(answer)]
