"""What canned replies say, as vectors of their phrases, where the extra `meaning` is on.

A phrase's vector is made once, behind the turns, as soon as the phrase is in force; a text's only where nothing else
is sure. Whoever asks waits for no phrase, and no longer than a moment for the text.
"""

import asyncio
from collections.abc import MutableMapping

import msgspec

from bot.base import sentences
from bot.language.phrases.matcher import Matcher
from bot.language.phrases.sentences import Alike, Sentences, Vector

_PATIENCE = 0.25  # seconds
_KEPT = __name__


class _Kept(msgspec.Struct):
    """What is known by now: the vectors by their phrases, what was made of them, and whoever makes more."""

    wanted: Matcher
    vectors: dict[str, Vector] = {}
    made_of: Matcher | None = None
    made: Sentences | None = None
    maker: "asyncio.Task[None] | None" = None


def keep_up(kept: MutableMapping[str, object], matcher: Matcher) -> None:
    """See to it that there are vectors of all that is in force, at some later time.

    Args:
        kept: What this process keeps of its database.
        matcher: What is in force.
    """
    if not sentences.is_on():
        return
    known = kept.get(_KEPT)
    if not isinstance(known, _Kept):
        known = kept[_KEPT] = _Kept(matcher)
    known.wanted = matcher
    if known.made_of is not matcher and (known.maker is None or known.maker.done()):
        known.maker = asyncio.create_task(_make(known))


async def alike(kept: MutableMapping[str, object], text: str) -> tuple[Alike, ...]:
    """The replies that say what a text says, the nearest first; none where that is not known in time.

    Args:
        kept: What this process keeps of its database.
        text: What was typed.
    """
    known = kept.get(_KEPT)
    if not isinstance(known, _Kept) or known.made is None or not text.strip():
        return ()
    try:
        async with asyncio.timeout(_PATIENCE):
            vector = await sentences.vector_of(text)
    except TimeoutError:
        return ()
    return () if vector is None else await asyncio.to_thread(known.made.alike, vector)


async def made(kept: MutableMapping[str, object], *, patience: float) -> None:
    """Wait until there are vectors of all that is in force.

    Args:
        kept: What this process keeps of its database.
        patience: Seconds after which what there is has to do.
    """
    known = kept.get(_KEPT)
    if isinstance(known, _Kept) and known.maker:
        await asyncio.wait((known.maker,), timeout=patience)


async def _make(known: _Kept) -> None:
    """Make the vectors that are missing, one by one: a text that comes meanwhile waits for one of them only."""
    while known.made_of is not known.wanted:
        matcher = known.wanted
        phrases = [
            (reply.id, phrase) for reply in matcher.taught.values() if reply.rule != "exact" for phrase in reply.phrases
        ]
        for _, phrase in phrases:
            if phrase not in known.vectors:
                vector = await sentences.vector_of(phrase)
                if vector is None:  # switched off meanwhile
                    return
                known.vectors[phrase] = vector
        known.vectors = {phrase: known.vectors[phrase] for _, phrase in phrases}
        known.made = await asyncio.to_thread(Sentences, phrases, [known.vectors[phrase] for _, phrase in phrases])
        known.made_of = matcher
