"""Everything that an order needs, in one message: who receives it, their number, the address, how it is paid."""

import re

import msgspec

from bot.language.buying.naming import SURE, name_in
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.payments import method_alone
from bot.language.phones import cut_out, phone_in
from bot.language.places import names_place
from bot.language.texts import tidy

_PIECES = re.compile(r"[\n,;|]+|\s/\s")
_LABEL_OF_NAME = re.compile(
    rf"^(?:{pattern('part.recipient')}|full\s*name)(?:\s+(?:po|ko|is|ay))*\s*[:=-]\s*", re.IGNORECASE
)
_LABEL_OF_PAYMENT = re.compile(
    rf"^(?:mode\s+of\s+|method\s+of\s+)?(?:{pattern('part.payment', 'topic.pay')}|mop)(?:\s+\w+)?\s*[:=-]\s*",
    re.IGNORECASE,
)
_LABELS = re.compile(
    rf"(?<=\S)[ ]+(?=(?:{pattern('part.recipient', 'part.phone', 'address.label')}"
    r"|full\s*name|mop|payment|mode\s+of\s+payment)"
    r"(?:[ ]+(?:no\.?|number|method|#))?\s*[:=])",
    re.IGNORECASE,
)
"""Where another label begins on the same line: "Name: Ana Cruz Address: 12 Mabini St Contact: 0917 ..."."""
_LABEL_OF_ADDRESS = re.compile(
    rf"^(?:{pattern('part.and')}\s+)?(?:(?:{pattern('small.article', 'small.polite')})\s+)*{pattern('address.label')}"
    rf"(?:\s+(?:{pattern('small.polite', 'small.me')}|is|ay))+\s*[:=,-]?\s+(?=\S)",
    re.IGNORECASE,
)
"""Such as "tapos address ko"."""
_OF_PHONES = words_for("part.phone", "small.polite", "small.me", "small.particle", "small.article") | {"no", "is"}
_PAYMENT_MOST = 3  # words behind an address that say how it is paid


class Whole(msgspec.Struct, frozen=True):
    """What a message gives; empty where it does not.

    Attributes:
        recipient: Who receives it, as typed.
        phone: As E.164.
        method: The way to pay, as in `orders.payment_method`.
        address: What is left of the message: the whole of it where it gives none of the others.
    """

    recipient: str = ""
    phone: str = ""
    method: str = ""
    address: str = ""


def whole_in(text: str) -> Whole:
    """What a message gives of an order.

    Args:
        text: What was typed, such as "Ana Cruz, 0917 123 4567, 12 Mabini St, Brgy San Roque, Marikina, cod po".
    """
    text = _LABELS.sub("\n", text)
    phone = phone_in(text) or ""
    shown = cut_out(text, by="\n") if phone else text
    recipient = method = ""
    kept: list[str] = []
    for piece in map(tidy, _PIECES.split(shown)):
        bare = piece.strip(" .:#-()")
        words = set(fold(bare).split())
        if not words or (phone and words <= _OF_PHONES):
            continue
        paid = method_alone(_LABEL_OF_PAYMENT.sub("", bare))
        if paid:
            method = method or paid
        elif not recipient and (name := _name(bare, is_first=not kept, is_beside=bool(phone))):
            recipient = name
        else:
            kept.append(_LABEL_OF_ADDRESS.sub("", piece))
    if kept and not method:
        method, kept[-1] = _paid_behind(kept[-1])
    if not kept and recipient and not _LABEL_OF_NAME.match(tidy(text)):
        recipient, kept = "", [recipient]  # "San Jose, 0917 123 4567" is a place as well as a name
    if not (recipient or phone or method):
        return Whole(address=text)
    return Whole(recipient, phone, method, ", ".join(filter(None, kept)))


def _name(piece: str, *, is_first: bool, is_beside: bool) -> str:
    """The name that a piece is, where it is called one, or stands first in a message with a number."""
    labelled = _LABEL_OF_NAME.match(piece)
    if not labelled and not (is_first and is_beside):
        return ""
    rest = piece[labelled.end() :] if labelled else piece
    name = name_in(rest)
    is_sure = name.sureness >= SURE and not name.rest and not names_place(name.name)
    return name.name if is_sure and (labelled or len(name.name.split()) > 1) else ""


def _paid_behind(piece: str) -> tuple[str, str]:
    """The way to pay that stands behind an address, and the piece without it: "brgy tibanga iligan city cod po"."""
    words = piece.split()
    for count in range(min(_PAYMENT_MOST, len(words) - 1), 0, -1):
        if method := method_alone(" ".join(words[-count:])):
            return method, " ".join(words[:-count])
    return "", piece
