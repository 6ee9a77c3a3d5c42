"""The page's Messenger profile: greeting, Get Started, the menu, and what a new shopper can tap."""

from collections.abc import Mapping

import msgspec

from bot.messenger.limits import GREETING
from replies.base import Say
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import (
    BrowseCategories,
    GetStarted,
    Help,
    MyOrders,
    OpenCart,
    ShippingInfo,
    TalkToPerson,
    ViewPromos,
)
from replies.words import Speaker, Words, cut
from repository.rules import Rules

TAPS: Mapping[str, Tap] = {
    "shop": BrowseCategories(),
    "cart": OpenCart(),
    "orders": MyOrders(),
    "promos": ViewPromos(),
    "shipping": ShippingInfo(),
    "help": Help(),
    "person": TalkToPerson(),
}
"""What the entries of the menu and the questions do, by the names that the rules pick them by."""
_LOCALES = {"en": "en_US", "fil": "tl_PH"}
FIRST_NAME = "{{user_first_name}}"
"""What Facebook puts a person's first name in the place of."""


class Greeting(msgspec.Struct, frozen=True):
    """How one page greets, where it does so in other words than the shop; empty for the shop's own.

    Attributes:
        en: In English.
        fil: In Filipino.
    """

    en: str = ""
    fil: str = ""


SHOPS = Greeting()
"""As the shop greets on every page."""


def profile(words: Words, rules: Rules, *, own: Greeting = SHOPS) -> dict[str, object]:
    """The properties of the Messenger profile (contract/messenger.md, section 5); an empty one is to be removed.

    Args:
        words: Every block.
        rules: The shop's rules: its name, its greeting, what stands in the menu and what can be asked.
        own: What this page greets with.
    """
    first, *others = rules.languages or ("en",)
    speakers = [("default", first), *((_LOCALES[one], one) for one in others if one in _LOCALES)]
    say = {language: Speaker(words, language) for _, language in speakers}
    return {
        "get_started": {"payload": CODEC.pack(GetStarted())},
        "greeting": [
            {"locale": locale, "text": greeting(say[language], rules, language, own)} for locale, language in speakers
        ],
        "persistent_menu": [
            {
                "locale": locale,
                "composer_input_disabled": False,
                "call_to_actions": [_entry(say[language], name) for name in _picked(rules.menu_entries)],
            }
            for locale, language in speakers
            if rules.menu_entries
        ],
        "ice_breakers": [
            {
                "locale": locale,
                "call_to_actions": [_question(say[language], name) for name in _picked(rules.ice_breakers)],
            }
            for locale, language in speakers
            if rules.ice_breakers
        ],
    }


def greeting(say: Say, rules: Rules, language: str, own: Greeting = SHOPS) -> str:
    """What stands above an empty chat: the page's words, else the shop's, else ours.

    Args:
        say: Fills our block.
        rules: The shop's rules.
        language: "en" or "fil".
        own: What this page greets with.
    """
    theirs = (own.fil, rules.greeting_fil) if language == "fil" else (own.en, rules.greeting)
    written = next((text for text in theirs if text), "")
    if not written:
        return say("profile.greeting", shop_name=rules.shop_name)
    return cut(written.replace("{name}", FIRST_NAME).replace("{shop}", rules.shop_name), GREETING)


def _picked(names: tuple[str, ...]) -> list[str]:
    return [name for name in TAPS if name in names]


def _entry(say: Say, name: str) -> dict[str, object]:
    return {"type": "postback", "title": say(f"profile.menu_{name}"), "payload": CODEC.pack(TAPS[name])}


def _question(say: Say, name: str) -> dict[str, object]:
    return {"question": say(f"profile.ask_{name}"), "payload": CODEC.pack(TAPS[name])}
