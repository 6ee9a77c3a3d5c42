"""What the chats of a day come to: figures, and how far each shopper came. It reads nothing and keeps nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from bot.language.texts import is_no
from repository.aftersales.calling import MISSES
from repository.analytics.figures import Figure
from repository.analytics.gathering.turns import CountedTurn, recorded
from repository.wording.trials import Heard, Trial

WROTE, SAW, FILLED, BEGAN, ORDERED, PAID, HAS = range(7)
"""How far a shopper comes, as `analytics_visits.step` has it."""
UNANSWERED: Final = (*MISSES, "did_you_mean")
"""Intents of turns in which the bot had no answer, or only asked what was meant."""
TO_PEOPLE: Final = ("left_to_person", "call_person", "talk_to_person", "calm")
"""Intents after which a shopper waits for a person."""
HASTE = timedelta(seconds=2)
"""Nobody answers faster: what does was typed by nobody."""
SOON = timedelta(minutes=10)
"""Within this, what a shopper writes next says how an answer was."""
ORDER_WITHIN = timedelta(hours=24)


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """How far a shopper came on a day, by the chat alone.

    Attributes:
        shopper_id: `users.id`.
        first_at: When they wrote first.
        turns: How often they wrote or tapped.
        step: `WROTE` to `BEGAN`.
        stopped_at: The tag of the checkout's last question to them; None where they did not begin.
        source: Where they came from, such as "ref:bio"; empty where they came directly.
    """

    shopper_id: int
    first_at: datetime
    turns: int
    step: int
    stopped_at: str | None
    source: str


class _Used(msgspec.Struct):
    """A canned reply that was said."""

    reply_id: int
    shopper_id: int
    at: datetime
    words: str
    is_wrong: bool = False
    to_person: bool = False


class ChatDay:
    """Hears every turn of a day, oldest first, and then says what it came to.

    Args:
        trials: The second wordings of canned replies that were tried on the day.
    """

    def __init__(self, trials: Sequence[Trial] = ()) -> None:
        self._trials = trials
        self._counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._bot_ms: list[int] = []
        self._visits: dict[int, Visit] = {}
        self._used: list[_Used] = []
        self._last: dict[str, _Used] = {}
        self.waiting: dict[str, list[datetime]] = defaultdict(list)
        """By PSID, when each message came that is a person's to answer."""

    def hear(self, turn: CountedTurn) -> None:
        """Count a turn.

        Args:
            turn: The next one.
        """
        told = recorded(turn)
        self._judge(turn, told.canned)
        if turn.kind == "text" and turn.intent != "left_to_person":
            self._counts["messages", ""] += 1
            if turn.intent in UNANSWERED:
                self._counts["unanswered", turn.intent] += 1
        if turn.intent in TO_PEOPLE:
            self.waiting[turn.psid].append(turn.created_at)
        if turn.decided_ms is not None and turn.sent_ms is not None and turn.sent_ms >= 0:
            self._bot_ms.append(turn.decided_ms + turn.sent_ms)
        if turn.product_id:
            self._counts["looked", str(turn.product_id)] += 1
        if told.sold_out:
            self._counts["sold_out", str(told.sold_out)] += 1
        if told.canned:
            self._used.append(_Used(told.canned, turn.shopper_id, turn.created_at, told.words))
            self._last[turn.psid] = self._used[-1]
        if turn.shopper_id:
            self._visit(turn)

    def _judge(self, turn: CountedTurn, canned: int) -> None:
        """What this turn says of the canned reply before it."""
        before = self._last.pop(turn.psid, None)
        if before is None or turn.created_at - before.at > SOON:
            return
        before.to_person = turn.intent in TO_PEOPLE
        before.is_wrong = turn.intent in UNANSWERED or canned == before.reply_id or is_no(turn.words)

    def _visit(self, turn: CountedTurn) -> None:
        known = self._visits.get(turn.shopper_id)
        is_checkout = turn.at.startswith("checkout.")
        if is_checkout:
            step = BEGAN
        elif turn.fills or turn.at.startswith("cart"):
            step = FILLED
        else:
            step = SAW if turn.shows or turn.product_id else WROTE
        self._visits[turn.shopper_id] = Visit(
            shopper_id=turn.shopper_id,
            first_at=known.first_at if known else turn.created_at,
            turns=(known.turns if known else 0) + 1,
            step=max(step, known.step if known else WROTE),
            stopped_at=turn.at if is_checkout else known.stopped_at if known else None,
            source=(known.source if known else "") or turn.source,
        )

    @property
    def visits(self) -> Sequence[Visit]:
        """How far each shopper came."""
        return tuple(self._visits.values())

    def figures(self, *, ordered: Mapping[int, Sequence[datetime]]) -> Iterator[Figure]:
        """What the day came to.

        Args:
            ordered: When each shopper ordered, that day and the next.
        """
        for (measure, part), count in self._counts.items():
            yield Figure(measure, part, count)
        yield from spread("bot", self._bot_ms)
        replies: defaultdict[tuple[str, int], int] = defaultdict(int)
        for used in self._used:
            bought = _bought(used, ordered)
            for measure, counts in (
                ("canned", True),
                ("canned_order", bought),
                ("canned_person", used.to_person),
                ("canned_wrong", used.is_wrong),
            ):
                replies[measure, used.reply_id] += counts
        for (measure, reply_id), count in replies.items():
            if count:
                yield Figure(measure, str(reply_id), count)

    def heard(self, *, ordered: Mapping[int, Sequence[datetime]]) -> Iterator[Heard]:
        """Which wording each shopper heard of what was tried, and what became of it.

        Args:
            ordered: When each shopper ordered, that day and the next.
        """
        for trial in self._trials:
            for used in self._used:
                is_tried = trial.started_at <= used.at and (trial.ended_at is None or used.at < trial.ended_at)
                if is_tried and used.shopper_id and used.words == trial.words_a:
                    yield Heard(
                        trial_id=trial.id,
                        shopper_id=used.shopper_id,
                        wording=trial.wording_for(used.shopper_id),
                        first_at=used.at,
                        is_bought=_bought(used, ordered),
                        is_wrong=used.is_wrong or used.to_person,
                    )


def _bought(used: _Used, ordered: Mapping[int, Sequence[datetime]]) -> bool:
    return any(used.at <= at <= used.at + ORDER_WITHIN for at in ordered.get(used.shopper_id, ()))


def waits(waiting: Mapping[str, Sequence[datetime]], spoken: Mapping[str, Sequence[datetime]]) -> Iterator[Figure]:
    """How long shoppers waited for a person, by the hour at which they began to.

    Who writes again before an answer waits since the first message; an answer ends the wait.

    Args:
        waiting: When each shopper's messages came, oldest first, by PSID.
        spoken: When people of the shop wrote to each.
    """
    by_hour: defaultdict[int, list[int]] = defaultdict(list)
    unanswered = 0
    for psid, asked in waiting.items():
        answers = sorted(spoken.get(psid, ()))
        until: datetime | None = None
        for at in asked:
            if until and at <= until:
                continue
            until = next((answer for answer in answers if answer - at >= HASTE), None)
            if until is None:
                unanswered += 1
                break
            by_hour[at.hour].append(int((until - at).total_seconds()))
    for hour, seconds in by_hour.items():
        yield Figure("wait_hour", f"{hour:02}", len(seconds), Decimal(sum(seconds)))
    yield from spread("wait", [each for seconds in by_hour.values() for each in seconds])
    if unanswered:
        yield Figure("wait_open", "", unanswered)


def spread(measure: str, values: Sequence[int]) -> Iterator[Figure]:
    """The middle value of some, and the one that 95 of 100 are not above; nothing for none.

    Args:
        measure: What they measure; `_p50` and `_p95` are put behind.
        values: In any order.
    """
    ranked = sorted(values)
    if ranked:
        for percent in (50, 95):
            value = ranked[-(-len(ranked) * percent // 100) - 1]
            yield Figure(f"{measure}_p{percent}", "", len(ranked), Decimal(value))
