"""Plays a transcript against a running shop, and says where it answers differently."""

import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial

import msgspec

from bot.workshop.emulator.people import Refused, Sent
from bot.workshop.emulator.shopper import ChatFailed, Shopper
from bot.workshop.replay.always.rows import wrong_rows
from bot.workshop.replay.always.taken import line_of, taken
from bot.workshop.replay.always.turns import wrong_in
from bot.workshop.replay.backstage import CLERK, Backstage, NotDone
from bot.workshop.replay.doing import do
from bot.workshop.replay.likeness import Verdict, verdict
from bot.workshop.replay.whose import numbers_of, says_another
from handlers.transcripts.acts import act
from handlers.transcripts.form import SILENCE, Exchange, Fact, Transcript
from handlers.transcripts.lines import lines_of
from handlers.transcripts.placeholders import Bindings
from repository.workshop.replay.seen import Seen

NEVER = ("trouble.sorry", "talk.unknown_tap")
"""What no shopper may ever hear."""
QUIET = frozenset({"react", "comment", "edit", "unsend"})
"""What a shop need not answer."""


class Known(msgspec.Struct, frozen=True):
    """What the database was asked after an exchange.

    Attributes:
        line: Where it stands in the file.
        asked: Which fact, and of what.
        expected: What the transcript says.
        today: What is so today, as a transcript writes it.
        is_same: Whether that is as expected.
    """

    line: int
    asked: str
    expected: str
    today: str
    is_same: bool


class Played(msgspec.Struct, frozen=True):
    """An exchange that was played, or was not because the one before it failed.

    Attributes:
        line: Where it stands in the file.
        who: Who did it; empty for the shopper of the header.
        did: What they did, or how time passed.
        expected: The answers of the transcript, each as its lines.
        heard: The answers of today as a transcript writes them; None where it was not played to its end.
        verdict: How they relate.
        broken: What always holds and does not here, or why it could not be played, in words.
        known: What the database was asked.
        said: Today's replies, by their names, where they are known.
    """

    line: int
    who: str
    did: str
    expected: list[list[str]]
    heard: list[list[str]] | None
    verdict: Verdict
    broken: list[str] = []
    known: list[Known] = []
    said: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing is to be said of it."""
        return self.verdict == "same" and not self.broken

    @property
    def is_behaviour(self) -> bool:
        """Whether what the shop does differs, and not its words alone."""
        return bool(self.broken) or self.verdict == "behaviour"


def chosen(played: list[Played], lines: tuple[int, ...]) -> tuple[list[list[list[str]] | None], list[list[str]], bool]:
    """What is to stand in a transcript from now on.

    Args:
        played: The conversation.
        lines: A line of each exchange that is taken as it is today; none where all are.

    Returns:
        The answers of each exchange, None where they stay, the values of its facts, and whether nothing else differs.
    """
    ends = [*(each.line for each in played[1:]), sys.maxsize][: len(played)]
    spans = [(each.line, end) for each, end in zip(played, ends, strict=True)]
    wanted = [not lines or any(begin <= line < end for line in lines) for begin, end in spans]
    answers = [each.heard if takes and not each.is_same else None for each, takes in zip(played, wanted, strict=True)]
    facts = [
        [fact.today if takes and not fact.is_same else fact.expected for fact in each.known]
        for each, takes in zip(played, wanted, strict=True)
    ]
    return answers, facts, all(each.is_same or takes for each, takes in zip(played, wanted, strict=True))


class Player:
    """Lets the shoppers of one transcript do what it says.

    Args:
        transcript: The conversation.
        backstage: What is behind the scenes.
    """

    def __init__(self, transcript: Transcript, backstage: Backstage) -> None:
        self._transcript = transcript
        self._backstage = backstage
        self._cast: dict[str, Shopper] = {}
        self._bindings = Bindings(keeps_times=bool(transcript.clock))
        self._seen: dict[str, Seen] = {}
        self._newest = 0

    @property
    def cast(self) -> Mapping[str, str]:
        """The PSID of everybody who spoke, by the name that stands before what they do."""
        return {"" if name == self._transcript.shopper else name: shopper.psid for name, shopper in self._cast.items()}

    async def play(self) -> list[Played]:
        """What came of each exchange; it goes on after a difference, as far as they can still do what stands there."""
        played: list[Played] = []
        for exchange in self._transcript.exchanges:
            played.append(await self.perform(exchange))
            if played[-1].heard is None:
                break
        return played

    def shopper(self, who: str = "") -> Shopper:
        """Somebody of the conversation, met at first sight.

        Args:
            who: Their name; empty for the shopper of the header.
        """
        name = who or self._transcript.shopper
        if name not in self._cast:
            self._cast[name] = self._backstage.meet(name)
        return self._cast[name]

    async def perform(self, exchange: Exchange) -> Played:
        """Let an exchange happen, and compare.

        Args:
            exchange: Which.

        Returns:
            What came of it; its `heard` is None where it could not be done.
        """
        is_clerk = exchange.who == CLERK and not exchange.passes
        shopper = self.shopper("" if is_clerk else exchange.who)
        before = {name: len(each.person.chat) for name, each in self._cast.items()}
        since = self._backstage.now()
        for fault, times in exchange.faults:
            await self._backstage.arm(fault, times)
        expected = exchange.answers or [[SILENCE]]
        result = partial(Played, exchange.line, exchange.who, exchange.did or f"@ {exchange.passes}", expected)
        did = self._bindings.filled(exchange.did)
        doing = act(did)
        try:
            if exchange.passes:
                await self._backstage.pass_time(exchange.passes)
            elif is_clerk:
                await self._backstage.clerk(did)
            elif exchange.faults:
                await self._backstage.through(do(doing, shopper))
            else:
                await do(doing, shopper)
            await self._backstage.work()
            for each in self._cast.values():
                await each.settles(answered=False)
        except (ChatFailed, NotDone) as failed:
            return result(None, "behaviour", [str(failed)])
        heard, broken = self._heard(shopper, before, has_faults=bool(exchange.faults))
        broken += await self._untrue(shopper)
        if heard == [[SILENCE]] and expected != heard and not (exchange.passes or is_clerk or doing.kind in QUIET):
            broken.append("The bot said nothing.")
        compared = verdict(self._bindings, expected, heard)
        steady = [[self._bindings.steady(line) for line in message] for message in heard]
        if exchange.facts:
            await self._backstage.known()
        known = [await self._know(fact, shopper, since) for fact in exchange.facts]
        if compared != "same":
            said = await self._backstage.said(psid=shopper.psid, since=since)
            compared = verdict(self._bindings, expected, heard, numbers_of([facts for _, facts in said]))
            if says_another(expected, heard, [name for name, _ in said]):
                compared = "behaviour"
        if not all(each.is_same for each in known):
            compared = "behaviour"
        return result(steady, compared, broken, known)

    def _heard(
        self, shopper: Shopper, before: dict[str, int], *, has_faults: bool
    ) -> tuple[list[list[str]], list[str]]:
        """What everybody heard, whoever else than the shopper of the exchange by name; and what Graph refused."""
        heard: list[list[str]] = []
        broken: list[str] = []
        for name, each in sorted(self._cast.items(), key=lambda one: one[1] is not shopper):
            items = each.person.chat[before.get(name, 0) :]
            mark = "" if each is shopper else f"(to {name}) "
            for sent in (item for item in items if isinstance(item, Sent)):
                first, *more = lines_of(sent.bubble)
                heard.append([mark + first, *more])
            broken += [
                f"Graph refused a message: {item.reason}"
                for item in items
                if isinstance(item, Refused) and not has_faults
            ]
        return heard or [[SILENCE]], broken

    async def _untrue(self, shopper: Shopper) -> list[str]:
        """What always holds of a turn, and does not of those that a shopper has just taken."""
        then = self._seen.get(shopper.psid, Seen())
        now = self._seen[shopper.psid] = await self._backstage.look(psid=shopper.psid, since=self._newest)
        self._newest = now.newest
        turns = [taken(line_of(row)) for row in now.turns if row.recording and row.event not in ("", "{}")]
        wrong = [words for turn in turns if (words := wrong_in(turn))]
        if len(turns) == 1 and not wrong and not turns[0].is_quiet:
            wrong += list(wrong_rows(turns[0], then, now))[:1]
        never = [name for turn in turns for name in turn.said if name in NEVER]
        return wrong + [f"The shopper heard {name}." for name in never[:1]]

    def seen(self, shopper: Shopper) -> Seen:
        """What there was to see of a shopper after the last exchange of theirs.

        Args:
            shopper: Who.
        """
        return self._seen.get(shopper.psid, Seen())

    async def _know(self, fact: Fact, shopper: Shopper, since: datetime) -> Known:
        today = await self._backstage.ask(fact, self._bindings.filled, psid=shopper.psid, since=since)
        is_same = self._bindings.matches(fact.value, today)
        return Known(
            fact.line, f"{fact.name} {fact.of}".strip(), fact.value, self._bindings.steady(today), is_same=is_same
        )
