"""Plays a transcript against a running shop, and says where it answers differently."""

import difflib
import re
from collections.abc import Awaitable, Callable

import msgspec

from bot.workshop.emulator.people import Refused
from bot.workshop.emulator.shopper import ChatFailed, Shopper
from bot.workshop.replay.likeness import Bindings, Verdict, lines_of, verdict
from bot.workshop.replay.transcript import SILENCE, Exchange, Transcript, answer_lines
from handlers.web.pictures import PICTURES

_TAP = re.compile(r"\[(.+)\]")
_MENU = re.compile(r"\[menu: (.+)\]")
_COMMENT = re.compile(r"\((live )?comment (\d{1,20})\) ")
_AROUND = 3


class Played(msgspec.Struct, frozen=True):
    """An exchange that was played, or was not because the one before it failed.

    Attributes:
        line: Where it stands in the file.
        who: Who did it; empty for the shopper of the header.
        did: What they did.
        expected: The answers of the transcript, each as its lines.
        heard: The answers of today as a transcript writes them; None where it was not played to its end.
        verdict: How they relate.
        broken: What always holds and does not here, or why it could not be played, in words.
    """

    line: int
    who: str
    did: str
    expected: list[list[str]]
    heard: list[list[str]] | None
    verdict: Verdict
    broken: list[str] = []

    @property
    def is_same(self) -> bool:
        """Whether nothing is to be said of it."""
        return self.verdict == "same" and not self.broken


async def play(
    transcript: Transcript,
    meet: Callable[[str], Shopper],
    work: Callable[[], Awaitable[None]],
    arm: Callable[[str, int], None],
) -> list[Played]:
    """Let the shoppers do everything that the transcript says, and compare what they hear.

    It goes on after a difference, as far as they can still do what stands there.

    Args:
        transcript: The conversation.
        meet: Makes somebody new of a name.
        work: Does what the shop does in the background; called after each thing that a shopper did.
        arm: Lets something go wrong, a fault's name and how many times.
    """
    cast: dict[str, Shopper] = {}
    bindings = Bindings()
    played: list[Played] = []
    for exchange in transcript.exchanges:
        name = exchange.who or transcript.shopper
        shopper = cast.setdefault(name, cast.get(name) or meet(name))
        before = len(shopper.person.chat)
        for fault, times in exchange.faults:
            arm(fault, times)
        expected = exchange.answers or [[SILENCE]]
        try:
            await _act(exchange.did, shopper)
            await work()
            await shopper.settles(answered=False)
        except ChatFailed as failed:
            played.append(_played(exchange, expected, None, "behaviour", [str(failed)]))
            break
        heard = [lines_of(sent.bubble) for sent in shopper.answers] or [[SILENCE]]
        broken = [
            f"Graph refused a message: {item.reason}"
            for item in shopper.person.chat[before:]
            if isinstance(item, Refused) and not exchange.faults
        ]
        if heard == [[SILENCE]] and expected != heard:
            broken.append("The bot said nothing.")
        compared = verdict(bindings, expected, heard)
        steady = [[bindings.steady(line) for line in message] for message in heard]
        played.append(_played(exchange, expected, steady, compared, broken))
    return played


def _played(
    exchange: Exchange, expected: list[list[str]], heard: list[list[str]] | None, compared: Verdict, broken: list[str]
) -> Played:
    return Played(exchange.line, exchange.who, exchange.did, expected, heard, compared, broken)


async def _act(did: str, shopper: Shopper) -> None:
    if did == "[Get Started]":
        await shopper.opens_chat(answered=False)
    elif match := _MENU.fullmatch(did):
        await shopper.taps_menu(match[1], answered=False)
    elif match := _TAP.fullmatch(did):
        await shopper.taps(match[1], answered=False)
    elif did == "(picture)":
        await shopper.sends_picture((PICTURES / "shop.jpg").read_bytes(), answered=False)
    elif match := _COMMENT.match(did):
        await shopper.comments(did[match.end() :], post=match[2], live=bool(match[1]))
    elif did == "(like)":
        await shopper.likes(answered=False)
    else:
        await shopper.says(did.removeprefix("\\"), answered=False)


def shown(played: list[Played]) -> str:
    """The first exchange that differs with three around it, and how many more do; empty where none does.

    Args:
        played: A conversation.
    """
    different = [number for number, each in enumerate(played) if not each.is_same]
    if not different:
        return ""
    first = different[0]
    before, after = played[max(0, first - _AROUND) : first], played[first + 1 : first + 1 + _AROUND]
    lines = [*map(_did, before), *_difference(played[first]), *map(_did, after)]
    others = [played[number] for number in different[1:]]
    for each in (other for other in others if other.broken):
        lines += [_did(each), *_broken(each)]
    if alike := ", ".join(str(other.line) for other in others if not other.broken):
        lines.append(f"also different, on line {alike}")
    return "\n".join(lines)


def _did(each: Played) -> str:
    head, *more = each.did.split("\n")
    return f"line {each.line}: {f'{each.who} ' if each.who else ''}> {head}{' …' if more else ''}"


def _broken(each: Played) -> list[str]:
    return [f"    {line}" for words in each.broken for line in words.split("\n")]


def _difference(each: Played) -> list[str]:
    kind = {"same": "", "wording": " (only words)", "behaviour": " (behaviour)"}[each.verdict]
    lines = [_did(each) + kind, *_broken(each)]
    if each.heard is not None and each.verdict != "same":
        changed = difflib.ndiff(answer_lines(each.expected), answer_lines(each.heard))
        lines += [f"    {line}" for line in changed if not line.startswith("?")]
    return lines
