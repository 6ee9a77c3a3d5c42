"""What is known of an order that is being made, and what is not known yet."""

from msgspec.structs import replace

from bot.language.places import Place
from dialogs.checkout.questions import PARTS
from dialogs.states import (
    AskingAddress,
    AskingBarangay,
    AskingCity,
    AskingLandmark,
    AskingPhone,
    AskingProvince,
    AskingRecipient,
    Draft,
    InCheckout,
)
from repository.orders.addresses import AddressDraft

CHANGE = "change "
"""What `Draft.asked` holds in front of the part that is changed, once the summary was shown."""


def delivery_of(draft: Draft) -> AddressDraft:
    """Where the order goes."""
    return AddressDraft(
        recipient_name=draft.recipient,
        phone=draft.phone,
        address_line1=draft.line1,
        barangay=draft.barangay,
        city=draft.city,
        province=draft.province,
        region=draft.region,
        postal_code=draft.postal_code,
        landmark=draft.landmark,
    )


def asked(draft: Draft, part: str) -> Draft:
    """The draft, with an optional part noted as asked."""
    return draft if part in draft.asked else replace(draft, asked=(*draft.asked, part))


def moved(draft: Draft, *, city: str, province: str) -> Draft:
    """The draft with another city and province: the zone and the saved address no longer hold.

    Args:
        draft: What is known.
        city: City or municipality, may be empty.
        province: Province, may be empty.
    """
    region = Place(city, province).region
    return replace(draft, city=city, province=province, region=region, zone_id=None, address_id=None)


def missing(draft: Draft) -> type[InCheckout] | None:
    """The first question that has no answer yet."""
    for state, answered in (
        (AskingRecipient, draft.recipient),
        (AskingPhone, draft.phone),
        (AskingAddress, draft.line1),
        (AskingBarangay, draft.barangay or "barangay" in draft.asked),
        (AskingCity, draft.city),
        (AskingProvince, draft.province),
        (AskingLandmark, draft.landmark or "landmark" in draft.asked),
    ):
        if not answered:
            return state
    return None


def is_changing(state: InCheckout) -> bool:
    """Whether this question is asked because that part of the order shall be changed."""
    return any(PARTS.get(mark.removeprefix(CHANGE)) is type(state) for mark in state.draft.asked if CHANGE in mark)
