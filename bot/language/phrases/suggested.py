"""Phrases by which questions that ask the same could be answered: what they share, and how they are asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from bot.language.fold import fold
from bot.language.meaning import FIRM, STOP, meaning
from bot.language.phrases.personal import is_personal
from bot.language.phrases.writing import phrase_problem

MOST = 5
_LONGEST = 80  # letters of a phrase that is suggested
_WORDS_MOST = 4  # that questions share
_LETTERS_LEAST = 5  # of a single word that is a phrase
_LOOKED_AT = 60  # questions


def suggested(texts: Sequence[str]) -> tuple[str, ...]:
    """Phrases for a reply, none of which says who somebody is; empty where there is none.

    Args:
        texts: The questions, the newest first; a text that came often stands here often.
    """
    looked_at = texts[:_LOOKED_AT]
    often = Counter(map(fold, looked_at))
    firsts: dict[str, str] = {}
    for text in looked_at:
        if _fits(text):
            firsts.setdefault(fold(text), text.strip(" ?!."))
    phrases = {words: firsts[words] for words in sorted(firsts, key=lambda words: -often[words])}
    core = _shared([fold(text) for text in looked_at]) if len(often) > 1 else ""
    if core and not is_personal(core):
        phrases = {core: core, **phrases}
    return tuple(phrases.values())[:MOST]


def _fits(text: str) -> bool:
    return bool(text) and len(text) <= _LONGEST and not phrase_problem(text) and not is_personal(text)


def _shared(texts: Sequence[str]) -> str:
    """The words that most of the questions have in a row; empty where half of them share none that say anything."""
    counted = Counter(run for text in texts for run in set(_runs(text.split())))
    good = [run for run, count in counted.items() if 2 * count > len(texts) and _says_something(run)]
    return max(good, key=lambda run: (counted[run] * sqrt(len(run.split())), len(run), run), default="")


def _runs(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _WORDS_MOST, len(words)) + 1):
            yield " ".join(words[start:end])


def _says_something(run: str) -> bool:
    words = run.split()
    if {words[0], words[-1]} & STOP or all(word.isdigit() for word in words):
        return False
    about = meaning(run)
    if len(words) == 1:
        return len(run) >= _LETTERS_LEAST and (bool(about.concepts & FIRM) or bool(about.rest))
    return bool(about.rest) or bool(about.concepts & FIRM)
