"""Words that are not in force yet, from a file: what they would change."""

import tomllib
from pathlib import Path

from bot.base.exits import WRONG_USE, Failure
from replies.checking import WordingError, check
from replies.words import Wording, own_words


def proposed(path: Path) -> tuple[Wording, ...]:
    """The words in a file: a table for each language, with a template for each block.

    Args:
        path: The file, as in `[en]` and below it `"cart.added" = "{{ product }} is in your basket."`.

    Raises:
        Failure: It holds none; says which line or block is wrong.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Failure(f"{path} is no file of words: {error}.", WRONG_USE) from error
    known, found = own_words(), list[Wording]()
    for language, blocks in tables.items():
        if not isinstance(blocks, dict):
            raise Failure(f"{path}: {language!r} stands above the languages: put it below [en] or [fil].", WRONG_USE)
        for name, words in blocks.items():
            if (name, language) not in known and (name, "en") not in known:
                raise Failure(f"{path}: there is no reply {name!r}: write its name as in “cart.added”.", WRONG_USE)
            if not isinstance(words, str):
                raise Failure(f"{path}: the words of {name!r} are no text: put them in quotes.", WRONG_USE)
            try:
                check(words)
            except WordingError as error:
                raise Failure(f"{path}, {name}: {error}", WRONG_USE) from error
            found.append(Wording(name=name, language=language, words=words))
    if not found:
        raise Failure(f'{path} holds no words: write [en], and below it “"cart.added" = "…"”.', WRONG_USE)
    return tuple(found)
