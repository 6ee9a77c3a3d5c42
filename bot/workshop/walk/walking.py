"""Wanders through a shop until something breaks that never may, and finds the fewest turns that show it."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec

from bot.workshop.replay.player import QUIET, Played, Player
from bot.workshop.replay.running import Theatre
from bot.workshop.walk.choosing import DETAILS, Choosing
from handlers.transcripts.acts import act
from handlers.transcripts.form import SILENCE, Exchange, Transcript
from handlers.transcripts.writing import written
from repository.workshop.replay.fixtures import RuleRefused

_CLOCK = "2026-11-30 10:00"
_CANNOT = (
    *("cannot tap", "has typed nothing", "The bot sent no card", "The bot said nothing with", "A clerk"),
    *("The clerk could not", "There is no order", "The menu has no", "time only moves"),
)
"""What a transcript asked for that could not be done: nobody's fault."""
_OTHER = "Other than it was:"
"""How what broke begins where it is told by what is known, and not by what always holds."""
_TRIES_MOST = 80
_FEW = 4
"""So few turns need not be made fewer by saying several at once."""
_LAST = (1, 2, 3, 5, 8)
"""How many of the last turns are tried by themselves first: most of what breaks does so of what was just done."""
_ONWARDS = 3
"""So many turns follow a known conversation the first time that it is begun with."""
_BEGUN = 0.6
"""How many of the walks begin as a transcript does."""
_GOES_ON = 0.5
"""How many of these leave it somewhere in the middle."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something that broke.

    Attributes:
        seed: The walk that found it.
        why: What broke, in words.
        begins: The transcript from whose beginning it went on, or the walk's own.
        turns: The exchanges that show it, with what was heard.
        before: How many there were before they were made fewer.
    """

    seed: str
    why: str
    begins: Transcript
    turns: list[Exchange]
    before: int


Play = Callable[[Sequence[Exchange]], Awaitable[tuple[str, list[Exchange]]]]


class Walker:
    """Wanders through one shop.

    Args:
        theatre: The shop.
        texts: What people have typed elsewhere.
        begins: Conversations of which what the shop answers is known, those that come by most first. Each is had once
            from its beginning to its end; later walks begin with a piece of one, or with nothing.
    """

    def __init__(self, theatre: Theatre, texts: Sequence[str], begins: Sequence[Transcript] = ()) -> None:
        self._theatre = theatre
        self._texts = texts
        self._begins = begins
        self._goods: list[str] = []
        self._tapped: Counter[str] = Counter()

    async def walk(self, seed: str, number: int, length: int) -> Found | None:
        """Wander once, from the beginning.

        Args:
            seed: Decides which way.
            number: The how manieth walk it is, from 1.
            length: How many exchanges at most.

        Returns:
            What broke, in the fewest turns; None where nothing did.
        """
        self._goods = self._goods or await self._theatre.goods()
        lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
        begin, known = self._begun(lot, number)
        if number <= len(self._begins):
            length = len(known) + _ONWARDS
        header = begin or _header(seed)
        choosing = Choosing(seed, self._goods, self._texts, self._tapped)
        try:
            why, done = await self._wander(header, choosing, known, max(0, length - len(known)))
        except RuleRefused:  # what the transcript asks for is for a replay to say
            return None
        if not why:
            return None
        # Of what is known only that breaks which is answered otherwise at the end.
        ends = done[-1:] if why.startswith(_OTHER) else []
        done = [*(msgspec.structs.replace(each, line=0) for each in done[: len(done) - len(ends)]), *ends]
        fewest = await shrunk(done, why, lambda acts: self.goes(header, acts))
        again, heard = await self.goes(header, fewest)
        return Found(seed=seed, why=again or why, begins=header, turns=heard or fewest, before=len(done))

    def _begun(self, lot: random.Random, number: int) -> tuple[Transcript | None, Sequence[Exchange]]:
        """The conversation that a walk begins with, and how much of it."""
        if number <= len(self._begins):
            return self._begins[number - 1], self._begins[number - 1].exchanges
        if not self._begins or lot.random() >= _BEGUN:
            return None, []
        begin = lot.choice(self._begins)
        known = begin.exchanges
        return begin, known[: lot.randrange(1, len(known) + 1)] if lot.random() < _GOES_ON else known

    async def _wander(
        self, header: Transcript, choosing: Choosing, known: Sequence[Exchange], length: int
    ) -> tuple[str, list[Exchange]]:
        done: list[Exchange] = []
        async with self._theatre.performance(header) as player:
            watch = _Watch(self._theatre, player)
            for exchange in known:
                done.append(exchange)
                if why := await watch.does(exchange):
                    return why, done
            for _ in range(length):
                seen = player.seen(player.shopper())
                done.append(choosing.next(player.shopper(), len(seen.orders), watch.state))
                if why := await watch.does(done[-1]):
                    return why, done
            return await watch.at_the_end(), done

    async def goes(self, header: Transcript, acts: Sequence[Exchange]) -> tuple[str, list[Exchange]]:
        """What breaks when some things are done, and these as far as they could be, with what was heard.

        Args:
            header: In which shop, and by whom.
            acts: What is done.
        """
        done: list[Exchange] = []
        async with self._theatre.performance(header) as player:
            watch = _Watch(self._theatre, player)
            for each in acts:
                why = await watch.does(each)
                if watch.last is not None:
                    done.append(msgspec.structs.replace(each, answers=watch.last.heard or []))
                if why:
                    return why, done
            return await watch.at_the_end(), done


class _Watch:
    """Sees to it that what always holds does, and that what is known is answered so."""

    def __init__(self, theatre: Theatre, player: Player) -> None:
        self._theatre = theatre
        self._player = player
        self.last: Played | None = None
        self.state = ""

    async def does(self, exchange: Exchange) -> str:
        """Let an exchange happen; what broke, empty where nothing did. What cannot be done is passed over."""
        played = await self._player.perform(exchange)
        shopper = self._player.shopper()
        seen = self._player.seen(shopper)
        self.state = str(msgspec.json.decode(seen.turns[-1].after).get("at", "")) if seen.turns else self.state
        self.last = played
        if played.broken:
            if played.heard is None and any(words in played.broken[0] for words in _CANNOT):
                self.last = None
                return f"{_OTHER} {exchange.did!r} cannot be done any more" if _is_known(exchange) else ""
            if played.broken[0] != "The bot said nothing." or not seen.is_left_to_person:
                return _first_line(played.broken[0])
        if _is_known(exchange) and played.verdict == "behaviour":
            return _otherwise(played)
        if exchange.passes or exchange.who:
            return ""
        doing = act(exchange.did).kind
        if doing == "tap" and any(turn.intent == "not_understood" for turn in seen.turns):
            return "A button that was on the screen was not understood."
        if played.heard == [[SILENCE]] and doing not in QUIET and not seen.is_left_to_person and not exchange.faults:
            return "The bot said nothing."
        return ""

    async def at_the_end(self) -> str:
        """What does not hold at the end of a walk; empty where all is well."""
        return "; ".join(await self._theatre.untrue())


def _is_known(exchange: Exchange) -> bool:
    """Whether it is of a transcript, so that its answer is known."""
    return exchange.line > 0


def _otherwise(played: Played) -> str:
    """What is heard in place of what is known, in words."""
    facts = [f"{fact.asked} is {fact.today}, not {fact.expected}" for fact in played.known if not fact.is_same]
    if facts:
        return f"{_OTHER} after {played.did!r}: {facts[0]}"
    pairs = zip([*played.expected, [""]], [*(played.heard or []), [""]], strict=False)
    before, now = next((pair for pair in pairs if pair[0] != pair[1]), ([""], [""]))
    return f"{_OTHER} after {played.did!r} the bot says {' / '.join(now)!r}, not {' / '.join(before)!r}"


async def shrunk(acts: Sequence[Exchange], why: str, play: Play) -> list[Exchange]:
    """The fewest of some acts after which the same breaks: some left out, and what checkout asks said at once.

    Args:
        acts: What was done.
        why: What broke.
        play: Does them anew, and says what breaks.
    """
    kept, tries = list(acts), 0
    for last in _LAST:
        if last < len(kept):
            tries += 1
            if _kind((await play(kept[-last:]))[0]) == _kind(why):
                kept = kept[-last:]
                break
    size = max(1, len(kept) // 2)
    while size and tries < _TRIES_MOST:
        start, was_cut = 0, False
        while start < len(kept) and tries < _TRIES_MOST:
            fewer = kept[:start] + kept[start + size :]
            tries += 1
            if fewer and _kind((await play(fewer))[0]) == _kind(why):
                kept, was_cut = fewer, True
            else:
                start += size
        if not was_cut or size > len(kept):
            size //= 2
    return await _said_at_once(kept, why, play) if len(kept) > _FEW else kept


async def _said_at_once(acts: list[Exchange], why: str, play: Play) -> list[Exchange]:
    """Acts with several in a row put into one message, where the same breaks so."""
    kept = acts
    for size in range(min(6, len(acts) - 1), 1, -1):
        for start in range(len(kept) - size):
            if not all(_is_answer(each) for each in kept[start : start + size]):
                continue
            fewer = [*kept[:start], Exchange(0, DETAILS, [], []), *kept[start + size :]]
            if _kind((await play(fewer))[0]) == _kind(why):
                return await _said_at_once(fewer, why, play)
    return kept


def _is_answer(exchange: Exchange) -> bool:
    """Whether it may answer a question of checkout: something typed, or a tap."""
    return not (exchange.passes or exchange.who) and act(exchange.did).kind in ("text", "tap", "location", "form")


def _kind(why: str) -> str:
    """What broke, without what differs from one time to the next."""
    return "".join(letter for letter in why if not letter.isdigit())


def _first_line(why: str) -> str:
    return why.split("\n", maxsplit=1)[0]


def _header(seed: str) -> Transcript:
    return Transcript(f"Found by the walk {seed}", "Ana Cruz", "en_US", [], clock=_CLOCK, chance=7)


def save(found: Found, folder: Path) -> Path:
    """Write what was found as a transcript.

    Args:
        found: What broke.
        folder: Where to.

    Returns:
        The file.
    """
    first, *more = found.turns
    first = msgspec.structs.replace(first, remarks=[f"# Breaks: {found.why}"])
    more = [msgspec.structs.replace(each, remarks=[]) for each in more]
    title = f"Found by the walk {found.seed}"
    transcript = msgspec.structs.replace(found.begins, title=title, exchanges=[first, *more])
    file = folder / f"walk-{found.seed}.transcript"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(written(transcript), encoding="utf-8")
    return file
