"""The page's Messenger profile: greeting, Get Started and the menu that is always there."""

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
    ViewPromos,
)
from replies.words import Speaker, Words

_MENU: tuple[tuple[str, Tap], ...] = (
    ("profile.menu_shop", BrowseCategories()),
    ("profile.menu_cart", OpenCart()),
    ("profile.menu_orders", MyOrders()),
    ("profile.menu_promos", ViewPromos()),
    ("profile.menu_shipping", ShippingInfo()),
    ("profile.menu_help", Help()),
)
_LOCALES = (("default", "en"), ("tl_PH", "fil"))


def profile(words: Words, *, shop_name: str) -> dict[str, object]:
    """The properties of the Messenger profile (contract/messenger.md, section 5).

    Args:
        words: Every block.
        shop_name: The shop's name.
    """
    speakers = [(locale, Speaker(words, language)) for locale, language in _LOCALES]
    return {
        "get_started": {"payload": CODEC.pack(GetStarted())},
        "greeting": [
            {"locale": locale, "text": say("profile.greeting", shop_name=shop_name)} for locale, say in speakers
        ],
        "persistent_menu": [
            {"locale": locale, "composer_input_disabled": False, "call_to_actions": _menu(say)}
            for locale, say in speakers
        ],
    }


def _menu(say: Say) -> list[dict[str, object]]:
    return [{"type": "postback", "title": say(block), "payload": CODEC.pack(tap)} for block, tap in _MENU]
