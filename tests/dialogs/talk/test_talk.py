"""Talk: first words, the merchant's answers, greetings, languages, whatever is sent."""

from datetime import timedelta

import pytest

from dialogs.states import ReviewingCart, WaitingForPerson
from dialogs.states_looking import (
    Searching,
)
from replies.taps import (
    GetStarted,
)
from replies.taps_talk import PickReply
from repository.catalogue import search
from repository.chats import missed, shoppers
from repository.orders import shipping
from repository.wording import canned
from repository.wording.canned import CannedReply, Near
from tests.dialogs.stock import (
    SHOP,
    a_page,
)
from tests.support.chat import NOON, Chat


def test_the_first_words_say_that_it_is_a_bot() -> None:
    chat = Chat(SHOP).taps(GetStarted()).hears("Hi Ana!", "I'm the shop's bot", "Tindahan")
    assert "Filipino" in chat.titles
    chat.name = ""
    chat.taps(GetStarted()).hears("Hi! 👋")


def test_somebody_new_who_begins_with_a_question_learns_who_answers() -> None:
    chat = Chat(SHOP)
    chat.is_new = True
    chat.says("mug").hears("I'm the bot of Tindahan", "Blue mug")
    chat.says("mug")
    assert "I'm the bot" not in chat.text


def test_the_merchants_answers_come_before_the_search() -> None:
    chat = Chat(SHOP)
    chat.answers[canned.best] = CannedReply(1, "location", "We are in Marikina.", "store")
    chat.says("saan location nyo").hears("We are in Marikina.")
    assert not any(asked.function is search.search for asked in chat.asks)
    assert chat.asked(canned.best) == {"text": "saan location nyo", "language": "fil"}


def test_what_is_not_sure_is_asked_and_picked() -> None:
    chat = Chat(SHOP)
    chat.answers |= {search.search: a_page(), canned.near: (Near(7, "warranty"), Near(8, "repair"))}
    chat.says("do you fix them?").hears("not sure", "warranty", "repair")
    chat.answers[canned.picked] = CannedReply(8, "repair", "Bring it in.", "service")
    chat.taps("repair").hears("Bring it in.")
    assert chat.asked(canned.picked) == {"reply_id": 8}
    assert "shopper_id" in chat.asked(missed.understood)  # the question counts as answered now


def test_what_was_picked_too_late_is_no_answer() -> None:
    Chat(SHOP).taps(PickReply(reply_id=8)).hears("no longer works")


def test_a_general_answer_about_prices_is_followed_by_the_products_that_were_named() -> None:
    chat = Chat(SHOP)
    chat.answers[canned.best] = CannedReply(1, "how much", "Type the product's name.", "product")
    chat.says("how much is the mug?").hears("Blue mug", "₱120.00")
    chat.says("how much?").hears("Blue mug", "₱120.00")
    again = Chat(chat.answers).says("how much?")
    again.hears("Type the product's name.")


@pytest.mark.parametrize("text", ["hi", "Hello po!", "good morning", "kumusta", "tao po"])
def test_a_greeting_is_greeted(text: str) -> None:
    assert "bot" in Chat(SHOP).says(text).text.lower()


@pytest.mark.parametrize("text", ["thank you po", "ok", "salamat", "sige", "👍", "😂😂", "...", "haha"])
def test_kind_words_get_kind_words(text: str) -> None:
    Chat(SHOP, state=ReviewingCart()).says(text).hears("👍")


def test_filipino_is_answered_in_filipino() -> None:
    chat = Chat(SHOP).says("Magkano po ang mug?").hears("Ito po ang nakita ko")
    assert chat.language == "fil"
    chat.says("english please").hears("Okay, English it is!")
    assert chat.asked(shoppers.set_language)["language"] == "en"
    chat.taps("Filipino").hears("Filipino na tayo")


def test_shipping_and_a_person() -> None:
    chat = Chat(SHOP).says("how much is shipping?").hears("Visayas: from ₱140.00")
    assert chat.asked(shipping.zones) == {}
    chat.says("I want to talk to a person").hears("someone from our team")
    assert isinstance(chat.state, WaitingForPerson)
    chat.says("my parcel is broken").hears("Our team will read your message")
    chat.says("cart").hears("Your cart")


def test_after_a_while_nobody_waits_for_a_person_any_more() -> None:
    chat = Chat(SHOP, state=WaitingForPerson(since=NOON - timedelta(hours=3))).says("mug").hears("Blue mug")
    assert chat.state == Searching(text="mug")


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file", "location", "reel", "sticker", "fallback", "xyz"])
def test_whatever_is_sent_is_answered(kind: str) -> None:
    chat = Chat(SHOP).sends(kind)
    assert chat.titles


def test_an_unknown_button_is_answered_kindly() -> None:
    Chat(SHOP).presses("NO_SUCH_THING", "Summer sale").hears("“Summer sale” is from an old message")
    Chat(SHOP).presses("", "").hears("that button is from an old message")
    Chat(SHOP).presses("old_bot_menu", "Menu").hears("What would you like to do")
