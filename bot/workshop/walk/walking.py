"""Wanders through a shop until something breaks that never may, and finds the fewest turns that show it."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec

from bot.workshop.emulator.shopper import Shopper
from bot.workshop.replay.player import Played, Player
from bot.workshop.replay.running import Theatre
from bot.workshop.walk.choosing import Choosing
from handlers.transcripts.acts import act
from handlers.transcripts.form import SILENCE, Exchange, Transcript
from handlers.transcripts.writing import written
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import AddToCart, BrowseCategories, ConfirmEmptyCart, Help, MyOrders, OpenCart, RemoveLine

_CLOCK = "2026-11-30 10:00"
_NEVER = ("trouble.sorry", "talk.unknown_tap")
"""What no shopper may ever hear who only does what can be done."""
_CANNOT = ("cannot tap", "A clerk", "The clerk could not", "There is no order", "The menu has no", "time only moves")
"""What a transcript asked for that could not be done: nobody's fault."""
_TRIES_MOST = 120


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something that broke.

    Attributes:
        seed: The walk that found it.
        why: What broke, in words.
        turns: The exchanges that show it, with what was heard.
        before: How many there were before they were made fewer.
    """

    seed: str
    why: str
    turns: list[Exchange]
    before: int


Play = Callable[[Sequence[Exchange]], Awaitable[tuple[str, list[Exchange]]]]


class Walker:
    """Wanders through one shop.

    Args:
        theatre: The shop.
        texts: What people have typed elsewhere.
    """

    def __init__(self, theatre: Theatre, texts: Sequence[str]) -> None:
        self._theatre = theatre
        self._texts = texts
        self._goods: list[str] = []

    async def walk(self, seed: str, length: int) -> Found | None:
        """Wander once, from the beginning.

        Args:
            seed: Decides which way.
            length: How many exchanges at most.

        Returns:
            What broke, in the fewest turns; None where nothing did.
        """
        self._goods = self._goods or await self._theatre.goods()
        choosing = Choosing(seed, self._goods, self._texts)
        why, done = await self._wander(seed, choosing, length)
        if not why:
            return None
        fewest = await shrunk(done, why, lambda acts: self._again(seed, acts))
        again, heard = await self._again(seed, fewest)
        return Found(seed=seed, why=again or why, turns=heard or fewest, before=len(done))

    async def _wander(self, seed: str, choosing: Choosing, length: int) -> tuple[str, list[Exchange]]:
        done: list[Exchange] = []
        async with self._theatre.performance(_header(seed)) as player:
            watch = _Watch(self._theatre, player)
            for _ in range(length):
                exchange = choosing.next(player.shopper(), int(await self._theatre.know("orders", "")))
                done.append(exchange)
                if why := await watch.does(exchange):
                    return why, done
            return await watch.at_the_end(), done

    async def _again(self, seed: str, acts: Sequence[Exchange]) -> tuple[str, list[Exchange]]:
        """What breaks when these are done, and they as far as they could be, with what was heard."""
        done: list[Exchange] = []
        async with self._theatre.performance(_header(seed)) as player:
            watch = _Watch(self._theatre, player)
            for each in acts:
                exchange = msgspec.structs.replace(each, answers=[])
                why = await watch.does(exchange)
                if watch.last is not None:
                    done.append(msgspec.structs.replace(exchange, answers=watch.last.heard or []))
                if why:
                    return why, done
            return await watch.at_the_end(), done


class _Watch:
    """Sees to it that what always holds does."""

    def __init__(self, theatre: Theatre, player: Player) -> None:
        self._theatre = theatre
        self._player = player
        self._cart = 0
        self._orders = 0
        self.last: Played | None = None

    async def does(self, exchange: Exchange) -> str:
        """Let an exchange happen; what broke, empty where nothing did. What cannot be done is passed over."""
        shopper = self._player.shopper()
        psid, tapped = shopper.psid, _tapped(shopper, exchange)
        since = await self._theatre.newest_turn()
        played = await self._player.perform(exchange)
        self.last = played
        if played.heard is None:
            if any(words in played.broken[0] for words in _CANNOT):
                self.last = None
                return ""
            return _first_line(played.broken[0])
        if played.broken:
            return _first_line(played.broken[0])
        said = await self._theatre.said(psid, since)
        never = next((name for name, _ in said if name in _NEVER), "")
        if never:
            return f"The shopper heard {never}."
        if exchange.passes or exchange.who:
            return ""
        doing = act(exchange.did).kind
        if doing == "tap" and "not_understood" in await self._theatre.intents(psid, since):
            return "A button that was on the screen was not understood."
        is_silent = played.heard == [[SILENCE]] and doing != "react"
        if is_silent and await self._theatre.know("left to", psid) != "person":
            return "The bot said nothing."
        names = [name for name, _ in said]
        return await self._cart_is_right(psid, names, tapped) or await self._order_is_right(psid, names)

    async def _cart_is_right(self, psid: str, said: list[str], tapped: Tap | None) -> str:
        before, self._cart = self._cart, int(await self._theatre.know("cart", psid))
        if "cart.added" in said and self._cart <= before:
            return "Something was added to the cart, and it holds no more than before."
        if "cart.added" in said and isinstance(tapped, AddToCart) and self._cart != before + 1:
            return f"One piece was added to a cart of {before}, and it holds {self._cart}."
        if isinstance(tapped, ConfirmEmptyCart) and self._cart:
            return "The cart was emptied, and is not empty."
        if isinstance(tapped, RemoveLine) and self._cart >= before > 0:
            return "A line was taken out of the cart, and it holds no less than before."
        if isinstance(tapped, OpenCart | BrowseCategories | MyOrders | Help) and self._cart != before:
            return "A look at the shop changed the cart."
        if "cart.empty" in said and self._cart:
            return "The cart was called empty, and is not."
        if "cart.summary" in said and not self._cart:
            return "An empty cart was shown as full."
        return ""

    async def _order_is_right(self, psid: str, said: list[str]) -> str:
        before, self._orders = self._orders, int(await self._theatre.know("orders", psid))
        if "summary.placed" in said and self._orders != before + 1:
            return f"An order was called placed, and there are {self._orders} after {before}."
        if "summary.placed" not in said and self._orders > before:
            return "An order was placed that nobody was told of."
        if "summary.placed" in said and self._cart:
            return "An order was placed, and its things are still in the cart."
        return ""

    async def at_the_end(self) -> str:
        """What does not hold at the end of a walk; empty where all is well."""
        return "; ".join(await self._theatre.untrue())


def _tapped(shopper: Shopper, exchange: Exchange) -> Tap | None:
    """What a tap means, None for anything else."""
    doing = act(exchange.did)
    if doing.kind != "tap" or exchange.faults:
        return None
    return next((CODEC.unpack(button.payload) for button in shopper.tappable if button.title == doing.text), None)


async def shrunk(acts: Sequence[Exchange], why: str, play: Play) -> list[Exchange]:
    """The fewest of some acts after which the same breaks.

    Args:
        acts: What was done.
        why: What broke.
        play: Does them anew, and says what breaks.
    """
    kept, size, tries = list(acts), max(1, len(acts) // 2), 0
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
    return kept


def _kind(why: str) -> str:
    """What broke, without what differs from one time to the next."""
    return "".join(letter for letter in why if not letter.isdigit())[:60]


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
    transcript = msgspec.structs.replace(_header(found.seed), exchanges=[first, *more])
    file = folder / f"walk-{found.seed}.transcript"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(written(transcript), encoding="utf-8")
    return file
