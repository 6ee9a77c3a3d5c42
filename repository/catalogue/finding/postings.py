"""The words of products in memory: which word stands in which products, and how much it says about each."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from repository.catalogue.finding.alike import Alike, Phrase, begin, everybodys
from repository.catalogue.finding.sold import DESCRIPTION, VARIANT, Sold, words_of

FEW = 64
"""Products with a word, from which on it is one for goods wherever it stands."""


class Postings:
    """The words of products, each with the products in which it stands.

    Changes can be read one by one, within a millisecond each; since words of what is gone still weigh a little, all of
    it should be made anew after many (`changed`).

    Args:
        products: What is sold, each once.

    Attributes:
        known: Every word by its number.
        postings: Of each word by its number, the places of products with its weight there, in order: see `weight_in`.
        ids: `products.id` by place.
        names: The words of all names by their numbers, one name behind the other.
        ends: Where in `names` the name before each place ends.
        gone: Places of what is no longer so.
        alike: What means the same.
    """

    def __init__(self, products: Iterable[Sold] = ()) -> None:
        self.known, self.alike = begin()
        self.postings: list[array[int]] = []
        self.ids = array("q")
        self.names = array("I")
        self.ends = array("I", [0])
        self.gone: set[int] = set()
        self._groups: tuple[Sequence[Phrase], ...] = ()
        self._pad()
        self._place: dict[int, int] = {}  # of each product by its id
        for product in products:
            self.put(product)

    def __len__(self) -> int:
        return len(self._place)

    @property
    def changed(self) -> int:
        """Products that were changed or taken out since it was made."""
        return len(self.gone)

    def put(self, product: Sold) -> None:
        """Take in a product that is new, or has changed.

        Args:
            product: As it is now.
        """
        self.forget(product.id)
        place = self._place[product.id] = len(self.ids)
        self.ids.append(product.id)
        words = words_of(product)
        for phrase in self.alike.phrases_in(words.weights):
            words.weights[" ".join(phrase)] = min(words.weights[word] for word in phrase)
        numbers, postings, counts = self.known.numbers, self.postings, self.known.counts
        for word, weight in words.weights.items():
            number = numbers.get(word)
            if number is None:
                number = self.known.add(word)
                postings.append(array("I"))
            if weight > DESCRIPTION:
                counts[number] += 1
            elif " " in word:
                continue
            postings[number].append(place << 4 | weight)
        self.names.extend([numbers[word] for word in words.name])
        self.ends.append(len(self.names))

    def forget(self, product_id: int) -> None:
        """Take out a product; nothing where it is not there.

        Args:
            product_id: `products.id`.
        """
        place = self._place.pop(product_id, None)
        if place is not None:
            self.gone.add(place)

    def use(self, groups: Iterable[Sequence[Phrase]]) -> None:
        """Let words mean the same, beside those that do in any shop, in place of what was given before.

        Args:
            groups: Words and phrases that mean the same, of `group_of`.
        """
        given = tuple(groups)
        if given == self._groups:
            return
        self._groups = given
        before = self.alike.by_word
        self.alike = Alike(self.known, (*everybodys(), *given))
        self._pad()
        for first, phrases in self.alike.by_word.items():
            for phrase in phrases:
                if phrase not in before.get(first, ()):
                    self._look_through(phrase)

    def _look_through(self, phrase: Phrase) -> None:
        """Find a phrase in the products that are there already."""
        postings = [self._posting(word) for word in phrase]
        number = self.known.add(" ".join(phrase))
        self._posting(" ".join(phrase))
        found = array("I")
        for entry in min(postings, key=len):
            weight = min(weight_in(posting, entry >> 4) for posting in postings)
            if weight > DESCRIPTION:
                found.append(entry >> 4 << 4 | weight)
        self.postings[number] = found

    def _posting(self, word: str) -> "array[int]":
        number = self.known.add(word)
        self._pad()
        return self.postings[number]

    def _pad(self) -> None:
        """Let every word that is known have its products, though there may be none."""
        while len(self.postings) < len(self.known):
            self.postings.append(array("I"))


def names_goods(posting: "array[int]") -> bool:
    """Whether a word is there that names goods: not one that only variants and descriptions of few have.

    Args:
        posting: The places of products with it, and its weight there.
    """
    return len(posting) > FEW or any(entry & 15 > VARIANT for entry in posting)


def weight_in(posting: "array[int]", place: int) -> int:
    """How much a word says about the product at a place, 0 where it does not stand there.

    Args:
        posting: Of the word.
        place: Of the product.
    """
    at = bisect_left(posting, place << 4)
    return posting[at] & 15 if at < len(posting) and posting[at] >> 4 == place else 0


def shared_in(posting: "array[int]", scores: dict[int, float]) -> list[tuple[int, int]]:
    """Those of some places in which a word stands, with its weight there.

    Args:
        posting: Of the word.
        scores: The places, each with anything.
    """
    if len(posting) < 8 * len(scores):
        return [(entry >> 4, entry & 15) for entry in posting if entry >> 4 in scores]
    return [(place, weight) for place in scores if (weight := weight_in(posting, place))]


def is_joined(known: str, words: Sequence[str]) -> bool:
    """Whether a known word is two typed ones: "key board".

    Args:
        known: A word of the catalogue.
        words: Those that were typed, in order.
    """
    return any(left + right == known for left, right in pairwise(words))
