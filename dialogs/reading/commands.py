"""Words that work everywhere, such as "menu" and "cancel": in English, Filipino and Taglish, with small typos."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.lexicon import table, words_for, written
from replies.codec import Tap
from replies.taps import (
    BrowseCategories,
    Cancel,
    Checkout,
    ChooseLanguage,
    EmptyCart,
    EnterPromo,
    GetStarted,
    GoBack,
    Help,
    MyOrders,
    OpenCart,
    OpenFeatured,
    OpenMenu,
    PickLine,
    SetLanguage,
    ShowMore,
    ShowPrevious,
    TalkToPerson,
    TrackOrder,
    ViewPromos,
)
from replies.taps_wishlist import OpenWishlist

_LONGEST = 6  # words of a text that may still be a command

_TAPS: Mapping[str, Tap] = MappingProxyType(
    {
        "menu": OpenMenu(),
        "start": GetStarted(typed=True),
        "help": Help(),
        "back": GoBack(),
        "cancel": Cancel(),
        "cart": OpenCart(),
        "wishlist": OpenWishlist(),
        "change_items": PickLine(),
        "empty_cart": EmptyCart(),
        "orders": MyOrders(),
        "track": TrackOrder(),
        "track_filipino": TrackOrder(language="fil"),
        "checkout": Checkout(),
        "browse": BrowseCategories(),
        "featured": OpenFeatured(),
        "promos": ViewPromos(),
        "enter_promo": EnterPromo(),
        "more": ShowMore(),
        "previous": ShowPrevious(),
        "person": TalkToPerson(),
        "language": ChooseLanguage(),
        "speak_filipino": SetLanguage(language="fil"),
        "speak_english": SetLanguage(language="en"),
    }
)
"""What each sense of the lexicon's "command" does."""

_AROUND = words_for("command_word.around", "small.polite", "small.please", "small.vocative")
"""Words that make a command polite or longer without changing it."""

_SHOWING = words_for("command_word.showing")
_SHOWN = (
    (words_for("command_word.goods"), BrowseCategories()),
    (words_for("command_word.cart"), OpenCart()),
    (words_for("command_word.wishlist"), OpenWishlist()),
)
_AROUND_SHOWN = _AROUND | words_for(
    "command_word.around_shown", "small.particle", "small.me", "small.you", "small.article", "small.asking",
    "question.particle",
)  # fmt: skip
_PO = words_for("small.polite")
_POLITE = words_for("small.polite", "small.please", "small.vocative", "question.particle")
_MEANT = words_for("command_word.slip_meant")
"""Words that are a slip away from a command and were meant: who types "order" does not ask for past orders."""
_STOPS = words_for("wish.stop")
"""Who types "stop promos" does not mean "shop promos"."""


def _commands() -> Mapping[str, Tap]:
    taps: dict[str, Tap] = {}
    for sense, phrases in table("command").items():
        if sense not in _TAPS:
            raise ValueError(f"command.{sense} of bot/language/words/ means no tap: give it a line in _TAPS")
        for phrase in phrases:
            if taps.setdefault(phrase, _TAPS[sense]) != _TAPS[sense]:
                raise ValueError(f"two commands are called {phrase!r}")
    return MappingProxyType(taps)


COMMANDS = _commands()
"""What may be typed, in `fold` letters, and what it means."""


def _bare(phrase: str) -> str:
    return " ".join(word for word in phrase.split() if word not in _AROUND)


_BARE = {bare: tap for phrase, tap in COMMANDS.items() if len((bare := _bare(phrase)).split()) > 1}
"""Commands of several words without what makes them longer: "laman cart" of "ano laman ng cart ko"."""

_CORRECTABLE_WORDS = tuple(
    word
    for sense in _TAPS
    for word in written(f"command.{sense}")
    if len(word) >= 4 and word not in words_for("command_word.no_slip")
)
"""Commands that are found through a typo: not those one slip away from what shoppers search for."""
_CORRECTABLE: Mapping[tuple[str, int], tuple[str, ...]] = MappingProxyType(
    {
        (letter, length): tuple(
            word for word in _CORRECTABLE_WORDS if word[0] == letter and abs(len(word) - length) <= 2
        )
        for letter in {word[0] for word in _CORRECTABLE_WORDS}
        for length in range(2, max(map(len, _CORRECTABLE_WORDS)) + 3)
    }
)
"""The same by the letter with which a text begins, and by its length."""


@lru_cache(maxsize=1024)
def find(text: str) -> Tap | None:
    """What a text commands, or None where it is no command.

    The whole text must be the command, give or take polite words and a small typo: somebody who looks for a "menu
    board" gets menu boards.

    Args:
        text: As typed, or the title of a button.
    """
    if set(text.strip()) == {"?"}:
        return Help()
    said = fold(text)
    words = said.split()
    if not words or len(words) > 2 * _LONGEST:
        return None
    if tap := _asked_for(set(said.replace("so far", "sofar").split())):
        return tap
    if len([word for word in words if word not in _PO]) > _LONGEST:
        return None
    if tap := COMMANDS.get(said):
        return tap
    if tap := COMMANDS.get(" ".join(word for word in words if word not in _POLITE)):
        return tap
    rest = " ".join(word for word in words if word not in _AROUND)
    if rest and (tap := COMMANDS.get(rest) or _BARE.get(rest)):
        return tap
    return None if rest in _MEANT or _STOPS & set(words) else _corrected(rest or said)


def _asked_for(words: set[str]) -> Tap | None:
    """What is asked to be shown, in little words around one name for it: "ano ano po binebenta nyo"."""
    if not words & _SHOWING:
        return None
    return next((tap for named, tap in _SHOWN if words & named and words <= named | _SHOWING | _AROUND_SHOWN), None)


def _corrected(said: str) -> Tap | None:
    """The command that a text with a slip of the finger meant."""
    best: tuple[int, Tap] | None = None
    for command in _CORRECTABLE.get((said[0], len(said)), ()):
        if len(command) == 4:
            distance = 1 if _slipped(said, command) else 9
        else:
            most = 1 if len(command) < 9 else 2
            distance = OSA.distance(said, command, score_cutoff=most)
            if distance > most:
                continue
        if distance < 9 and (best is None or distance < best[0]):
            best = distance, COMMANDS[command]
    return best[1] if best else None


def _slipped(said: str, command: str) -> bool:
    """Whether a word of four letters was typed with two letters swapped, or one of them doubled or left out.

    Nothing more is forgiven in so short a word: "bank" is not "back", and "card" is not "cart".
    """
    if len(said) == len(command):
        return sorted(said) == sorted(command) and OSA.distance(said, command) == 1
    if len(said) == len(command) + 1:
        return any(said[:at] + said[at + 1 :] == command and said[at] == said[at - 1] for at in range(1, len(said)))
    return False
