"""Filling in the address of an order from one message."""

from msgspec.structs import replace

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.lexicon import words_for
from dialogs.checkout.draft import moved
from dialogs.checkout.form import ask_again, proceed
from dialogs.engine.run import Next, Turn
from dialogs.states import AskingAddress, Draft, Ordering

NAME_MOST = 100
"""Characters of a barangay, city or province (contract/database.md)."""
LINE_MOST = 255
"""Characters of an address line."""

_NO_STREET = words_for("address.no_street", "small.polite", "small.particle", "small.me", "small.article")
"""Words that name no street: "dito lang po sa Marikina"."""


async def with_address(draft: Draft, text: str, turn: Turn) -> Next[Ordering]:
    """Fill the address from a message; what it does not say is asked next, in place of what an earlier one said.

    Args:
        draft: What is known of the order.
        text: What was typed.
        turn: The facts.
    """
    found = parse(text)
    if set(fold(found.line1).split()) <= _NO_STREET:
        draft = moved(
            replace(draft, line1="", barangay=found.barangay[:NAME_MOST]), city=found.city, province=found.province
        )
        state = AskingAddress(draft=draft)
        return await ask_again(state, turn)
    city, province = (
        (found.city or draft.city, found.province or draft.province)
        if not draft.line1
        else (found.city, found.province)
    )
    fresh = tuple(part for part in draft.asked if part not in ("barangay", "landmark", "saved"))
    if found.landmark:
        fresh = (*fresh, "landmark")
    draft = replace(
        draft,
        line1=found.line1[:LINE_MOST],
        barangay=found.barangay[:NAME_MOST] or ("" if draft.line1 else draft.barangay),
        postal_code=found.postal_code,
        landmark=found.landmark[:LINE_MOST],
        asked=fresh,
    )
    return await proceed(moved(draft, city=city[:NAME_MOST], province=province), turn)
