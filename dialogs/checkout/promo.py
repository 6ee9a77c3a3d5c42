"""Promo codes: found in a text, tried on an order."""

import re

from msgspec.structs import replace

from bot.language.lexicon import words_for
from bot.language.texts import is_polite, is_without_code, is_yes
from dialogs.checkout.question import Read
from dialogs.checkout.summary import quoted, refused_order, summary
from dialogs.engine.run import Next, Turn
from dialogs.states import Draft, EnteringPromo, InCheckout, Ordering
from replies.promos import AskPromo, PromoRefusal
from repository.database.errors import NothingToOrder, OutOfStock, PromoRefused, UnknownZone

PROMO_WORDS = words_for("part.promo")
"""The words that name a promo code."""
_SHORTEST = 5  # letters of a code that has no digits
_LONGEST = 6  # words of a text in which a code is looked for
_CODE = re.compile(r"[A-Za-z0-9_-]{3,50}")


async def read_promo(state: InCheckout, text: str, turn: Turn) -> Read:
    """The promo code; without one, where there is none."""
    if is_without(text):
        return replace(turn.draft, promo_code="")
    if is_yes(text) or is_polite(text):
        return turn.draft  # "ok", to a code that cannot be used: the order goes on as it was
    code = code_in(text)
    if len(text.split()) > 1 and not looks_like_code(code):
        return AskPromo()  # a sentence without anything like a code
    return await with_promo(code, turn)


def is_without(text: str) -> bool:
    """Whether the whole text says that there is no promo code."""
    return is_without_code(text)


async def with_promo(code: str, turn: Turn) -> Draft | Next[Ordering]:
    """The order with a promo code, or why it cannot be used; one that was accepted before stays.

    Args:
        code: The code.
        turn: The facts, with the draft.
    """
    draft = replace(turn.draft, promo_code=code)
    if draft.zone_id is None or not draft.payment_method:
        return draft
    trying = replace(turn, draft=draft)
    try:
        return summary(await quoted(trying), trying)
    except PromoRefused as refused:
        refusal = PromoRefusal.of(code, refused)
        return Next(EnteringPromo(), [refusal], draft=turn.draft, intent="promo_refused")
    except (NothingToOrder, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, trying)


def code_in(text: str) -> str:
    """The promo code in a text: the only word, or the one that looks like a code.

    Args:
        text: What was typed, such as "SUKI50" or "code ko po SUKI50".
    """
    words = [word.strip(".,!\"'“”") for word in text.split()]
    likely = [word for word in words if _CODE.fullmatch(word) and (any(map(str.isdigit, word)) or word.isupper())]
    return (likely[-1] if likely and len(words) > 1 else "".join(words))[:50]


def looks_like_code(text: str) -> bool:
    """Whether a text is one word in capitals, or with letters and digits in it, as promo codes are.

    Args:
        text: What was typed.
    """
    word = text.strip()
    mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return bool(_CODE.fullmatch(word)) and (mixed or (word.isupper() and len(word) >= _SHORTEST))


def code_within(text: str) -> str:
    """The promo code in a text that nobody was asked for: "SUKI50", "apply ko po WELCOME10"; empty where none is plain.

    Args:
        text: What was typed.
    """
    code = code_in(text)
    if not looks_like_code(code) or len(text.split()) > _LONGEST:
        return ""
    is_marked = not text.isupper() or any(map(str.isdigit, code))  # in a text all of capitals a word is only a word
    return code if is_marked or len(text.split()) == 1 else ""
