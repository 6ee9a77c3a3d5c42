"""What a shopper sees and hears, for tests to make sure of."""

import asyncio
import contextlib
from collections.abc import Callable

from bot.messenger.bubbles import Bubble, Button
from bot.workshop.emulator import phone
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Sent
from bot.workshop.emulator.story import story


class ChatFailed(AssertionError):
    """The conversation did not go as it should; the text says what happened instead."""


class Witness:
    """Knows what the bot sent to one person since they last did something.

    Args:
        facebook: The Messenger that they use.
        person: Who.
    """

    def __init__(self, facebook: Facebook, person: Person) -> None:
        self.person = person
        self._facebook = facebook
        self._turn = 0
        self._did = "did nothing yet"

    @property
    def facebook(self) -> Facebook:
        """The Messenger that they use."""
        return self._facebook

    @property
    def psid(self) -> str:
        """Who they are to the page."""
        return self.person.psid

    @property
    def answers(self) -> tuple[Sent, ...]:
        """What the bot sent since the shopper last did something."""
        return tuple(self.person.sent[self._turn :])

    @property
    def heard(self) -> tuple[str, ...]:
        """The words of each answer."""
        return tuple(sent.bubble.words() for sent in self.answers)

    @property
    def last(self) -> Bubble:
        """The newest message of the bot.

        Raises:
            ChatFailed: It never wrote.
        """
        if not self.person.sent:
            raise ChatFailed(f"The bot never wrote to {self.person.first_name}.\n{self._story()}")
        return self.person.sent[-1].bubble

    @property
    def tappable(self) -> tuple[Button, ...]:
        """What can be tapped, newest first: quick replies while they last, then buttons of every message."""
        return phone.tappable(self.person)

    def hears(self, *parts: str) -> None:
        """Make sure that the bot said something since the shopper last did something.

        Args:
            *parts: Each must stand in some answer, in any of its words.

        Raises:
            ChatFailed: One was not heard.
        """
        heard = self.heard
        missing = [part for part in parts if not any(part in words for words in heard)]
        if missing:
            raise ChatFailed(f"{self.person.first_name} did not hear {missing[0]!r}.\n{self._story()}")

    async def hears_soon(self, part: str, *, within: float = 60.0) -> None:
        """Wait until the bot says something, since the shopper last did something.

        Args:
            part: What must stand in some answer.
            within: How long to wait, in seconds.

        Raises:
            ChatFailed: It was not said by then.
        """
        await self._comes(lambda: any(part in words for words in self.heard), within)
        self.hears(part)

    def hears_no(self, *parts: str) -> None:
        """Make sure that none of the parts stands in any answer."""
        heard = [part for part in parts if any(part in words for words in self.heard)]
        if heard:
            raise ChatFailed(f"{self.person.first_name} heard {heard[0]!r}.\n{self._story()}")

    def hears_nothing(self) -> None:
        """Make sure that the bot was silent since the shopper last did something."""
        if self.answers:
            raise ChatFailed(f"{self.person.first_name} heard something.\n{self._story()}")

    def sees_buttons(self, *titles: str) -> None:
        """Make sure that the answers offer these, as buttons or quick replies."""
        offered = [
            button.title for sent in self.answers for button in (*sent.bubble.buttons, *sent.bubble.quick_replies)
        ]
        missing = [title for title in titles if title not in offered]
        if missing:
            raise ChatFailed(
                f"{self.person.first_name} sees no button {missing[0]!r}, only {offered}.\n{self._story()}"
            )

    def sees_cards(self, *titles: str) -> None:
        """Make sure that the answers show cards with these titles."""
        shown = [card.title for sent in self.answers for card in sent.bubble.cards]
        missing = [title for title in titles if title not in shown]
        if missing:
            raise ChatFailed(f"{self.person.first_name} sees no card {missing[0]!r}, only {shown}.\n{self._story()}")

    async def _comes(self, happened: Callable[[], bool], within: float) -> None:
        """Wait until it happened, or for that many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not happened():
                    await self.person.changes()

    def _story(self) -> str:
        """What happened, for an error's text."""
        return story(self.person, self._did, self._facebook.courier.outcomes)
