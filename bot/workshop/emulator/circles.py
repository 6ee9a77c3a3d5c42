"""Notices a bot that answers itself: it hears its own echoes, and Facebook would go on bringing them for ever."""

from bot.base import clock
from bot.workshop.emulator.people import Person

#: So many messages in a row, within so many seconds, to somebody who does nothing: no bot means that.
CIRCLE = 60
CIRCLE_S = 20.0
CIRCLING = (
    f"Your bot has sent {CIRCLE} messages in a row, so it may be answering its own echoes. It is told of no more of"
    " them until this shopper writes. Leave out webhooks with is_echo."
)


class Circles:
    """Counts what is sent to each person since they last did something."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}

    def notes(self, person: Person) -> bool:
        """Count a message.

        Args:
            person: To whom.

        Returns:
            Whether this is the one by which a circle is noticed; `is_circling` holds from then on.
        """
        now = clock.monotonic()
        if not person.unanswered:
            self._began[person.psid] = now
        person.unanswered += 1
        if person.unanswered % CIRCLE or person.is_circling:
            return False
        person.is_circling = now - self._began.get(person.psid, now) <= CIRCLE_S
        self._began[person.psid] = now
        return person.is_circling
