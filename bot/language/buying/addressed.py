"""Where an order shall go, in a sentence about it: "send it to 45 Rizal St, Quezon City instead"."""

import re

from bot.language.addressing import parse
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.texts import tidy

STREET = words_for("address.street", "address.estate", "address.part", "address.barangay")
"""Words that stand in an address, and in little else."""
TAIL = re.compile(
    rf"(?:[\s,]+(?:{pattern('edit.instead', 'small.polite', 'small.please', 'redirect.after')}))+[.!]*$", re.IGNORECASE
)
"""What stands behind what was meant: "instead po"."""
_SEND = words_for("wish.send")
_TO = r"(?:to|sa|into|address|tirahan|kay)"
_LEAD = re.compile(rf"^.*?\b{_TO}\b[^\d#]*?(?=(?:blk|block|lot|unit|purok|#|\d))", re.IGNORECASE)
_LEAD_PLACE = re.compile(rf"^.*\b{_TO}\b\s+", re.IGNORECASE)


def sends_to(text: str) -> str:
    """The address to which a text sends an order, without saying that it was another: "sa office po ideliver, 5F ...".

    Args:
        text: What was typed where no address was asked.
    """
    return (address_within(text, sent=True) or place_within(text)) if set(fold(text).split()) & _SEND else ""


def address_within(text: str, *, sent: bool = False) -> str:
    """The address in a sentence such as "send it to 45 Rizal St, Quezon City instead"; empty where it holds none.

    Args:
        text: What was typed where no address was asked.
        sent: Whether it says that something shall be sent, so that a comma and a number make one.
    """
    address = TAIL.sub("", _LEAD.sub("", tidy(text)))
    is_one = any(letter.isdigit() for letter in address) and (
        STREET & set(fold(address).split()) or (sent and "," in address)
    )
    return address if is_one and parse(address).city else ""


def place_within(text: str) -> str:
    """The place behind the last "to" or "sa" of a text; empty where none stands there.

    Args:
        text: What was typed where no address was asked.
    """
    shown = TAIL.sub("", tidy(text))
    if not (match := _LEAD_PLACE.match(shown)):
        return ""
    place = shown[match.end() :]
    parsed = parse(place)
    return place if (parsed.city or parsed.province) and len(place.split()) <= 8 else ""
