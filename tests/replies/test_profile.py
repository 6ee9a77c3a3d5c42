"""The Messenger profile: what a merchant chose stands in it, in the languages that are offered, within the limits."""

from itertools import combinations

import pytest

from bot.messenger import limits
from replies.profile import TAPS, Greeting, greeting, profile
from replies.words import Speaker, Words
from repository.rules import Rules
from repository.settings.choices import ICE_BREAKERS, MENU

WORDS = Words()
ENGLISH = Speaker(WORDS, "en")


def texts(part: object) -> list[str]:
    """Every text in a property, in order."""
    if isinstance(part, dict):
        return [text for one in part.values() for text in texts(one)]
    if isinstance(part, list):
        return [text for one in part for text in texts(one)]
    return [part] if isinstance(part, str) else []


def test_whatever_can_be_picked_does_something_and_fits() -> None:
    assert set(MENU) | set(ICE_BREAKERS) == set(TAPS)
    for language in ("en", "fil"):
        say = Speaker(WORDS, language)
        assert all(0 < len(say(f"profile.menu_{name}")) <= limits.MENU_TITLE for name in MENU)
        assert all(0 < len(say(f"profile.ask_{name}")) <= 80 for name in ICE_BREAKERS)
    assert len(MENU) <= limits.MENU_ITEMS


def test_what_is_not_picked_is_not_there_and_nothing_picked_is_empty() -> None:
    made = profile(WORDS, Rules(menu_entries=("cart", "shop"), ice_breakers=()))
    titles = [text for text in texts(made["persistent_menu"]) if "🛍" in text or "🛒" in text]
    assert titles == ["🛍️ Shop now", "🛒 My cart", "🛍️ Mamili", "🛒 Cart ko"]
    assert made["ice_breakers"] == []
    assert profile(WORDS, Rules(menu_entries=()))["persistent_menu"] == []


@pytest.mark.parametrize("languages", [("en",), ("fil",), ("en", "fil")])
def test_only_languages_that_the_shop_offers_are_there(languages: tuple[str, ...]) -> None:
    made = profile(WORDS, Rules(languages=languages))
    for name in ("greeting", "persistent_menu", "ice_breakers"):
        part = made[name]
        assert isinstance(part, list)
        assert [one["locale"] for one in part] == ["default", "tl_PH"][: len(languages)]
    assert ("Mamili" in str(made)) == ("fil" in languages)
    assert ("Shop now" in str(made)) == ("en" in languages)


def test_the_pages_own_greeting_comes_before_the_shops_and_that_before_ours() -> None:
    rules = Rules(shop_name="Aling Nena", greeting="Hello {name}, this is {shop}.")
    assert greeting(ENGLISH, Rules(shop_name="Aling Nena"), "en").startswith("Hi {{user_first_name}}! Welcome to Aling")
    assert greeting(ENGLISH, rules, "en") == "Hello {{user_first_name}}, this is Aling Nena."
    assert greeting(ENGLISH, rules, "en", Greeting(en="Only here")) == "Only here"
    assert greeting(Speaker(WORDS, "fil"), rules, "fil").startswith("Hi {{user_first_name}}! Welcome sa")


@pytest.mark.parametrize("name", ["Nena", "N" * 60])
def test_a_greeting_fits_messenger_whatever_the_shop_is_called(name: str) -> None:
    rules = Rules(shop_name=name, greeting="x" * 155 + "{shop}", greeting_fil="{name}" * 26)
    for languages in combinations(("en", "fil"), 2):
        for one in texts(profile(WORDS, Rules(shop_name=name, languages=languages))["greeting"]):
            assert len(one) <= limits.GREETING
    assert len(greeting(ENGLISH, rules, "en")) <= limits.GREETING
    assert len(greeting(ENGLISH, rules, "fil")) <= limits.GREETING
