"""What is told late: another name or barangay than was given, what is right behind a "but", what is beside."""

import re

from bot.language.addressing import parse
from bot.language.buying.addressed import TAIL
from bot.language.buying.leading import without_lead
from bot.language.buying.naming import SURE, name_in
from bot.language.chatting.clauses import clauses
from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for
from bot.language.phones import phone_in
from bot.language.texts import is_question, tidy

_LANDMARK = re.compile(
    rf"\b{pattern('part.landmark')}\b\s*(?:(?:po|ko|namin|ay|is|to|sa|into|as|na lang|nalang)\s+|[:=,-]\s*)*(.+)$",
    re.IGNORECASE,
)
_SORRY = words_for("edit.sorry")
_INSTEAD_NAME = re.compile(r"\s+(?:pala|po pala|na ?lang|nalang|instead)\b.*$", re.IGNORECASE)
_ITS = re.compile(rf"^(?:{pattern('recipient.lead')}|its|it['’]s|i['’]?m|si)\s+", re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?:sa\s+)?(?:{pattern('address.beside')}|{pattern('address.side')}\s+(?:po\s+)?(?:ng|of|sa|ni)\b)\b",
    re.IGNORECASE,
)
_BESIDE_MOST = 12  # words
_TAIL = re.compile(
    rf"(?:[\s,]+(?:{pattern('edit.instead', 'small.polite', 'small.please')}))+[.!]*$",
    re.IGNORECASE,
)
_RECEIVING = re.compile(rf"\b{pattern('recipient.receives')}\b", re.IGNORECASE)
BARANGAY = words_for("address.barangay")
_CHANGING = words_for("edit.change", "quantity.make", "edit.sorry", "wish.send") - {"ay"}
_SHOULD = re.compile(
    rf"(?:\s+(?:{pattern('edit.instead', 'edit.should', 'small.polite', 'small.particle')}))+[.!]*$", re.IGNORECASE
)
_RATHER = frozenset(word for phrase in words_for("edit.instead") for word in phrase.split())
_NAME_BEFORE = re.compile(
    rf"^(.+?)(?:\s+{pattern('small.polite', 'small.particle', 'small.article', 'edit.instead')})*"
    rf"\s+{pattern('part.recipient')}"
    rf"(?:\s+{pattern('small.polite', 'small.me', 'edit.instead')})*[.!]*$",
    re.IGNORECASE,
)
_FIRST_BUT = re.compile(rf"(?:^|[\s,]+){pattern('answer.but')}\b[\s,]*", re.IGNORECASE)
_NOT_THERE = re.compile(
    rf"(?:[\s,]+{pattern('edit.instead', 'small.polite')})*[\s,]+{pattern('answer.no')}\s.*$", re.IGNORECASE
)
"""Such as "brgy Sto Nino pala hindi San Roque"."""
_TO_PLACE = re.compile(
    rf"^(?:(?:{pattern('edit.sorry', 'edit.instead', 'answer.no', 'small.polite', 'small.particle', 'small.article')}"
    r"|sa|dito|doon|to)[\s,]+)+",
    re.IGNORECASE,
)


def sorry_name_in(text: str) -> str:
    """The name that somebody gives in place of another, with no more than a sorry before it; empty for none.

    Args:
        text: What was typed where a phone or an address is asked: "sorry it's Mikaela Reyes-Tan", "ay, Ana Cruz pala".
    """
    shown = tidy(text)
    bare = without_lead(shown)
    is_sorry = bool(set(fold(shown).split()) & _SORRY) or _INSTEAD_NAME.search(shown) is not None
    if not is_sorry or any(map(str.isdigit, shown)) or is_question(shown):
        return ""
    name = name_in(_ITS.sub("", _INSTEAD_NAME.sub("", bare)))
    return name.name if name.sureness >= SURE and not name.rest and len(name.name.split()) > 1 else ""


def beside_in(text: str) -> str:
    """What something is beside, where a text says nothing else: "katapat ng simbahan", "near 7-Eleven"; else empty.

    Args:
        text: What was typed.
    """
    shown = _TAIL.sub("", without_lead(tidy(text)))
    is_one = bool(_BESIDE.match(shown)) and len(shown.split()) <= _BESIDE_MOST and not is_question(shown)
    return shown if is_one and not phone_in(shown) else ""


def landmark_named(text: str) -> str:
    """What stands behind the word landmark and says what something is beside: "change landmark to near SM"; else empty.

    Args:
        text: What was typed.
    """
    match = _LANDMARK.search(tidy(text))
    return beside_in(match[1]) if match else ""


def behind_but(text: str) -> str:
    """What stands behind a "but" where nothing before it changes anything.

    Args:
        text: What was typed, such as "ok na yung address pero mali yung number".
    """
    match = _FIRST_BUT.search(text)
    if match is None or set(fold(text[: match.start()]).split()) & _CHANGING:
        return ""
    rest = text[match.end() :].strip()
    return rest if set(fold(rest).split()) & (_CHANGING | _RATHER) else ""


def right_place(text: str) -> str:
    """The barangay that an address shall have, with what is said beside it; empty where none is said.

    Args:
        text: What was typed, such as "mali pala, sa brgy concepcion pala".
    """
    said = next((part for part in reversed(clauses(text) or (text,)) if set(fold(part).split()) & BARANGAY), "")
    place = TAIL.sub("", _NOT_THERE.sub("", _TO_PLACE.sub("", tidy(said))))
    return place if parse(place).barangay and not is_question(text) else ""


def right_name(text: str) -> str:
    """The name that is right where another was given, empty where none is said.

    Args:
        text: What was typed: "mali spelling ng name ko, Anna Cruz po dapat", "Ana Marie Cruz po pala name".
    """
    if match := _NAME_BEFORE.match(tidy(text)):
        first = name_in(match[1])
        return first.name if first.sureness >= SURE and len(first.name.split()) > 1 else ""
    parts = clauses(text)
    name = name_in(_SHOULD.sub("", parts[-1])) if len(parts) > 1 else None
    return name.name if name and name.sureness >= SURE else ""


def receiver_in(text: str) -> str:
    """The name behind a comma of somebody who receives it: "si papa na lang po tatanggap, Mario Cruz"; else empty.

    Args:
        text: What was typed.
    """
    first, _, behind = tidy(text).partition(",")
    name = name_in(behind) if behind and _RECEIVING.search(first) else None
    return name.name if name and name.sureness >= SURE and len(name.name.split()) > 1 else ""
