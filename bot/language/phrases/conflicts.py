"""Where replies stand in each other's way, and what one would have answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from bot.language.phrases.matcher import MAYBE, Matcher
from bot.language.phrases.taught import Taught, comparable

TIE = 0.05
"""How near two replies are between which a text is torn."""


class SamePhrase(msgspec.Struct, frozen=True):
    """A phrase of more than one reply.

    Attributes:
        phrase: As it is compared.
        replies: Whose it is; which of them answers is left to priority and age.
    """

    phrase: str
    replies: tuple[Taught, ...]


class Tie(msgspec.Struct, frozen=True):
    """Two replies that some messages are equally like.

    Attributes:
        one: The likelier one of the first such message.
        other: The other.
        texts: The messages.
    """

    one: Taught
    other: Taught
    texts: tuple[str, ...]


class Unheard(msgspec.Struct, frozen=True):
    """A phrase that never finds its reply.

    Attributes:
        reply: Whose it is.
        phrase: As it was written.
        instead: The reply that answers it; None where none does.
    """

    reply: Taught
    phrase: str
    instead: Taught | None


def unheard(matcher: Matcher) -> list[Unheard]:
    """The phrases that another reply answers, or none, whoever writes just that; those that two replies have are not
    among them, see `same_phrases`.

    Args:
        matcher: What is answered to.
    """
    shared = {(one.replies[0].language, one.phrase) for one in same_phrases(matcher.taught.values())}
    found = []
    for reply in matcher.taught.values():
        for phrase in reply.phrases:
            match = matcher.best(phrase, language=reply.language, minute=reply.opens or 0)
            if (match is None or match.reply.id != reply.id) and (reply.language, comparable(phrase)) not in shared:
                found.append(Unheard(reply, phrase, match.reply if match else None))
    return found


def same_phrases(taught: Iterable[Taught]) -> list[SamePhrase]:
    """The phrases that more than one reply of a language has, in order.

    Args:
        taught: The replies that are on.
    """
    whose: defaultdict[tuple[str, str], list[Taught]] = defaultdict(list)
    for reply in taught:
        for phrase in dict.fromkeys(map(comparable, reply.phrases)):
            whose[reply.language, phrase].append(reply)
    return [SamePhrase(phrase, tuple(all_)) for (_, phrase), all_ in sorted(whose.items()) if len(all_) > 1]


def ties(matcher: Matcher, texts: Sequence[str], *, minute: int) -> list[Tie]:
    """The pairs of replies that messages are equally like, those with the most messages first.

    Args:
        matcher: What is answered to.
        texts: Messages.
        minute: Minutes after midnight, in the shop.
    """
    torn: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for text in dict.fromkeys(texts):
        likely = matcher.likely(text, language="fil", minute=minute)[:2]
        if len(likely) == 2 and likely[0].score >= MAYBE and likely[0].score - likely[1].score < TIE:
            torn[likely[0].id, likely[1].id].append(text)
    most_first = sorted(torn.items(), key=lambda each: (-len(each[1]), each[0]))
    return [Tie(matcher.taught[one], matcher.taught[other], tuple(all_)) for (one, other), all_ in most_first]


def caught(matcher: Matcher, reply_id: int, texts: Sequence[str], *, minute: int) -> list[str]:
    """The messages that a reply would have answered by its words.

    Args:
        matcher: What is answered to.
        reply_id: Which reply.
        texts: Messages.
        minute: Minutes after midnight, in the shop.
    """
    reply = matcher.taught.get(reply_id)
    if reply is None:
        return []
    found = {text: matcher.best(text, language=reply.language, minute=minute) for text in set(texts)}
    return [text for text in texts if (match := found[text]) and match.reply.id == reply_id]
