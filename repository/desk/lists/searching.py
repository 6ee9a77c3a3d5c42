"""What a merchant types to find an order, as the words that stand in `order_search`."""

import re

from repository.database.connection import Bound, Connection, Statement
from repository.database.scalars import number

HITS_MOST = 1000
"""The newest orders at most that a search looks at further."""
OFTEN = 2000
"""Orders from which on a word says too little to begin with."""
_DIGITS = re.compile(r"[\d\s().+\-]{4,}")
_LETTERS_MOST = 60
_WORDS_MOST = 6
_NOTHING = "<<"  # what begins no word of any order
_END_LEAST = 3  # letters from which the end of a number tells it


async def hits(conn: Connection, *, text: str) -> tuple[str, dict[str, Bound]]:
    """The SELECT that gives the ids of the orders that are meant, and its values.

    Every word must begin a word of the order, or end one of its numbers; a phone is meant in any usual spelling. The
    search begins with the word that the fewest orders have; where they all have one that very many have, only the
    newest orders that have just that word are looked at further.

    Args:
        conn: An open connection.
        text: What was typed; not empty.
    """
    words = _words(text)
    values: dict[str, Bound] = {"typed": " ".join(text.split())[:50], "hits_most": HITS_MOST, "often": OFTEN}
    fits = []
    for place, patterns in enumerate(words):
        for number_, pattern in enumerate(patterns):
            values[f"word{place}_{number_}"] = pattern
        fits.append([f"%(word{place}_{number_})s" for number_ in range(len(patterns))])
    counted = await conn.batch(
        *(
            Statement(
                "SELECT COUNT(*) FROM (SELECT 1 FROM order_search s FORCE INDEX (PRIMARY)"
                f" WHERE {_like('s', names)} LIMIT %(often)s) few",
                values,
            )
            for names in fits
        )
    )
    how_often = [number(result.rows[0][0]) for result in counted]
    first = min(range(len(words)), key=how_often.__getitem__)
    if not how_often[first]:
        return "SELECT id FROM orders WHERE order_number = %(typed)s", values
    if how_often[first] < OFTEN:
        begin = f"SELECT s.order_id FROM order_search s FORCE INDEX (PRIMARY) WHERE {_like('s', fits[first])}"
    else:
        for number_, pattern in enumerate(words[first]):
            values[f"just_{number_}"] = pattern.removesuffix("%").replace("\\", "")
        begin = " UNION ALL ".join(
            "(SELECT s.order_id FROM order_search s FORCE INDEX (PRIMARY)"
            f" WHERE s.word = %(just_{number_})s ORDER BY s.order_id DESC LIMIT %(hits_most)s)"
            for number_ in range(len(words[first]))
        )
    others = "".join(
        f" STRAIGHT_JOIN order_search o{place} FORCE INDEX (ix_order_search_order)"
        f" ON o{place}.order_id = s0.order_id AND {_like(f'o{place}', names)}"
        for place, names in enumerate(fits)
        if place != first
    )
    return (
        f"""
        SELECT hit.id FROM (
            (SELECT DISTINCT s0.order_id AS id FROM ({begin}) s0{others}
             ORDER BY id DESC LIMIT %(hits_most)s)
            UNION SELECT id FROM orders WHERE order_number = %(typed)s
        ) hit
        """,
        values,
    )


def _like(table: str, names: list[str]) -> str:
    return f"({' OR '.join(f'{table}.word LIKE {name}' for name in names)})"


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
