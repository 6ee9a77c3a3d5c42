"""Words that work everywhere, such as "menu" and "cancel": in English, Filipino and Taglish, with small typos."""

from collections.abc import Mapping
from types import MappingProxyType

from rapidfuzz.distance import OSA

from bot.language.texts import plain, words_of
from replies.codec import Tap
from replies.taps import (
    BrowseCategories,
    Cancel,
    Checkout,
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

_LONGEST = 6  # words of a text that may still be a command

_PHRASES: tuple[tuple[Tap, str], ...] = (
    (
        OpenMenu(),
        "menu, main menu, home, options, start over, restart, back to menu, balik sa menu, ibalik sa menu, go"
        " to menu, show menu, open menu, main, homepage, simula ulit, mula sa simula, mga option",
    ),
    (GetStarted(), "get started, start, begin, simula, magsimula, simulan, start shopping"),
    (
        Help(),
        "help, tulong, help me, patulong, tulungan mo ako, tulungan nyo ako, saklolo, what can you do,"
        " commands, how does this work, how do i use this, paano gamitin, paano ito gamitin, paano to, need"
        " help, i need help, ano ang pwede mong gawin",
    ),
    (GoBack(), "back, go back, balik, bumalik, ibalik, back one step, step back, undo, go back please, pabalik"),
    (
        Cancel(),
        "cancel, stop, quit, exit, kansela, kanselahin, ikansela, icancel, i cancel, cancel it, cancel that,"
        " never mind, nevermind, wag na, huwag na, ayoko na, ayaw ko na, itigil, tigil, cancel checkout,"
        " cancel this, end, abort, cancel order, pacancel, pa cancel, cancel ko",
    ),
    (
        OpenCart(),
        "cart, my cart, view cart, show cart, basket, my basket, shopping cart, cart ko, laman ng cart, laman"
        " ng cart ko, ano ang nasa cart ko, anong laman ng cart ko, whats in my cart, open cart, tingnan ang"
        " cart",
    ),
    (
        PickLine(),
        "change items, edit cart, change cart, edit my cart, update cart, change quantity, edit items, baguhin ang"
        " laman, baguhin ang cart, baguhin cart, palitan ang laman, edit quantity",
    ),
    (
        EmptyCart(),
        "empty cart, clear cart, empty my cart, clear my cart, remove all, alisin lahat, tanggalin lahat",
    ),
    (
        MyOrders(),
        "my orders, orders, my order, order ko, orders ko, mga order ko, mga order, order history, view orders, view my"
        " orders, mga inorder ko, inorder ko",
    ),
    (
        TrackOrder(),
        "track, tracking, track order, track my order, order status, order tracking, where is my order,"
        " wheres my order, where is my parcel",
    ),
    (
        TrackOrder(language="fil"),
        "status ng order, status ng order ko, asan na order ko, asan na yung order ko, nasaan na order ko, nasaan na"
        " yung order ko, nasan na order ko, nasan na yung order ko, san na order ko",
    ),
    (
        Checkout(),
        "checkout, check out, check out na, checkout na, proceed to checkout, go to checkout, mag checkout,"
        " magcheckout, bayad na, magbayad na, babayaran ko na",
    ),
    (
        BrowseCategories(),
        "products, product, categories, category, shop, shop now, browse, catalog, catalogue, items, view"
        " products, all products, show products, produkto, mga produkto, paninda, mga paninda, tinda, mga"
        " tinda, kategorya, what do you sell, what do you have, ano ang tinda nyo, anong tinda nyo, ano"
        " paninda nyo, anong paninda nyo, ano po tinda nyo, i want to order, i want to buy, gusto kong"
        " umorder, gusto ko umorder, mamili, mag shop, browse products, see products,"
        " keep shopping, continue shopping",
    ),
    (
        OpenFeatured(),
        "featured, best seller, best sellers, bestseller, bestsellers, popular, recommended, recommendations,"
        " patok, mabenta, pinakamabenta, sikat, top products, featured products, new arrivals",
    ),
    (ViewPromos(), "promos, promo, mga promo, view promos, promotions, vouchers, voucher, show promos, promo codes"),
    (EnterPromo(), "promo code, enter promo code, use promo code, add promo code, add promo, may promo code ako"),
    (ShowMore(), "more, show more, next, next page, more please, more results, iba pa, susunod, marami pa, see more"),
    (ShowPrevious(), "previous, show previous, previous page, prev, nauna, last page"),
    (
        TalkToPerson(),
        "talk to a person, talk to person, talk to a human, human agent, live agent, kausapin ang tao, makausap ang"
        " tao, makausap ng tao, gusto ko ng kausap na tao, customer service, speak to a person",
    ),
    (
        SetLanguage(language="fil"),
        "tagalog, filipino, pilipino, taglish, in tagalog, in filipino, tagalog please, filipino please, mag"
        " tagalog, magtagalog, sa tagalog, sa filipino, tagalog lang, language filipino, pa tagalog, wikang"
        " filipino",
    ),
    (
        SetLanguage(language="en"),
        "english, in english, english please, mag english, magenglish, sa english, sa ingles, ingles, english"
        " lang, language english, speak english",
    ),
)

_FILLERS = words_of(
    "po ho opo pls plz please paki naman nga sana muna lang kuya ate sis mam maam sir madam boss the ang yung "
    "gusto ko want show open view see go to tingnan patingin pakita ipakita i can you me mo hi hello hey ok okay "
    "now"
)
"""Words that make a command polite or longer without changing it."""


_MEANT = frozenset({"order"})
"""Words that are a slip away from a command and were meant: who types "order" does not ask for past orders."""


def _commands() -> Mapping[str, Tap]:
    found: dict[str, Tap] = {}
    for tap, phrases in _PHRASES:
        for phrase in phrases.split(","):
            if found.setdefault(plain(phrase), tap) != tap:
                raise ValueError(f"two commands are called {phrase.strip()!r}")
    return MappingProxyType(found)


COMMANDS = _commands()
"""What may be typed, in `plain` letters, and what it means."""

_CORRECTABLE = tuple(
    word
    for word in COMMANDS
    if len(word) >= 4 and word not in {"home", "main", "shop", "more", "next", "prev", "start", "track", "tracking"}
)
"""Commands that are found through a typo: not those one slip away from what shoppers search for."""


def find(text: str) -> Tap | None:
    """What a text commands, or None where it is no command.

    The whole text must be the command, give or take polite words and a small typo: somebody who looks for a "menu
    board" gets menu boards.

    Args:
        text: As typed, or the title of a button.
    """
    if text.strip() in {"?", "??"}:
        return Help()
    said = plain(text)
    words = said.split()
    if not words or len(words) > _LONGEST:
        return None
    if tap := COMMANDS.get(said):
        return tap
    rest = " ".join(word for word in words if word not in _FILLERS)
    if rest and (tap := COMMANDS.get(rest)):
        return tap
    return None if rest in _MEANT else _corrected(rest or said)


def _corrected(said: str) -> Tap | None:
    """The command that a text with a slip of the finger meant."""
    best: tuple[int, Tap] | None = None
    for command in _CORRECTABLE:
        if abs(len(command) - len(said)) > 2 or said[0] != command[0]:
            continue
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
