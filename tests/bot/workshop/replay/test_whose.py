"""Whose words a message is: a rewording is told from another reply that says no number either."""

import pytest

from bot.workshop.replay.whose import says_another
from replies.words import own_words


@pytest.mark.parametrize("language", ["en", "fil"])
def test_words_that_another_reply_says_are_another_behaviour(language: str) -> None:
    understood = own_words()["talk.take_your_time", language].split("{")[0].strip()
    assert says_another([[understood]], [["Your cart is empty."]], ["cart.empty"])
    assert not says_another([[understood]], [["Come again?"]], ["talk.take_your_time"])


def test_words_that_stand_in_no_block_any_more_are_a_rewording() -> None:
    old = "Nothing in your basket at all, friend"
    assert not says_another([[old]], [["Your cart is empty."]], ["cart.empty"])
