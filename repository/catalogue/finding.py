"""Finding products in memory: an index of words made from plain structs, with several weighted corrections a word."""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import islice, pairwise

import msgspec

from bot.language.corrections import KnownWords
from bot.language.spelling import TEXT_MOST, asked_words, fold_words
from repository.catalogue.search import DESCRIPTION, NAME, Unread, weights

COMMON = 3000
"""Products with a word, beyond which it only ranks what rarer words have found."""
WORDS_MOST = 12
"""Words at most of a text that are looked at for what stands around what is looked for."""
AROUND = 0.5
"""How much a word counts that stands around: of products equally good, "with" prefers those that have it too."""
LOOKED_AT = 60
"""The likeliest products at least, whose names are read for which words stand together."""
TOGETHER = 0.8
"""How much better a name is in which the words stand together as they were typed."""
JOINED = 0.8
"""How surely one word is meant by two that are known too: "note book"."""
SURE = 0.9
"""How surely a word is meant that counts as found; less is a guess, which counts half."""
_WORD = 4096.0
"""More than all words together can score."""
_APOSTROPHES = re.compile("['’ʼ‘´＇`]")
_MARKS = re.compile("[™®©℠]")
_UNITS = re.compile("m?l|[km]?g|oz|lb|[cm]?m|in|inch|ft|[gtm]b|mah|[wv]|hz|mp|pcs?|pack")
"""Units that are written together with their number or apart."""

_Postings = list[tuple["array[int]", float]]


class Index:
    """The words of a catalogue in memory: what is found for a text, best first.

    The same products in the same order give the same answers in every process. Changes can be read one by one; since
    words of what is gone still weigh a little, it should be made anew after many (`changed`).

    Args:
        products: What is sold, each once.

    Attributes:
        changed: Products that were changed or taken out since it was made.
    """

    def __init__(self, products: Iterable[Unread]) -> None:
        self._ids = array("q")
        self._names = array("I")  # the words of all names by their numbers, one name behind the other
        self._ends = array("I", [0])
        self._number: dict[str, int] = {}
        self._postings: list[array[int]] = []  # of each word: a product's place and the word's weight there, in order
        self._place: dict[int, int] = {}  # of each product by its id
        self._gone: set[int] = set()  # places of what is no longer so
        for product in products:
            self._take(product)
        self._known = KnownWords(self._number, [_named(posting) for posting in self._postings])

    def __len__(self) -> int:
        return len(self._place)

    @property
    def changed(self) -> int:
        return len(self._gone)

    def put(self, product: Unread) -> None:
        """Take in a product that is new, or has changed.

        Args:
            product: As it is now.
        """
        self.forget(product.id)
        for number in self._take(product):
            self._known.count(number)

    def forget(self, product_id: int) -> None:
        """Take out a product; nothing where it is not there.

        Args:
            product_id: `products.id`.
        """
        place = self._place.pop(product_id, None)
        if place is not None:
            self._gone.add(place)

    def find(self, text: str, *, most: int = 96) -> list[int]:
        """The products that a text may mean, the likeliest first.

        Every word should stand in a product, in its name rather than in its description, and together; where no
        product has them all, those with most of them are found, at least half: a word counts half that only stands in
        a description, or is there but for a letter, and nothing where both is so. Words that stand in no product
        together are looked for as misspelt ones, even where each of them is known.

        Args:
            text: What the shopper typed.
            most: Products at most.

        Returns:
            Their `products.id`.
        """
        words = asked_words(text)
        typed = fold_words(text[:TEXT_MOST])[:WORDS_MOST]
        asked = self._meant(words, widely=False)
        scores, count = self._scored(asked)
        if count < len(words):
            asked = self._meant(words, widely=True)
            scores, _ = self._scored(asked)
        if not scores:
            return []
        self._add_around(scores, [word for word in typed if word not in words])
        meant_by = dict(zip(words, asked, strict=True))
        sequence = [meant_by[word] if word in meant_by else self._exactly(word) for word in typed]
        ranked = self._likeliest(scores, max(most, LOOKED_AT))
        found = (
            place for _, place in sorted(self._by_names(ranked, sequence)) if self._worth(place, asked) >= len(words)
        )
        return [int(self._ids[place]) for place in islice(found, most)]

    def _take(self, product: Unread) -> list[int]:
        """Read a product; gives the words that stand elsewhere than in its description."""
        place = self._place[product.id] = len(self._ids)
        self._ids.append(product.id)
        name = _MARKS.sub(" ", product.name)
        weight_of = weights(msgspec.structs.replace(product, name=name))
        words = fold_words(_APOSTROPHES.sub(" ", name))  # "women's" is found as "women s" too
        joined = [left + right for left, right in pairwise(words) if left.isdigit() and _UNITS.fullmatch(right)]
        for word in (*words, *joined):
            weight_of.setdefault(word, NAME)
        for word, weight in weight_of.items():
            number = self._number.get(word)
            if number is None:
                number = self._number[word] = len(self._postings)
                self._postings.append(array("I"))
            self._postings[number].append(place << 4 | weight)
        self._names.extend([self._number[word] for word in words])
        self._ends.append(len(self._names))
        return [self._number[word] for word, weight in weight_of.items() if weight > DESCRIPTION]

    def _exactly(self, word: str) -> dict[int, float]:
        return {self._number[word]: 1.0} if word in self._number else {}

    def _meant(self, words: Sequence[str], *, widely: bool) -> list[dict[int, float]]:
        """For each typed word, the known words that it may be with how surely."""
        asked = [self._known.meant(word, widely=widely) for word in words]
        for place, (left, right) in enumerate(pairwise(words)):
            # "key board" is "keyboard": the joined word stands for both.
            are_known = left in self._number and right in self._number
            if are_known:
                joined = dict.fromkeys(self._exactly(left + right), JOINED)
            else:
                joined = {number: sure for number, sure in self._known.meant(left + right).items() if sure >= 0.7}
            for number, sure in joined.items():
                for each in asked[place : place + 2]:
                    each[number] = max(sure, each.get(number, 0.0))
        return asked

    def _scored(self, asked: Sequence[dict[int, float]]) -> tuple[dict[int, float], int]:
        """The places of what holds most of the words asked, each with its score, and how many words that are."""
        total = len(self._ids)
        rows: list[tuple[int, _Postings]] = []
        for meant in asked:
            lists = [
                (self._postings[number], sure * math.log1p(total / (1 + len(self._postings[number]))))
                for number, sure in meant.items()
            ]
            if lists:
                rows.append((sum(len(posting) for posting, _ in lists), lists))
        if 2 * len(rows) < len(asked) or not rows:
            return {}, 0
        rows.sort(key=lambda row: row[0])
        scores: dict[int, float] = {}  # of each place, with `_WORD` more for each word that it holds
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
                    if not best:
                        best = {entry >> 4: worth * (entry & 15) for entry in posting}
                        continue
                    for entry in posting:
                        score = worth * (entry & 15)
                        if score > best.get(entry >> 4, 0.0):
                            best[entry >> 4] = score
            if scores:
                for place, score in best.items():
                    scores[place] = scores.get(place, 0.0) + score + _WORD
            else:
                scores = {place: score + _WORD for place, score in best.items()}
        for place in self._gone:
            scores.pop(place, None)
        top = int(max(scores.values(), default=0.0) // _WORD)
        if 2 * top < len(asked) or not top:
            return {}, 0
        least = top * _WORD
        return {place: score - least for place, score in scores.items() if score >= least}, top

    def _add_around(self, scores: dict[int, float], around: Sequence[str]) -> None:
        """Prefer the products that also have the words around."""
        for word in around:
            for number in self._exactly(word):
                posting = self._postings[number]
                worth = AROUND * math.log1p(len(self._ids) / (1 + len(posting)))
                for place in list(scores)[:COMMON]:
                    scores[place] += worth * _weight(posting, place)

    def _likeliest(self, scores: dict[int, float], most: int) -> list[tuple[float, int]]:
        """The best of the places with their scores; of two products alike the one with the shorter name."""
        ends = self._ends
        ranked = nsmallest(
            most, ((-score / (12 + ends[place + 1] - ends[place]), place) for place, score in scores.items())
        )
        return [(-score, place) for score, place in ranked]

    def _by_names(
        self, ranked: Sequence[tuple[float, int]], sequence: Sequence[dict[int, float]]
    ) -> list[tuple[float, int]]:
        """The places with scores, the least the best, which count how much stands together in their names."""
        if len(sequence) < 2:
            return [(-score, place) for score, place in ranked]
        looked_for = {number for each in sequence for number in each}
        pairs = list(pairwise(sequence))
        ordered: list[tuple[float, int]] = []
        for score, place in ranked:
            near = [0.0] * len(pairs)
            for one, two in pairwise(self._names[self._ends[place] : self._ends[place + 1]]):
                if one in looked_for and two in looked_for:
                    for at, (left, right) in enumerate(pairs):
                        if one in left and two in right:
                            near[at] = max(near[at], left[one] * right[two])
            ordered.append((-score * (1 + TOGETHER * sum(near) / len(pairs)), place))
        return ordered

    def _worth(self, place: int, asked: Sequence[dict[int, float]]) -> int:
        """How many half words of a text are in a product."""
        worth = 0
        for meant in asked:
            worth += max(
                (
                    (sure >= SURE) + (weight > DESCRIPTION)
                    for number, sure in meant.items()
                    if (weight := _weight(self._postings[number], place))
                ),
                default=0,
            )
        return worth


def _weight(posting: "array[int]", place: int) -> int:
    """How much a word says about the product at a place, 0 where it does not stand there."""
    at = bisect_left(posting, place << 4)
    return posting[at] & 15 if at < len(posting) and posting[at] >> 4 == place else 0


def _named(posting: "array[int]") -> int:
    """In how many products a word stands elsewhere than in the description."""
    return sum(entry & 15 > DESCRIPTION for entry in posting)
