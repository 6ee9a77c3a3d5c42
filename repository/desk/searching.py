"""What a merchant types to find an order, as the words that stand in `order_search`."""

import re

from repository.database.connection import Bound

HITS_MOST = 1000
"""The newest orders at most that a search looks at further."""
_DIGITS = re.compile(r"[\d\s().+\-]{4,}")
_LETTERS_MOST = 60
_WORDS_MOST = 6
_NOTHING = "<<"  # what begins no word of any order
_END_LEAST = 3  # letters from which the end of a number tells it


def hits(text: str) -> tuple[str, dict[str, Bound]]:
    """The SELECT that gives the ids of the orders that are meant, and its values.

    Every word must begin a word of the order, or end one of its numbers; a phone is meant in any usual spelling.

    Args:
        text: What was typed; not empty.
    """
    values: dict[str, Bound] = {"typed": " ".join(text.split())[:50], "hits_most": HITS_MOST}
    joins, conditions = [], []
    for place, patterns in enumerate(sorted(_words(text), key=lambda word: -len(word[0]))):
        fits = []
        for number, pattern in enumerate(patterns):
            values[f"word{place}_{number}"] = pattern
            fits.append(f"s{place}.word LIKE %(word{place}_{number})s")
        condition = f"({' OR '.join(fits)})"
        if place:
            joins.append(
                f"STRAIGHT_JOIN order_search s{place} FORCE INDEX (ix_order_search_order)"
                f" ON s{place}.order_id = s0.order_id AND {condition}"
            )
        else:
            conditions.append(condition)
    return (
        f"""
        SELECT hit.id FROM (
            (SELECT DISTINCT s0.order_id AS id FROM order_search s0 FORCE INDEX (PRIMARY) {" ".join(joins)}
             WHERE {" AND ".join(conditions)} ORDER BY id DESC LIMIT %(hits_most)s)
            UNION SELECT id FROM orders WHERE order_number = %(typed)s
        ) hit
        """,
        values,
    )


def _words(text: str) -> list[list[str]]:
    """The patterns of LIKE that each word of a text stands for, any of which must fit."""
    text = " ".join(text.split()).lstrip("#").strip()[:200]
    if _DIGITS.fullmatch(text):
        digits = "".join(letter for letter in text if letter.isdigit())
        local = digits.removeprefix("00").removeprefix("63").removeprefix("0")
        begins = {text.replace(" ", ""), digits, *((f"+63{local}", f"0{local}") if local else ())}
        ends = {digits, local} if len(local) >= _END_LEAST else {digits}
        return [[f"{_literally(one)}%" for one in sorted(begins)] + [f"<{one[::-1]}%" for one in sorted(ends)]]
    words = [word.lstrip("<+")[:_LETTERS_MOST] or _NOTHING for word in text.split(" ")[:_WORDS_MOST]]
    return [
        [f"{_literally(word)}%", *([f"<{_literally(word[::-1])}%"] if len(word) >= _END_LEAST else [])]
        for word in words
    ]


def _literally(text: str) -> str:
    """Text in which LIKE sees no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
