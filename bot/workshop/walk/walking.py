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
from repository.workshop.facts import Seen

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
                exchange = choosing.next(player.shopper(), watch.seen.orders)
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
        self.seen = Seen()
        self.last: Played | None = None

    async def does(self, exchange: Exchange) -> str:
        """Let an exchange happen; what broke, empty where nothing did. What cannot be done is passed over."""
        shopper = self._player.shopper()
        tapped = _tapped(shopper, exchange)
        played = await self._player.perform(exchange)
        before, self.seen = self.seen, await self._theatre.seen(shopper.psid, self.seen.newest)
        self.last = played
        if played.broken:
            if played.heard is None and any(words in played.broken[0] for words in _CANNOT):
                self.last = None
                return ""
            return _first_line(played.broken[0])
        if never := next((name for name in self.seen.said if name in _NEVER), ""):
            return f"The shopper heard {never}."
        if exchange.passes or exchange.who:
            return ""
        doing = act(exchange.did).kind
        if doing == "tap" and "not_understood" in self.seen.intents:
            return "A button that was on the screen was not understood."
        if played.heard == [[SILENCE]] and doing != "react" and not self.seen.is_left_to_person:
            return "The bot said nothing."
        return _cart(before, self.seen, tapped) or _order(before, self.seen)

    async def at_the_end(self) -> str:
        """What does not hold at the end of a walk; empty where all is well."""
        return "; ".join(await self._theatre.untrue())


def _cart(before: Seen, now: Seen, tapped: Tap | None) -> str:
    """What of the cart is not as it was said."""
    if "cart.added" in now.said and now.cart <= before.cart:
        return "Something was added to the cart, and it holds no more than before."
    pieces = (tapped.quantity or 1) if isinstance(tapped, AddToCart) else 0
    if "cart.added" in now.said and pieces and now.cart != before.cart + pieces:
        return f"{pieces} were added to a cart of {before.cart}, and it holds {now.cart}."
    if isinstance(tapped, ConfirmEmptyCart) and now.cart:
        return "The cart was emptied, and is not empty."
    if isinstance(tapped, RemoveLine) and now.cart >= before.cart > 0:
        return "A line was taken out of the cart, and it holds no less than before."
    if isinstance(tapped, OpenCart | BrowseCategories | MyOrders | Help) and now.cart != before.cart:
        return "A look at the shop changed the cart."
    if "cart.empty" in now.said and now.cart:
        return "The cart was called empty, and is not."
    if "cart.summary" in now.said and not now.cart:
        return "An empty cart was shown as full."
    return ""


def _order(before: Seen, now: Seen) -> str:
    """What of the orders is not as it was said."""
    is_placed = "summary.placed" in now.said
    if is_placed and now.orders != before.orders + 1:
        return f"An order was called placed, and there are {now.orders} after {before.orders}."
    if not is_placed and now.orders > before.orders:
        return "An order was placed that nobody was told of."
    if is_placed and now.cart:
        return "An order was placed, and its things are still in the cart."
    return ""


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
