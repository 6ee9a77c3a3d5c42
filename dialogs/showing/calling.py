"""A shopper is to hear from a person: whether somebody is there, and when somebody will be."""

from datetime import datetime, timedelta

from dialogs.engine.run import Turn, ask
from replies.talk import PersonCalled
from repository.aftersales import calling
from repository.aftersales.calling import Why
from repository.rules import Rules

_WEEK = 7


async def called(turn: Turn, *, why: Why = "asked", may_leave: bool = True) -> PersonCalled:
    """Call a person, and say honestly whether one is there.

    Args:
        turn: The turn's facts.
        why: Why a person is called.
        may_leave: Whether the bot leaves the chat to the person where one is there.
    """
    said = presence(turn.rules, turn.now)
    await ask(calling.call, shopper_id=turn.shopper_id, why=why, leaves=may_leave and said.there == "yes")
    return PersonCalled(there=said.there, clock=said.clock, days=said.days, weekday=said.weekday, lost=why == "lost")


def presence(rules: Rules, now: datetime) -> PersonCalled:
    """Whether a person of the shop is there, and if not when one will be: as far as the merchant has said.

    Args:
        rules: The rules in force.
        now: The present, in the shop's zone.
    """
    if not rules.people_until or not rules.people_days:
        return PersonCalled()
    days = {int(day) for day in rules.people_days}
    for ahead in range(_WEEK + 1):
        day = now + timedelta(days=ahead)
        if day.weekday() not in days or (ahead == 0 and now.hour >= rules.people_until):
            continue
        if ahead == 0 and now.hour >= rules.people_from:
            return PersonCalled(there="yes", clock=_clock(rules.people_until))
        return PersonCalled(there="no", clock=_clock(rules.people_from), days=ahead, weekday=day.weekday())
    return PersonCalled()


def _clock(hour: int) -> str:
    """An hour from 0 to 24 as people say it."""
    return f"{(hour + 11) % 12 + 1} {'PM' if 12 <= hour < 24 else 'AM'}"
