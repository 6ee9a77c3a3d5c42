"""Products whose names stand in a longer text, such as the title of an ad."""

from collections.abc import Sequence
from heapq import nsmallest

from repository.catalogue.finding.index import COMMON, SURE, Index
from repository.catalogue.finding.postings import weight_in
from repository.catalogue.finding.sold import NAME


def named(index: Index, words: Sequence[str], *, most: int) -> list[int]:
    """The products whose names have most of some words.

    Args:
        index: What is sold.
        words: Of `spelling.fold_words`. One that very many names have counts only beside a rarer one.
        most: Products at most.

    Returns:
        Their `products.id`, the one with most words first.
    """
    asked = [{number for number, sure in meant.items() if sure >= SURE} for meant in index.meant(words, widely=False)]
    sizes = [sum(len(index.postings[number]) for number in numbers) for numbers in asked]
    counts: dict[int, int] = {}
    for size, numbers in sorted(zip(sizes, asked, strict=True), key=lambda pair: pair[0]):
        if size > COMMON and counts:
            places = {
                place for place in counts if any(weight_in(index.postings[number], place) >= NAME for number in numbers)
            }
        else:
            entries = (entry for number in numbers for entry in index.postings[number])
            places = {entry >> 4 for entry in entries if entry & 15 >= NAME}
        for place in places - index.gone:
            counts[place] = counts.get(place, 0) + 1
    best = nsmallest(most, counts, key=lambda place: (-counts[place], index.ids[place]))
    return [int(index.ids[place]) for place in best]
