"""What was filled into Facebook's form for names and addresses, as the draft of an order has it."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.phones import phone_in
from bot.language.texts import tidy
from bot.messenger.parts import Answer
from dialogs.checkout.draft import NAME_MOST, with_address
from dialogs.states import Draft

_ADDRESS = ("address_line_1", "address_line_2", "locality", "administrative_area", "zipcode")
_ANSWER_MOST = 200


def filled(draft: Draft, answers: Sequence[Answer]) -> Draft:
    """What is known, with what was filled into Facebook's form; what of it cannot be is left out.

    Args:
        draft: What is known.
        answers: What was filled in.
    """
    said = {one.key: tidy(one.value)[:_ANSWER_MOST] for one in answers if one.value.strip()}
    name = said.get("name") or " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
    if name and any(map(str.isalpha, name)):
        draft = replace(draft, recipient=name[:NAME_MOST], address_id=None)
    if phone := phone_in(said.get("phone", "")):
        draft = replace(draft, phone=phone, address_id=None)
    address = ", ".join(said[key] for key in _ADDRESS if key in said)
    if any(key in said for key in ("address_line_1", "locality")):
        draft = with_address(replace(draft, line1="", barangay="", city="", province=""), address)
    return draft
