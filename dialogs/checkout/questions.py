"""The questions of checkout, from what is known of the order."""

from bot.language.fold import fold
from bot.language.lexicon import words_for
from dialogs.engine.run import Turn
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    ChoosingChange,
    ChoosingPayment,
    Draft,
    EnteringPromo,
    InCheckout,
    ReviewingOrder,
)
from replies.base import Reply
from replies.checkout import (
    AskAddress,
    AskBarangay,
    AskCity,
    AskLandmark,
    AskPhone,
    AskProvince,
    AskRecipient,
    AskZone,
)
from replies.paying import AskChange
from replies.promos import AskPromo
from replies.summary import TapConfirm
from repository.orders.shipping import Zone

PARTS: dict[str, type[InCheckout]] = {
    "address": AskingAddress,
    "recipient": AskingRecipient,
    "phone": AskingPhone,
    "landmark": AskingLandmark,
    "payment": ChoosingPayment,
    "promo": EnteringPromo,
}
"""The parts of an order that can be changed, and where each is asked."""
_PART_WORDS = {part: words_for(f"part.{part}") for part in PARTS}
_CHANGE = words_for("edit.change")


def wants_change(text: str) -> bool:
    """Whether a text says that something shall be changed.

    Args:
        text: What was typed.
    """
    return bool(_CHANGE & set(fold(text).split()))


def part_in(text: str) -> str:
    """The part of an order that a text names, empty where it names none.

    Args:
        text: What was typed.
    """
    words = set(fold(text).split())
    return next((part for part, names in _PART_WORDS.items() if words & names), "")


def question(state: InCheckout, turn: Turn) -> Reply:
    """What is asked in a state of checkout that needs nothing from the shop to ask it.

    Args:
        state: The state.
        turn: The facts.
    """
    draft = state.draft
    match state:
        case AskingRecipient():
            return AskRecipient(given=draft.recipient, own_name=turn.name)
        case AskingPhone():
            return AskPhone(given=draft.phone)
        case AskingAddress():
            return AskAddress(given=draft.line1 and spoken_address(draft), city="" if draft.line1 else draft.city)
        case AskingBarangay():
            return AskBarangay(given=draft.barangay)
        case AskingCity():
            return AskCity(given=draft.city, province=draft.province)
        case AskingProvince():
            return AskProvince(given=draft.province, city=draft.city)
        case EnteringPromo():
            return AskPromo()
        case ChoosingChange():
            return AskChange(has_promo=bool(draft.promo_code))
        case ReviewingOrder(nonce=nonce, total=total):
            return TapConfirm(nonce=nonce, total=total)
        case _:
            was_asked = draft.landmark or "landmark" in draft.asked
            given = ", ".join(part for part in (draft.landmark, draft.postal_code) if part)
            return AskLandmark(given=given if was_asked else "")


def which_zone(draft: Draft, zones: tuple[Zone, ...]) -> AskZone:
    """The question in which zone the address lies.

    Args:
        draft: What is known.
        zones: Every zone that the shop sends to.
    """
    place = ", ".join(dict.fromkeys(part for part in (draft.city, draft.province) if part))
    return AskZone(place=place, zones=zones)


def spoken_address(draft: Draft) -> str:
    """The address on one line, for the question that asks it again."""
    return ", ".join(part for part in (draft.line1, draft.barangay, draft.city, draft.province) if part)
