"""Who receives the order: the name and the phone number, read from what was typed."""

import re

from msgspec.structs import replace

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import phone_in
from bot.language.texts import is_nothing, is_yes, tidy
from dialogs.checkout.draft import NAME_MOST, with_address
from dialogs.checkout.question import Read
from dialogs.engine.run import Turn
from dialogs.states import Draft, InCheckout
from replies.checkout import AskPhone, AskRecipient

_ME = words_for("recipient.me")
_NAME_LABEL = re.compile(rf"^{pattern('recipient.label')}\s*[:=]?\s+", re.IGNORECASE)
_NAME_END = re.compile(rf"[\s,]+{pattern('small.polite', 'small.please')}\.?$", re.IGNORECASE)


async def read_recipient(state: InCheckout, text: str, turn: Turn) -> Read:
    """Who receives it; a phone and an address in the same message are taken too."""
    draft = turn.draft
    if fold(text) in _ME or is_yes(text):
        return own_name(turn)
    if is_nothing(text):
        return None
    phone = phone_in(text)
    name, rest = _name_and_rest(text)
    if not name:
        return AskRecipient(given=draft.recipient, own_name=turn.name, refused=tidy(text)[:60])
    draft = replace(draft, recipient=name, phone=phone or draft.phone, address_id=None)
    return with_address(draft, rest) if phone and rest else draft


async def read_phone(state: InCheckout, text: str, turn: Turn) -> Read:
    """The phone in any usual spelling; what one looks like, said kindly, where it is none."""
    if phone := phone_in(text):
        return replace(turn.draft, phone=phone, address_id=None)
    return AskPhone(given=turn.draft.phone, refused=tidy(text))


def own_name(turn: Turn) -> Draft | None:
    """The draft with the shopper as who receives it; None where Facebook has not told the name."""
    return replace(turn.draft, recipient=turn.name[:NAME_MOST], address_id=None) if turn.name else None


def _name_and_rest(text: str) -> tuple[str, str]:
    """The name in a message and what stands behind it and its phone number; no name where there is none."""
    lines = [tidy(part) for part in re.split(r"[\n;,]+", text) if tidy(part)]
    first = lines[0] if lines else ""
    name = _NAME_END.sub("", _NAME_LABEL.sub("", re.sub(r"[+\d][\d\s().-]{6,}", " ", first))).strip(" ,:-")
    letters = sum(part.isalpha() for part in name)
    if letters < 2 or any(part.isdigit() for part in name):
        return "", ""
    rest = [
        line
        for line in lines[1:]
        if not phone_in(line) or not re.fullmatch(r"[^A-Za-z]*|.{0,12}?[\d\s+().-]{7,}", line)
    ]
    return " ".join(name.split())[:NAME_MOST], ", ".join(rest)
