"""The way to pay that a text names: where it was asked for, and anywhere else."""

import re
from collections.abc import Mapping

from bot.language.fold import fold
from bot.language.lexicon import pattern, senses_by_word, words_for

_SURE = senses_by_word("payment_method")
_ASKED = {**senses_by_word("payment_answer"), **_SURE}
_AROUND = words_for("payment.around", "small.polite", "small.particle", "small.please", "small.me", "small.article")
_NAMES = words_for("payment.name_too")
_CHOOSING = _AROUND | words_for(
    "time.may", "small.asking", "small.you", "small.vocative", "question.particle", "edit.instead", "answer.yes",
    "take.take", "payment.choosing", "topic.pay",
)  # fmt: skip
"""What stands around a way to pay in a question that chooses it: "pwede po bang cod na lang?"."""


_RATHER = re.compile(
    rf"^.*[,;.]\s*((?:{pattern('edit.sorry', 'edit.but')}\s+)?.*\b{pattern('edit.instead')}\b.*)$", re.IGNORECASE
)
"""What is said last, instead of what stands before: "gcash, ay cod na lang pala"."""


def method_in(text: str) -> str:
    """The way to pay that answers the question for it, as `orders.payment_method` has it; empty for none or several.

    Args:
        text: What was typed, such as "sa bdo po".
    """
    methods = {_ASKED[phrase] for phrase in _named(fold(text), _ASKED)[0]}
    if len(methods) > 1 and (match := _RATHER.match(text)):
        return method_in(match[1])
    return methods.pop() if len(methods) == 1 else ""


def methods_in(text: str) -> tuple[frozenset[str], set[str]]:
    """The ways to pay that a text names, as `orders.payment_method` has them, and its other words.

    Args:
        text: What was typed, such as "pwede po bang cod na lang".
    """
    phrases, rest = _named(fold(text), _ASKED)
    return frozenset(_ASKED[phrase] for phrase in phrases), rest


def method_alone(text: str, *, may_be_name: bool = False) -> str:
    """The way to pay that is all that a text says, whatever was asked: "cod po", "bank transfer"; empty for none.

    Args:
        text: What was typed. A bank is a landmark too, so "BDO" alone is no way to pay here.
        may_be_name: Whether a person's name was asked for: Maya is one.
    """
    phrases, rest = _named(fold(text), _SURE)
    methods = {_SURE[phrase] for phrase in phrases}
    if len(methods) != 1 or not rest <= _AROUND or (may_be_name and phrases <= _NAMES):
        return ""
    return methods.pop()


def asks_of_method(text: str) -> bool:
    """Whether a question about a way to pay asks more than whether it can be: "may dagdag po ba pag cod?".

    Args:
        text: What was typed where a way to pay is asked.
    """
    phrases, rest = _named(fold(text), _ASKED)
    return bool(phrases) and not rest <= _CHOOSING


def _named(said: str, methods: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The phrases that name a way to pay, the longest first for "g cash" is no cash, and the other words."""
    phrases: set[str] = set()
    rest = f" {said} "
    for phrase in sorted(methods, key=len, reverse=True):
        if f" {phrase} " in rest:
            phrases.add(phrase)
            rest = rest.replace(f" {phrase} ", "  ")
    return phrases, set(rest.split())
