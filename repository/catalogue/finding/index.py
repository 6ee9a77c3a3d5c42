"""An index of products in memory: what is found for a text, with several weighted corrections a word."""

import math
from array import array
from collections.abc import Iterable, Sequence
from heapq import nlargest, nsmallest
from itertools import islice, pairwise
from operator import itemgetter

import msgspec

from bot.language.corrections import is_slip
from bot.language.lexicon import senses_by_word, words_for
from bot.language.nearness import is_other
from bot.language.spelling import TEXT_MOST, asked_of, fold_words
from bot.language.values.measures import measures_in
from repository.catalogue.finding.postings import Postings, is_joined, names_goods, shared_in, weight_in
from repository.catalogue.finding.sold import CATEGORY, DESCRIPTION

COMMON = 3000
"""Products with a word, beyond which it only ranks what rarer words have found."""
WEIGHED = 1000
"""Products at most that a common word ranks: those that the words before have ranked first."""
WIDELY_MOST = 5  # words of a text at most that are looked for as misspelt ones although they are known
WORDS_MOST = 12
"""Words at most of a text that are looked at for what stands around what is looked for."""
AROUND = 0.5
"""How much a word counts that stands around: of products equally good, "with" prefers those that have it too."""
LOOKED_AT = 96
"""The likeliest products, whose names are read for which words stand together."""
TOGETHER = 0.8
"""How much better a name is in which the words stand together as they were typed."""
JOINED = 0.8  # how surely one word is meant by two that are known too: "note book"
SURE = 0.9
"""How surely a word is meant that counts as found; less is a guess, which counts half."""
NUMBER_LEAST = 4
"""Digits of a number that is looked for alone: "4" is in too many names."""
NEAR_MOST = 3
"""Words of a text at most for which something else is shown where nothing is found."""
_WORD = 4096.0  # more than all words together can score

_KINDS = frozenset((*senses_by_word("color"), *senses_by_word("size"))) | words_for(
    "topic.color", "topic.size", "variant.size", "search.of_whom"
)
_Lists = list[tuple["array[int]", float]]


class Found(msgspec.Struct, frozen=True):
    """What an index finds for a text.

    Attributes:
        ids: `products.id`, the likeliest first.
        meant: The words in the spelling of the likeliest product, where a typed one was misspelt; else empty.
        firm: Those of them that are called so: every word stands in name, brand or category.
    """

    ids: list[int]
    meant: str = ""
    firm: frozenset[int] = frozenset()


class Index(Postings):
    """What is found for a text, best first.

    The same products in the same order give the same answers in every process.
    """

    def find(self, text: str, *, most: int = 96) -> Found:
        """The products that a text may mean, the likeliest first.

        Every word should stand in a product, in its name rather than in its description, and together; where no
        product has them all, those with most of them are found, at least half: a word counts half that only stands in
        a description, or is there but for a letter, and nothing where both is so. Words that stand in no product
        together are looked for as misspelt ones, even where each of them is known.

        Args:
            text: What the shopper typed.
            most: Products at most.
        """
        typed, words = self._words(text)
        asked, scores, count = self._best(words)
        if count < len(words) and (plain := self._words(text, measures=False))[1] != words:
            others = self._best(plain[1])
            if others[2] == len(plain[1]):  # "18.5 inch" is there as typed, if not as a measure
                (typed, words), (asked, scores, _) = plain, others
        if not scores:
            return Found([])
        as_typed = set(fold_words(text[:TEXT_MOST])[:WORDS_MOST])
        self._add_around(scores, sorted(as_typed.difference(words)))
        meant_by = dict(zip(words, asked, strict=True))
        sequence = [meant_by[word] if word in meant_by else self._exactly(word) for word in typed]
        ranked = self._likeliest(scores, max(most, LOOKED_AT))
        weighed = [
            (meant, {one for one, sure in meant.items() if sure < SURE and self._is_guess(word, one, words)})
            for word, meant in meant_by.items()
        ]
        enough = (
            (int(self.ids[place]), place, worth == 2 * len(words))
            for _, place in (*sorted(self._by_names(ranked[:LOOKED_AT], sequence)), *ranked[LOOKED_AT:])
            if (worth := self._worth(place, words, weighed)) >= len(words)
        )
        found = list(islice(enough, most))
        firm = frozenset(one for one, _, is_firm in found if is_firm)
        return Found([one for one, _, _ in found], self._spelt(words, asked, found[0][1]) if found else "", firm)

    def near(self, text: str, *, most: int = 8) -> list[int]:
        """What may do in place of what a text looks for, where nothing is found for it: products with one of its words.

        The word has to stand in their name, brand or category, and is none that only says of what colour or size.

        Args:
            text: What the shopper typed.
            most: Products at most.

        Returns:
            Their `products.id`, the likeliest first; of a longer text none.
        """
        typed, words = self._words(text)
        words = [word for word in words if word not in _KINDS and not word.isdigit()]
        if len(words) > NEAR_MOST or len(typed) > 2 * NEAR_MOST:
            return []
        asked = [
            {number: sure for number, sure in meant.items() if sure >= SURE}
            for meant in self.meant(words, widely=False)
        ]
        scores, _ = self._scored(asked, share=0.0)
        return [
            int(self.ids[place])
            for _, place in self._likeliest(scores, most)
            if any(weight_in(self.postings[number], place) >= CATEGORY for meant in asked for number in meant)
        ]

    def _best(self, words: Sequence[str]) -> tuple[list[dict[int, float]], dict[int, float], int]:
        """What words may be, the places of what holds most of them with their scores, and how many words that are."""
        asked = self.meant(words, widely=False)
        scores, count = self._scored(asked)
        if count < len(words) <= WIDELY_MOST:
            asked = self.meant(words, widely=True)
            scores, count = self._scored(asked)
        return asked, scores, count

    def _words(self, text: str, *, measures: bool = True) -> tuple[list[str], list[str]]:
        """The words of a text, measures that the shop has by their one name; and those of them that are looked for."""
        begun = text if len(text) <= TEXT_MOST else text[:TEXT_MOST].rpartition(" ")[0]
        typed: list[str] = []
        at = 0
        for measure in measures_in(begun) if measures else ():
            if self.known.get(measure.name) is not None:
                typed += [*fold_words(begun[at : measure.start]), measure.name]
                at = measure.end
        typed += fold_words(begun[at:])
        return typed[:WORDS_MOST], asked_of(typed)

    def _spelt(self, words: Sequence[str], asked: Sequence[dict[int, float]], place: int) -> str:
        """The words in the spelling of the product at a place; empty where none of them was misspelt."""
        spelt: list[str] = []
        for word, meant in zip(words, asked, strict=True):
            there = {number: sure for number, sure in meant.items() if weight_in(self.postings[number], place)}
            best = self.known[max(there, key=lambda number: (there[number], -number))] if there else word
            spelt.append(best if is_slip(word, best) and not is_joined(best, words) else word)
        return " ".join(spelt) if spelt != list(words) else ""

    def _is_guess(self, word: str, number: int, words: Sequence[str]) -> bool:
        """Whether a known word is rather another than a typed one; two typed ones together are no guess."""
        return is_other(word, self.known[number]) and not is_joined(self.known[number], words)

    def _exactly(self, word: str) -> dict[int, float]:
        number = self.known.get(word)
        return {} if number is None else {number: 1.0}

    def meant(self, words: Sequence[str], *, widely: bool) -> list[dict[int, float]]:
        """For each typed word, the known words that it may be with how surely.

        Args:
            words: Of `spelling.fold_words`.
            widely: Whether it may be misspelt by more than a letter, or be another known word.
        """
        asked = [self.known.meant(word, widely=widely) for word in words]
        for place, (left, right) in enumerate(pairwise(words)):
            # "key board" is "keyboard": the joined word stands for both.
            if self.known.get(left) is not None and self.known.get(right) is not None:
                joined = dict.fromkeys(self._exactly(left + right), JOINED)
            else:
                joined = {number: sure for number, sure in self.known.meant(left + right).items() if sure >= 0.7}
            for number, sure in joined.items():
                for each in asked[place : place + 2]:
                    each[number] = max(sure, each.get(number, 0.0))
        self.alike.widen(asked, lambda number: names_goods(self.postings[number]))
        return asked

    def _scored(self, asked: Sequence[dict[int, float]], *, share: float = 0.5) -> tuple[dict[int, float], int]:
        """The places of what holds most of the words asked, each with its score, and how many words that are.

        Nothing where it is less than a share of them.
        """
        rows: list[tuple[int, _Lists]] = []
        for meant in asked:
            lists = self._lists(meant)
            if lists:
                rows.append((sum(len(posting) for posting, _ in lists), lists))
        if len(rows) < share * len(asked) or not rows:
            return {}, 0
        rows.sort(key=lambda row: row[0])
        scores: dict[int, float] = {}  # of each place, with `_WORD` more for each word that it holds
        for turn, (size, lists) in enumerate(rows):
            best: dict[int, float] = {}
            if turn and size > COMMON:
                if len(scores) > WEIGHED:
                    scores = dict(nlargest(WEIGHED, scores.items(), key=itemgetter(1)))
                for posting, worth in lists:
                    for place, weight in shared_in(posting, scores):
                        if worth * weight > best.get(place, 0.0):
                            best[place] = worth * weight
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
        for place in self.gone if len(self.gone) < len(scores) else self.gone.intersection(scores):
            scores.pop(place, None)
        top = int(max(scores.values(), default=0.0) // _WORD)
        if top < share * len(asked) or not top:
            return {}, 0
        least = top * _WORD
        return {place: score - least for place, score in scores.items() if score >= least}, top

    def _lists(self, meant: dict[int, float]) -> _Lists:
        """The products with what a word may be, and what each is worth: the rarer and the surer, the more.

        What means the same as a word that is there itself is never worth more than that.
        """
        total = len(self.ids)
        worths = {
            number: math.log1p(total / (1 + len(self.postings[number]))) for number in meant if self.postings[number]
        }
        most = min((worth for number, worth in worths.items() if meant[number] == 1.0), default=math.inf)
        return [(self.postings[number], meant[number] * min(worth, most)) for number, worth in worths.items()]

    def _add_around(self, scores: dict[int, float], around: Iterable[str]) -> None:
        """Prefer the products that also have the words around."""
        for word in around:
            for number in self._exactly(word):
                posting = self.postings[number]
                worth = AROUND * math.log1p(len(self.ids) / (1 + len(posting)))
                for place, weight in shared_in(posting, scores):
                    scores[place] += worth * weight

    def _likeliest(self, scores: dict[int, float], most: int) -> list[tuple[float, int]]:
        """The best of the places with their scores; of two products alike the one with the shorter name."""
        ends = self.ends
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
            for one, two in pairwise(self.names[self.ends[place] : self.ends[place + 1]]):
                if one in looked_for and two in looked_for:
                    for at, (left, right) in enumerate(pairs):
                        if one in left and two in right:
                            near[at] = max(near[at], left[one] * right[two])
            ordered.append((-score * (1 + TOGETHER * sum(near) / len(pairs)), place))
        return ordered

    def _worth(self, place: int, words: Sequence[str], asked: Sequence[tuple[dict[int, float], set[int]]]) -> int:
        """How many half words of a text are in a product; none where only what says of what kind is, "4" or "red"."""
        worth = 0
        kinds = {word for word in words if word in _KINDS or (word.isdigit() and len(word) < NUMBER_LEAST)}
        is_named = len(kinds) == len(words) and not all(map(str.isdigit, words))
        for word, (meant, guessed) in zip(words, asked, strict=True):
            counted = max(
                (
                    (sure >= SURE) + (weight > DESCRIPTION and number not in guessed)
                    for number, sure in meant.items()
                    if (weight := weight_in(self.postings[number], place))
                ),
                default=0,
            )
            worth += counted
            is_named = is_named or (counted > 0 and word not in kinds)
        return worth if is_named else 0
