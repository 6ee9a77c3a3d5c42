"""What is told late, once something else is asked: another name than was given, and what an address is beside."""

import re

from bot.language.buying.leading import without_lead
from bot.language.buying.naming import SURE, name_in
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
