"""Questions that ask the same, put together in whatever words they come: in the order in which they were asked.

A question joins the group that it is most like, the older one of two, or begins a group of its own. What it is about
decides (`meaning`), and the words that no concept knows, also with a slip; who asks and where they live never does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from bot.language.fold import fold, unaccented
from bot.language.meaning import FIRM, LITTLE, meaning
from bot.language.phrases.personal import without_personal
from bot.language.spelling import singular

ALIKE = 0.6
"""How like a group a question is at least that joins it, from 0 to 1: chosen on messages to real shops."""
_SURE = 0.75  # how close two words are that are one with a slip
_WORDS_MOST = 24  # of a question that are looked at
_TEXT_MOST = 500
_LIGHT = LITTLE | {"stock"}  # "may ... po ba" asks for anything
_CONCEPT = "="  # before a concept, which is no word
PERSONAL = "*"
"""What is left of a question that says nothing but who somebody is, such as a phone number."""


def gist(text: str, *, name: str = "") -> Mapping[str, float]:
    """What a question is about, each with its weight; the same for every person who asks it.

    Args:
        text: What was typed.
        name: Of the shopper, as Facebook tells it; may be empty.
    """
    said = text[:_TEXT_MOST]
    bare = without_personal(said, name=name)
    meant = meaning(bare)
    about = {_CONCEPT + concept: _weight(concept) for concept in meant.concepts}
    about |= {singular(word): 1.0 if len(word) > 3 else 0.6 for word in meant.rest if not word.isdigit()}
    if not about and fold(bare) != fold(said):
        return {PERSONAL: 1.0}
    about = about or dict.fromkeys(fold(bare).split(), 0.6) or {unaccented(said): 1.0}
    return dict(sorted(about.items())[:_WORDS_MOST])


def _weight(concept: str) -> float:
    return 0.4 if concept in _LIGHT else 1.5 if concept in FIRM else 1.0


class Groups:
    """Groups of questions, each as the first of its questions has it."""

    def __init__(self) -> None:
        self._gists: dict[int, Mapping[str, float]] = {}
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_start: defaultdict[str, set[str]] = defaultdict(set)

    def __contains__(self, group_id: int) -> bool:
        return group_id in self._gists

    def add(self, group_id: int, about: Mapping[str, float]) -> None:
        """Add a group.

        Args:
            group_id: Which.
            about: `gist` of its first question.
        """
        self._gists[group_id] = about
        for word in about:
            self._by_word[word].add(group_id)
            self._by_start[word[:1]].add(word)

    def keep(self, group_ids: Iterable[int]) -> None:
        """Forget every group but these.

        Args:
            group_ids: Which stay.
        """
        for group_id in self._gists.keys() - set(group_ids):
            for word in self._gists.pop(group_id):
                self._by_word[word].discard(group_id)

    def nearest(self, about: Mapping[str, float]) -> int:
        """The group that a question belongs to; 0 where it is like none.

        Args:
            about: `gist` of the question.
        """
        shared: defaultdict[int, float] = defaultdict(float)
        for word, weight in about.items():
            best: dict[int, float] = {}
            for known, near in self._near(word):
                for group_id in self._by_word[known]:
                    best[group_id] = max(best.get(group_id, 0.0), near * min(weight, self._gists[group_id][known]))
            for group_id, score in best.items():
                shared[group_id] += score
        whole = sum(about.values())
        scored = (
            (2 * score / (whole + sum(self._gists[group_id].values())), -group_id) for group_id, score in shared.items()
        )
        score, group_id = max(scored, default=(0.0, 0))
        return -group_id if score >= ALIKE else 0

    def _near(self, word: str) -> Iterable[tuple[str, float]]:
        """The known words that a word is, and how surely."""
        yield word, 1.0
        if word.startswith((_CONCEPT, PERSONAL)) or len(word) < 4:
            return
        for known in self._by_start[word[:1]]:
            near = _closeness(word, known) if known != word and len(known) > 3 else 0.0
            if near >= _SURE:
                yield known, near


def _closeness(word: str, known: str) -> float:
    """How surely two words of four letters or more, which begin alike, are one; 0 where hardly."""
    short, long = sorted((word, known), key=len)
    if singular(word) == singular(known):
        return 0.96
    if long.startswith(short):
        return 0.8 + 0.15 * len(short) / len(long)
    most = 1 if len(short) < 7 else 2
    distance = OSA.distance(word, known, score_cutoff=most)
    is_other = len(short) == 4 and len(long) == 4 and sorted(word) != sorted(known)  # "bank" is not "back"
    if distance > most or is_other or short.isdigit() or long.isdigit():
        return 0.0
    return 0.9 - 0.14 * distance - 0.04 * (len(long) - len(short) > 1)
