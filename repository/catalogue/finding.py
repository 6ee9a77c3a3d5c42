"""Finding products in memory: an index of words made from plain structs, with several weighted corrections a word."""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import pairwise

from bot.language.nearness import nearness
from bot.language.spelling import TEXT_MOST, asked_words, fold_words, shorter, singular
from repository.catalogue.search import NAME, Unread, weights

CORRECTIONS_MOST = 6
"""Known words at most that a typed one is taken for."""
COMMON = 3000
"""Products with a word, beyond which it only ranks what rarer words have found."""
WORDS_MOST = 12
"""Words at most of a text that are looked at for what stands around what is looked for."""
AROUND = 0.25
"""How much a word counts that stands around: of products equally good, "with" prefers those that have it too."""
_HASH = 0xFFFFFFFF
_APOSTROPHES = re.compile("['’ʼ‘´＇`]")


class Index:
    """The words of a catalogue in memory: what is found for a text, best first.

    The same products in the same order give the same answers in every process.

    Args:
        products: What is sold.
    """

    def __init__(self, products: Iterable[Unread]) -> None:
        self._ids = array("q")
        self._lengths = array("H")
        self._number: dict[str, int] = {}
        self._postings: list[array[int]] = []  # of each word: a product's place and the word's weight there, in order
        for product in products:
            self._take(product)
        self._words = list(self._number)
        self._singulars: dict[str, list[int]] = {}
        spellings = array("Q")
        for word, number in self._number.items():
            if (one := singular(word)) != word or one in self._singulars:
                self._singulars.setdefault(one, []).append(number)
            spellings.extend([(hash(each) & _HASH) << 32 | number for each in (word, *shorter(word))])
        self._spellings = array("Q", sorted(spellings))

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, text: str, *, most: int = 96) -> list[int]:
        """The products that a text may mean, the likeliest first.

        Every word should stand in a product, in its name rather than in its description; where no product has them
        all, those with most of them are found, at least half.

        Args:
            text: What the shopper typed.
            most: Products at most.

        Returns:
            Their `products.id`.
        """
        words = asked_words(text)
        if not words:
            return []
        asked = [self._meant(word) for word in words]
        for place, (left, right) in enumerate(pairwise(words)):
            # "key board" is "keyboard": the joined word stands for both.
            if left in self._number and right in self._number:
                continue
            for number, sure in self._meant(left + right).items():
                if sure >= 0.7:
                    for each in asked[place : place + 2]:
                        each[number] = max(sure, each.get(number, 0.0))
        around = [word for word in fold_words(text[:TEXT_MOST])[:WORDS_MOST] if word not in words]
        return [int(self._ids[place]) for place in self._ranked(asked, around, most)]

    def _take(self, product: Unread) -> None:
        place = len(self._ids)
        self._ids.append(product.id)
        self._lengths.append(min(len(fold_words(product.name)), 255))
        weight_of = weights(product)
        for word in fold_words(_APOSTROPHES.sub(" ", product.name)):  # "women's" is found as "women s" too
            weight_of.setdefault(word, NAME)
        for word, weight in weight_of.items():
            number = self._number.get(word)
            if number is None:
                number = self._number[word] = len(self._postings)
                self._postings.append(array("I"))
            self._postings[number].append(place << 4 | weight)

    def _meant(self, word: str) -> dict[int, float]:
        """The known words that a typed one may be, each with how surely, up to 1."""
        found: dict[int, float] = {}
        known = self._number.get(word)
        for number in self._singulars.get(singular(word), ()):
            found[number] = 0.93
        if (one := self._number.get(singular(word))) is not None:
            found[one] = 0.93
        if known is not None:
            found[known] = 1.0
        if found or len(word) < 4 or word.isdigit():
            return found
        for number in self._near(word):
            if (sure := nearness(word, self._words[number])) > 0:
                # Of two words equally near, the one that more products have is likelier meant.
                found[number] = sure + 0.01 * min(math.log1p(len(self._postings[number])), 8)
        for at in range(2, len(word) - 1):
            left, right = self._number.get(word[:at]), self._number.get(word[at:])
            if left is not None and right is not None:
                rarer = min(left, right, key=lambda each: len(self._postings[each]))
                found[rarer] = max(found.get(rarer, 0.0), 0.6)
        best = nsmallest(CORRECTIONS_MOST, found.items(), key=lambda item: (-item[1], self._words[item[0]]))
        return dict(best)

    def _near(self, word: str) -> set[int]:
        """Known words that differ from a typed one by about a letter: they have a shortened spelling in common."""
        near: set[int] = set()
        spellings, end = self._spellings, len(self._spellings)
        for each in (word, *shorter(word)):
            key = (hash(each) & _HASH) << 32
            at = bisect_left(spellings, key)
            while at < end and spellings[at] >> 32 == key >> 32:
                near.add(spellings[at] & _HASH)
                at += 1
        return near

    def _ranked(self, asked: Sequence[dict[int, float]], around: Sequence[str], most: int) -> list[int]:
        """The places of the products that hold most of what was asked."""
        total = len(self._ids)
        rows: list[tuple[int, list[tuple[array[int], float]]]] = []
        for meant in asked:
            lists = [
                (self._postings[number], sure * math.log1p(total / (1 + len(self._postings[number]))))
                for number, sure in meant.items()
            ]
            if lists:
                rows.append((sum(len(posting) for posting, _ in lists), lists))
        if 2 * len(rows) < len(asked) or not rows:
            return []
        rows.sort(key=lambda row: row[0])
        scores: dict[int, float] = {}
        matched: dict[int, int] = {}
        for turn, (size, lists) in enumerate(rows):
            best: dict[int, float] = {}
            if turn and size > COMMON:
                for posting, worth in lists:
                    for place in scores:
                        score = worth * _weight(posting, place)
                        if score > best.get(place, 0.0):
                            best[place] = score
            else:
                for posting, worth in lists:
                    for entry in posting:
                        score = worth * (entry & 15)
                        if score > best.get(entry >> 4, 0.0):
                            best[entry >> 4] = score
            for place, score in best.items():
                scores[place] = scores.get(place, 0.0) + score
                matched[place] = matched.get(place, 0) + 1
        top = max(matched.values())
        if 2 * top < len(asked):
            return []
        kept = [place for place, count in matched.items() if count == top]
        for word in around:
            if (number := self._number.get(word)) is not None:
                posting = self._postings[number]
                worth = AROUND * math.log1p(total / (1 + len(posting)))
                for place in kept[:COMMON]:
                    scores[place] += worth * _weight(posting, place)
        lengths = self._lengths
        return nsmallest(most, kept, key=lambda place: (-scores[place] / (12 + lengths[place]), place))


def _weight(posting: "array[int]", place: int) -> int:
    """How much a word says about the product at a place, 0 where it does not stand there."""
    at = bisect_left(posting, place << 4)
    return posting[at] & 15 if at < len(posting) and posting[at] >> 4 == place else 0
