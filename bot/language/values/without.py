"""What a search shall leave out: "sabon maliban sa kojic", "tsinelas yung hindi rubber", "coffee but not barako"."""

import re
from functools import lru_cache

import msgspec

from bot.language.fold import fold
from bot.language.lexicon import pattern, words_for

_SMALL = words_for(
    "small.polite", "small.particle", "small.please", "small.me", "small.you", "small.this", "small.article",
    "search.around", "question.particle", "edit.but",
)  # fmt: skip
_BUT = re.compile(rf"^(?P<wanted>.+?)\s+(?:{pattern('edit.except', 'search.without')})\s+(?P<others>.+)$")
_OTHERS_MOST = 4
"""Words of what is left out: what is longer tells something."""


class Without(msgspec.Struct, frozen=True):
    """A search that leaves something out.

    Attributes:
        wanted: What is looked for.
        others: The words of what shall not be among it.
    """

    wanted: str
    others: tuple[str, ...]


@lru_cache(maxsize=256)
def without_in(text: str) -> Without | None:
    """What a search looks for and what it leaves out; None where it leaves nothing out.

    Args:
        text: What is looked for, as typed.
    """
    found = _BUT.match(fold(text))
    if not found:
        return None
    wanted, others = _named(found["wanted"]), _named(found["others"])
    if not wanted or not 0 < len(others) <= _OTHERS_MOST:
        return None
    return Without(" ".join(wanted), tuple(others))


def _named(said: str) -> list[str]:
    return [word for word in said.split() if word not in _SMALL]
