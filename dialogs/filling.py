"""Filling in the address of an order from one message."""

from msgspec.structs import replace

from dialogs.addressing import parse
from dialogs.drafts import moved
from dialogs.engine import Next, Turn
from dialogs.ordering import ask_again, proceed
from dialogs.states import AskingAddress, Draft

NAME_MOST = 100
"""Characters of a barangay, city or province (contract/database.md)."""
LINE_MOST = 255
"""Characters of an address line."""


async def with_address(draft: Draft, text: str, turn: Turn) -> Next:
    """Fill the address from a message; what it does not say is asked next, in place of what an earlier one said.

    Args:
        draft: What is known of the order.
        text: What was typed.
        turn: The facts.
    """
    found = parse(text)
    if not found.line1 or not any(part.isalnum() for part in found.line1):
        draft = moved(replace(draft, line1="", barangay=""), city=found.city, province=found.province)
        state = AskingAddress(draft=draft)
        return await ask_again(state, turn)
    city, province = (
        (found.city or draft.city, found.province or draft.province)
        if not draft.line1
        else (found.city, found.province)
    )
    fresh = tuple(part for part in draft.asked if part not in ("barangay", "landmark", "saved"))
    draft = replace(
        draft,
        line1=found.line1[:LINE_MOST],
        barangay=found.barangay[:NAME_MOST],
        postal_code=found.postal_code,
        landmark="",
        asked=fresh,
    )
    return await proceed(moved(draft, city=city[:NAME_MOST], province=province), turn)
