"""What misspelt words may be: the known words near them, each with how surely it is meant."""

import math
from array import array
from bisect import bisect_left, insort
from heapq import nsmallest

from rapidfuzz.distance import OSA

from bot.language.nearness import nearness
from bot.language.spelling import shorter, singular

CORRECTIONS_MOST = 6
"""Known words at most that a typed one is taken for."""
PLURAL = 0.9
"""How surely one number of a noun is meant by the other."""
MARKED = 0.8
"""How surely a word is meant by the same with a trade mark behind it."""
SPLIT = 0.6
"""How surely two known words are meant by one that is both of them."""
KNOWN = 0.55
"""How much less surely a word that is known itself is another one."""
RARE = 4
"""Texts with a word, up to which it is rather a slip in them than a word."""
BEGUN = 0.6
"""How surely a word is meant by its beginning, and more so the more of it has been typed."""
BEGUN_LEAST, BEGUN_MOST = 3, 20
"""Letters at least of a beginning, and words at most that are looked at, the shortest of them."""
LONG = 7
"""Letters of a word from which on two slips are allowed, behind its first three letters."""
TWICE = 0.4
"""How surely a word is meant in spite of two slips."""
_HASH = 0xFFFFFFFF
_PLACES = 12
_SHIFT = 64 - _PLACES


class KnownWords:
    """The words of all texts, and those among them that a typed word may be.

    The same words give the same answers in every process. A word is taken in within some microseconds, however many
    there are.

    Attributes:
        numbers: Each word with its number, from 0 in the order in which they came; `add` alone writes it.
        counts: In how many texts each word stands, by its number, as whoever reads them counts.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._words: list[str] = []
        self.counts = array("I")
        self._singulars: dict[str, list[int]] = {}
        self._begins: dict[str, list[str]] = {}  # words by their first letters
        self._spellings = [array("Q") for _ in range(1 << _PLACES)]  # in order, by the first bits of their hash
        self._lent: set[int] = set()  # places of spellings that a copy has too

    def __len__(self) -> int:
        return len(self._words)

    def __getstate__(self) -> dict[str, object]:
        """What `copy.copy` begins with: the same words with the same numbers, to which others can be added."""
        self._lent = set(range(len(self._spellings)))
        return {
            "numbers": dict(self.numbers),
            "_words": list(self._words),
            "counts": self.counts[:],
            "_singulars": {one: list(numbers) for one, numbers in self._singulars.items()},
            "_begins": {begin: list(words) for begin, words in self._begins.items()},
            "_spellings": list(self._spellings),
            "_lent": set(self._lent),
        }

    def get(self, word: str) -> int | None:
        """The number of a known word, from 0; None for one that is not known.

        Args:
            word: Of `fold_words`, or several with spaces.
        """
        return self.numbers.get(word)

    def __getitem__(self, number: int) -> str:
        """The word of a number."""
        return self._words[number]

    def add(self, word: str) -> int:
        """The number of a word, known from now on.

        Args:
            word: Of `fold_words`, or several with spaces.
        """
        number = self.numbers.get(word)
        if number is None:
            number = self.numbers[word] = len(self._words)
            self._words.append(word)
            self.counts.append(0)
            self._add_number(word, number)
            self._begins.setdefault(word[:BEGUN_LEAST], []).append(word)
            for key in _keys(word, number):
                if (place := key >> _SHIFT) in self._lent:
                    self._lent.remove(place)
                    self._spellings[place] = self._spellings[place][:]
                insort(self._spellings[place], key)
        return number

    def _add_number(self, word: str, number: int) -> None:
        if (one := singular(word)) != word or one in self._singulars:
            self._singulars.setdefault(one, []).append(number)

    def meant(self, word: str, *, widely: bool = False) -> dict[int, float]:
        """The numbers of the known words that a typed one may be, each with how surely, up to 1.

        Args:
            word: What was typed, of `fold_words`.
            widely: Look for others too where the word itself is known well.
        """
        found: dict[int, float] = {}
        one = singular(word)
        for number in self._singulars.get(one, ()):
            found[number] = PLURAL
        if (number_of_one := self.numbers.get(one)) is not None:
            found[number_of_one] = PLURAL
        known = self.numbers.get(word)
        if known is not None:
            found[known] = 1.0
        if word.endswith("tm") and (marked := self.numbers.get(word[:-2])) is not None:
            found.setdefault(marked, MARKED)  # "insigniatm" has been copied from "Insignia™"
        if not found and word.endswith("ng") and (bare := self.numbers.get(word[:-2])) is not None:
            found[bare] = PLURAL  # "kapeng" is "kape", tied to the next word
        standing = sum(self.counts[number] for number in found)
        if found and any(letter.isdigit() for letter in word):
            return found  # "wh1000" beside "wh1001" is another model, and no slip
        if len(word) < 3 or word.isdigit() or (standing > RARE and not widely):
            return found
        less = KNOWN if found else 1.0
        others: dict[int, float] = {}
        for number in self._near(word):
            if number not in found and (sure := nearness(word, self._words[number])) > 0:
                # Of two words equally near, the one that more texts have is likelier meant.
                others[number] = less * (sure + 0.01 * min(math.log1p(self.counts[number]), 8))
        if not found:
            self._split(word, others)
            self._begun(word, others)
            if not others and len(word) >= LONG:
                self._slipped_twice(word, others)
        best = nsmallest(CORRECTIONS_MOST, others.items(), key=lambda item: (-item[1], self._words[item[0]]))
        return found | dict(best)

    def _split(self, word: str, others: dict[int, float]) -> None:
        """Add the rarer half of a word that is two known ones."""
        for at in range(2, len(word) - 1):
            left, right = self.numbers.get(word[:at]), self.numbers.get(word[at:])
            if left is not None and right is not None:
                rarer = min(left, right, key=self.counts.__getitem__)
                others[rarer] = max(others.get(rarer, 0.0), SPLIT)

    def _begun(self, word: str, others: dict[int, float]) -> None:
        """Add the known words that begin with a typed one."""
        if len(word) < BEGUN_LEAST:
            return
        for known in nsmallest(BEGUN_MOST, self._beginning(word), key=lambda each: (len(each), each)):
            number = self.numbers[known]
            others[number] = max(others.get(number, 0.0), BEGUN + 0.25 * len(word) / len(known))

    def _slipped_twice(self, word: str, others: dict[int, float]) -> None:
        """Add the known words with the same beginning that differ in two letters."""
        for known in self._beginning(word[:3]):
            if abs(len(known) - len(word)) < 3 and OSA.distance(word, known, score_cutoff=2) <= 2:
                others[self.numbers[known]] = TWICE

    def _beginning(self, letters: str) -> list[str]:
        """The known words that begin with some letters."""
        return [word for word in self._begins.get(letters[:BEGUN_LEAST], ()) if word.startswith(letters)]

    def _near(self, word: str) -> set[int]:
        """Known words that have a spelling shortened by a letter in common with a typed one."""
        near: set[int] = set()
        for each in (word, *shorter(word)):
            key = (hash(each) & _HASH) << 32
            spellings = self._spellings[key >> _SHIFT]
            at, end = bisect_left(spellings, key), len(spellings)
            while at < end and spellings[at] >> 32 == key >> 32:
                near.add(spellings[at] & _HASH)
                at += 1
        return near


def is_slip(word: str, known: str) -> bool:
    """Whether a typed word is a known one with a slip in it: no other number of it, nor a part of it.

    Args:
        word: What was typed.
        known: The known word that was meant.
    """
    is_part = known in word and len(word) > len(known) + 1
    if is_part or known.startswith(word) or singular(known) == singular(word):
        return False
    return OSA.distance(word, known, score_cutoff=2) <= 2


def _keys(word: str, number: int) -> list[int]:
    """What a word is found by: the spellings that it has in common with slips of it."""
    return [(hash(each) & _HASH) << 32 | number for each in (word, *shorter(word))]
