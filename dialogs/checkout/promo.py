"""Promo codes: found in a text, tried on an order."""

import re

from msgspec.structs import replace

from dialogs.checkout.form import proceed, quoted, refused_order, summary
from dialogs.engine.run import Next, Turn
from dialogs.states import Draft, EnteringPromo, Ordering
from replies.promos import PromoRefusal
from repository.database.errors import EmptyCart, OutOfStock, PromoRefused, UnknownZone

_SHORTEST = 5  # letters of a code that has no digits
_LONGEST = 6  # words of a text in which a code is looked for
_CODE = re.compile(r"[A-Za-z0-9_-]{3,50}")


async def with_promo(draft: Draft, code: str, turn: Turn) -> Next[Ordering]:
    """The summary with a promo code, or why it cannot be used.

    Args:
        draft: What is known of the order.
        code: The code.
        turn: The facts.
    """
    draft = replace(draft, promo_code=code)
    if draft.zone_id is None or not draft.payment_method:
        return await proceed(draft, turn)
    try:
        quote = await quoted(draft, turn)
    except PromoRefused as refused:
        refusal = PromoRefusal(code=code, reason=refused.reason, minimum=refused.minimum)
        return Next(EnteringPromo(draft=replace(draft, promo_code="")), [refusal], intent="promo_refused")
    except (EmptyCart, OutOfStock, UnknownZone) as refused:
        return await refused_order(refused, draft, turn)
    return summary(draft, quote, turn)


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
