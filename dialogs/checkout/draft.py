"""What is known of an order that is being made, changed part by part."""

from collections.abc import Collection

from msgspec.structs import replace

from bot.language.addressing import Parsed, parse
from bot.language.buying.whole import Whole
from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.places import Place
from dialogs.states import Draft
from repository.orders.addresses import Address, AddressDraft
from repository.orders.extras import Extra

NAME_MOST = 100
"""Characters of a barangay, city or province (contract/database.md)."""
LINE_MOST = 255
"""Characters of an address line."""
CHANGE = "change "
"""What `Draft.asked` holds in front of the part that is changed, once the summary was shown."""
SAVED = "saved"
"""What `Draft.asked` holds where a saved address is used."""
NEW = "new"
"""What `Draft.asked` holds where another address than the saved ones is typed."""
DOUBT = "doubt "
"""What `Draft.asked` holds in front of a part that was asked once more, because its answer could hardly be one."""
UNSURE = "unsure "
"""What `Draft.asked` holds in front of a part whose answer was taken all the same, for the merchant to look at."""
_STREETS = words_for("address.street")
_NO_STREET = words_for("address.no_street", "small.polite", "small.particle", "small.me", "small.article")
"""Words that name no street: "dito lang po sa Marikina"."""


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
    """The draft, with a part noted as asked."""
    return draft if part in draft.asked else replace(draft, asked=(*draft.asked, part))


def extra_of(draft: Draft, part: str) -> str | None:
    """The answer to an extra question: empty where it was skipped, None where it was not asked."""
    return next((extra.answer for extra in draft.extras if extra.part == part), None)


def with_extra(draft: Draft, part: str, answer: str) -> Draft:
    """The draft with the answer to an extra question.

    Args:
        draft: What is known.
        part: What was asked for.
        answer: What was answered, empty where it was skipped.
    """
    others = tuple(extra for extra in draft.extras if extra.part != part)
    return replace(draft, extras=(*others, Extra(part, answer)))


def moved(draft: Draft, *, city: str, province: str) -> Draft:
    """The draft with another city and province: the zone and the saved address no longer hold.

    Args:
        draft: What is known.
        city: City or municipality, may be empty.
        province: Province, may be empty.
    """
    city, province = city[:NAME_MOST], province[:NAME_MOST]
    region = Place(city, province).region
    return replace(draft, city=city, province=province, region=region, zone_id=None, address_id=None)


def with_saved(draft: Draft, address: Address) -> Draft:
    """The draft, to be delivered to a saved address.

    Args:
        draft: What is known.
        address: The address.
    """
    return replace(
        draft,
        recipient=address.recipient_name,
        phone=address.phone,
        line1=", ".join(part for part in (address.address_line1, address.address_line2) if part),
        barangay=address.barangay,
        city=address.city,
        province=address.province,
        region=address.region,
        postal_code=address.postal_code,
        landmark=address.landmark,
        address_id=address.id,
        zone_id=None,
        asked=(SAVED, "barangay", "landmark"),
    )


def beside_address(draft: Draft) -> Draft:
    """What is known of an order but who receives it and where: the way to pay, a promo code, wishes.

    Args:
        draft: What is known.
    """
    return Draft(
        payment_method=draft.payment_method,
        promo_code=draft.promo_code,
        asked=draft.asked,
        extras=draft.extras,
        note=draft.note,
    )


def with_address(draft: Draft, text: str) -> Draft:
    """The draft with the address of a message; what it does not say is left to be asked.

    Args:
        draft: What is known.
        text: What was typed.
    """
    parsed = parse(text)
    city, province = parsed.city, parsed.province
    if not draft.line1:  # it is told piece by piece: "Cebu City", then "Brgy Lahug", then the street
        city, province = city or draft.city, province or draft.province
    if set(fold(parsed.line1).split()) <= _NO_STREET:
        stays = not draft.line1 and draft.city in ("", city)
        barangay = parsed.barangay[:NAME_MOST] or (draft.barangay if stays else "")
        return moved(replace(draft, line1="", barangay=barangay), city=city, province=province)
    doubts = tuple(mark + part for mark in (DOUBT, UNSURE) for part in ("address", "barangay", "city"))
    fresh = tuple(part for part in draft.asked if part not in ("barangay", "landmark", SAVED, *doubts))
    draft = replace(
        draft,
        line1=parsed.line1[:LINE_MOST],
        barangay=parsed.barangay[:NAME_MOST] or ("" if draft.line1 else draft.barangay),
        postal_code=parsed.postal_code,
        landmark=parsed.landmark[:LINE_MOST],
        pin="" if draft.line1 else draft.pin,
        asked=(*fresh, "landmark") if parsed.landmark else fresh,
    )
    return moved(draft, city=city, province=province)


def with_more(draft: Draft, text: str) -> Draft:
    """The draft with what a message says of an address besides what is known of it: another city is another address.

    Args:
        draft: What is known.
        text: What was typed where a piece of it was asked, such as "brgy San Roque Marikina, 12 Mabini St".
    """
    parsed = parse(text)
    goes_on = fold(parsed.city) in ("", fold(draft.city)) or not (draft.city and draft.barangay)
    known = draft if goes_on else replace(draft, line1="", barangay="", landmark="", postal_code="", province="")
    city, province = parsed.city or known.city, parsed.province or (known.province if not parsed.city else "")
    told = replace(
        known,
        line1=(parsed.line1 if _is_other(known, parsed) else _joined(known.line1, parsed.line1))[:LINE_MOST],
        barangay=parsed.barangay[:NAME_MOST] or known.barangay,
        postal_code=parsed.postal_code or known.postal_code,
        landmark=parsed.landmark[:LINE_MOST] or known.landmark,
        asked=(*known.asked, "landmark") if parsed.landmark and "landmark" not in known.asked else known.asked,
    )
    return moved(told, city=city, province=province)


def _is_other(known: Draft, told: Parsed) -> bool:
    """Whether a whole address is told, with a house and a street of its own: it stands in place of the line before."""
    said = set(fold(told.line1).split())
    is_house = any(word[:1].isdigit() for word in said) and bool(said & _STREETS)
    has_house = any(word[:1].isdigit() for word in fold(known.line1).split())
    return bool(is_house and has_house and told.city and told.barangay)


def _joined(known: str, told: str) -> str:
    """An address line of what was known and what is told now, each once: "12 Mabini St" and "Purok 2"."""
    before, now = set(fold(known).split()), set(fold(told).split())
    if not told or now <= before or now <= _NO_STREET:
        return known
    return told if before <= now else f"{known}, {told}"


def with_whole(draft: Draft, whole: Whole, *, methods: Collection[str]) -> Draft:
    """The draft with all that one message gives of the order. A name that is known stays: it may be a place's.

    Args:
        draft: What is known.
        whole: What the message gives.
        methods: The ways to pay that the shop takes.
    """
    known = replace(
        draft,
        recipient=draft.recipient or whole.recipient[:NAME_MOST],
        phone=whole.phone or draft.phone,
        payment_method=whole.method if whole.method in methods else draft.payment_method,
        address_id=None,
    )
    return with_address(known, whole.address)


def spoken_address(draft: Draft) -> str:
    """The address on one line, for the question that asks it again."""
    return ", ".join(part for part in (draft.line1, draft.barangay, draft.city, draft.province) if part)


def unsure_parts(draft: Draft) -> tuple[str, ...]:
    """The parts whose answers were taken though they can hardly be right, for the merchant to look at."""
    return tuple(entry.removeprefix(UNSURE) for entry in draft.asked if entry.startswith(UNSURE))
