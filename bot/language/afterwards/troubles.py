"""What went wrong on the shopper's side of an order: a parcel that they will not take, money that they sent wrongly."""

from typing import Literal

from bot.language.fold import fold
from bot.language.lexicon import words_for
from bot.language.payments import methods_in
from bot.language.texts import is_question

Trouble = Literal["refuse", "payment", ""]
Flaw = Literal["over", "under", "twice", "wrong", ""]

TEXT_MOST = 25
"""Words of a text in which it is looked for: more are a story, for a person."""
_REFUSE, _ACCEPT, _SEND = words_for("trouble.refuse"), words_for("trouble.accept"), words_for("trouble.send")
_NOT, _FORBIDS = words_for("trouble.not", "wish.not"), words_for("wish.forbids")
_DO_NOT = frozenset({"do", "not"})
_AHEAD = frozenset({"gcash", "paymaya", "bank_transfer"})
_NO_MORE = frozenset({"na", "anymore", "more"})
_YOU = words_for("small.you", "wish.shops")
_PARCEL = words_for("wish.order", "wish.mine", "trouble.on_arrival")
_LITTLE = words_for(
    "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this", "small.article",
    "small.vocative", "small.asking", "question.particle", "wish.around", "answer.but",
)  # fmt: skip
_MONEY, _SENT, _SENT_TO = words_for("trouble.money"), words_for("trouble.sent"), words_for("trouble.sent_to")
_BY, _NOT_ABOUT = words_for("trouble.by"), words_for("trouble.not_about")
_PAID_AND_NO_PAYMENT = words_for("paid.other_things") - _SENT
_FLAWS: tuple[tuple[Flaw, frozenset[str]], ...] = (
    ("twice", words_for("trouble.twice")),
    ("over", words_for("trouble.over")),
    ("under", words_for("trouble.under")),
    ("wrong", words_for("trouble.wrong")),
)


def trouble_in(text: str) -> Trouble:
    """What went wrong: "refuse" where the parcel will not be taken, "payment" where money was sent wrongly; or "".

    Args:
        text: What was typed, such as "di ko na po tatanggapin" or "sobra po yung nasend ko".
    """
    words = fold(text).split()
    if not words or len(words) > TEXT_MOST:
        return ""
    said = set(words)
    if _refuses(text, said):
        return "refuse"
    return "payment" if flaw_in(text) else ""


def flaw_in(text: str) -> Flaw:
    """What is wrong with a payment that was sent: too much, too little, twice, or to somebody else; empty for nothing.

    Args:
        text: What was typed.
    """
    said = set(fold(text).split())
    flaw: Flaw = next((flaw for flaw, words in _FLAWS if said & words), "")
    if not flaw or said & _NOT_ABOUT or (flaw == "under" and is_question(text)):
        return ""
    to_somebody = bool(said & _SENT_TO) or (bool(methods_in(text)[0]) and bool(said & _SENT) and not said & _YOU)
    if to_somebody:
        return flaw
    if said & _PAID_AND_NO_PAYMENT or (said & _YOU and not said & _BY):
        return ""
    return flaw if said & _MONEY or (said & _SENT and said & _BY) else ""


def _refuses(text: str, said: set[str]) -> bool:
    """Whether a parcel shall not come, or will not be taken; what is named beside it is a thing of an order."""
    if methods_in(text)[0] & _AHEAD or "cod" in said or said & _MONEY:
        return False
    left = {word for word in said - _LITTLE - _PARCEL - _NOT - _DO_NOT if not word.isdigit()}
    if said & _REFUSE:
        return left <= _REFUSE
    if said & _ACCEPT and said & _NOT:
        return left <= _ACCEPT | _NO_MORE and (not said & _YOU or bool(said & _BY))
    forbids = said & _FORBIDS or said >= _DO_NOT
    return bool(said & _SEND and forbids and said & _NO_MORE) and left <= _SEND | _NO_MORE
