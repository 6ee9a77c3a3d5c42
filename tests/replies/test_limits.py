"""Whatever the facts are, Messenger takes what is said, and the total is to be seen."""

import re

import pytest

from bot.messenger.checks import check_message
from bot.messenger.messages import Buttons, Card, Cards, Message, Text
from replies.base import Reply
from replies.cart import CartSummary
from replies.orders import OrderDetail
from replies.render import render
from replies.summary import OrderSummaryText
from replies.words import LANGUAGES, Words
from tests.replies.everything import kinds, longest

WORDS = Words()
KINDS = kinds()
_TAP = re.compile(r"\b(?:[Tt]ap|[Ii]-tap ang) “?((?<=“)[^”]+|[A-Z✅][^.,]*)")


def said(reply: Reply, language: str) -> list[Message]:
    messages = render([reply], WORDS, language)
    assert messages
    return messages


def titles(messages: list[Message]) -> list[str]:
    found: list[str] = []
    for message in messages:
        if isinstance(message, Text | Buttons | Cards):
            found += [getattr(option, "title", "") for option in message.quick_replies]
        if isinstance(message, Buttons):
            found += [button.title for button in message.buttons]
        if isinstance(message, Cards):
            found += [button.title for card in message.elements for button in card.buttons]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_button_is_named_as_it_reads(kind: type[Reply], language: str) -> None:
    for reply in (kind.example(), longest(kind)):
        messages = said(reply, language)
        named = {name for message in messages for name in _TAP.findall(getattr(message, "text", ""))}
        assert named <= set(titles(messages))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_messenger_takes_the_example(kind: type[Reply], language: str) -> None:
    messages = said(kind.example(), language)
    for message in messages:
        assert check_message(message.payload()) == []
    assert len(messages) <= 2, "people read on small phones"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_messenger_takes_the_longest_facts(kind: type[Reply], language: str) -> None:
    for message in said(longest(kind), language):
        payload = message.payload()
        assert check_message(payload) == []
        if isinstance(message, Text):
            assert payload["text"] == message.text.strip(), "nothing is cut off at the end of a text"
        if isinstance(message, Buttons):
            attachment = payload["attachment"]
            assert isinstance(attachment, dict)
            assert attachment["payload"]["text"] == message.text.strip(), "nothing is cut off above the buttons"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_stands_on_buttons_is_not_cut(kind: type[Reply], language: str) -> None:
    names = {"Takure Whistling…"}  # a product's name may be
    for title in titles(said(kind.example(), language)):
        assert "…" not in title or any(name in title for name in names), title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_quick_replies_fit_and_differ(kind: type[Reply], language: str) -> None:
    for message in said(kind.example(), language):
        if isinstance(message, Text | Buttons | Cards):
            shown = [getattr(option, "title", "") for option in message.quick_replies]
            assert len(shown) <= 13
            assert len(set(shown)) == len(shown) or kind.name == "checkout.saved"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [CartSummary, OrderSummaryText, OrderDetail])
def test_the_total_of_fifty_long_lines_stands_above_the_buttons(kind: type[Reply], language: str) -> None:
    last = said(longest(kind), language)[-1]
    assert isinstance(last, Buttons)
    assert "₱99,999,999.99" in last.text


def test_a_picture_that_is_missing_leaves_a_card_without_one() -> None:
    for kind in KINDS:
        for message in said(kind.example(), "en"):
            for card in message.elements if isinstance(message, Cards) else ():
                assert isinstance(card, Card)
                assert "image_url" not in card.shape() or card.image_url


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_words_on_buttons_are_not_cut(kind: type[Reply], language: str) -> None:
    names = {"cart.which_line", "product.which", "comments.which"}  # a product's name may be longer than a button
    assert kind.name in names or not [title for title in titles(said(kind.example(), language)) if "…" in title]
