"""What people type is not kept for ever, however many different things they type."""

import functools
import random
import sys
from collections.abc import Iterator

import pytest

from bot.language.buying.commenting import read_comment
from bot.language.meaning import meaning
from bot.messenger.events import TextMessage
from dialogs.engine.state import Idle
from dialogs.reading.context import Context
from dialogs.reading.hear import hear
from dialogs.states import AskingAddress, AskingCity, AskingLandmark, AskingPhone, AskingRecipient
from tests.dialogs.reading.test_hear import an_event

STATES = (Idle(), AskingRecipient(), AskingPhone(), AskingAddress(), AskingCity(), AskingLandmark())
SAID = ("mine {} x{}", "a1 {} b2 {}", "{} po, magkano {}", "brgy {} {} city cavite", "2 {} and 3 {} po", "{} {}")


@pytest.fixture
def strange_words() -> Iterator[str]:
    """Words that nobody has typed before."""
    chance = random.Random(41)
    return ("".join(chance.choices("abcdefghijklmnoprstuy", k=chance.randint(3, 9))) for _ in iter(int, 1))


def kept_for_ever() -> dict[str, int]:
    """How much is kept in each cache that has no end."""
    modules = [module for name, module in sys.modules.items() if name.startswith(("bot.", "dialogs.", "replies."))]
    return {
        f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize
        for one in (one for module in modules for one in vars(module).values())
        if isinstance(one, functools._lru_cache_wrapper) and one.cache_info().maxsize is None
    }


def reads_some(words: Iterator[str]) -> None:
    for number in range(150):
        text = SAID[number % len(SAID)].format(next(words), next(words))
        read_comment(text, ("a1", "b2"))
        meaning(text)
        for state in STATES:
            hear(an_event(TextMessage, text=text), Context(state=state))


def test_nothing_that_grows_with_what_is_typed_has_no_end(strange_words: Iterator[str]) -> None:
    reads_some(strange_words)
    before = kept_for_ever()
    reads_some(strange_words)
    grown = {name: size - before.get(name, 0) for name, size in kept_for_ever().items() if size != before.get(name, 0)}
    assert not grown
