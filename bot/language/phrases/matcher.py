"""Which reply a text is for, in the order in which that is believed.

1. *same*: the text is a phrase.
2. *stands in it*: a phrase stands in the text, as the reply's rule has it; also without polite little words.
3. *like*: the text is much like the phrases of a reply that has several, and clearly less like those of any other (but
   what must be exactly a phrase is never only like it). Such a reply also overrules a word that merely stands in the
   text, where the word's reply has several phrases too, and no higher priority.
4. *means*: what a phrase means is asked, in whatever words, and no other reply is likelier by its phrases.

Where nothing is sure enough, `near` has what may have been meant, for a question back; where vectors of sentences are
made (`sentences.py`), they say half of how near that is, and a reply that surely says the same is answered with.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal as Either

import msgspec

from bot.language.fold import fold
from bot.language.phrases.learned import Learned, Likely
from bot.language.phrases.literal import LOOKED_AT, RULES, Hit, Literal
from bot.language.phrases.meant import Meant
from bot.language.phrases.sentences import Alike
from bot.language.phrases.taught import Taught, comparable
from bot.language.texts import without_particles

ENOUGH = 0.5
"""The score from which a text is like a reply's phrases: chosen on phrases held back, a quarter of whole replies."""
CLEARLY = 0.2
"""By how much it must be less like those of any other reply: chosen in the same way."""
MAYBE = 0.3
"""The score from which a reply may have been meant: it is offered, not said."""
SEVERAL = 3
"""Phrases from which a reply is recognised by what is like them: fewer show too little of what they share."""
SAYS_IT, MAY_SAY = 0.85, 0.6
"""How near the sentence of the nearest phrase must be, and twice its lead, to say the same, or to be offered: .65 with
a lead of .1, or .35 with one of .25. The fewer the phrases, the less near and the farther apart they are.
"""
OFFERED_MOST = 3
OFFERED_WITHIN = 0.3
"""How far behind the likeliest one may be that is offered beside it."""

How = Either["same", "stands", "like", "means"]


class Match(msgspec.Struct, frozen=True):
    """A reply that a text is for.

    Attributes:
        reply: Which one.
        how: Why: see this module.
        score: From 0 to 1 for "like", 1 for what stands in the text; of "means" what `likeness` weighs.
        phrase: The phrase that stands in the text, else empty.
    """

    reply: Taught
    how: How
    score: float = 1.0
    phrase: str = ""


class Weighed(msgspec.Struct, frozen=True):
    """How like a reply a text is.

    Attributes:
        reply: The reply.
        score: From 0 to 1, all in all.
        words: By its words.
        alike: What says the same, where vectors of sentences are made and it is near.
        says: Of the one that is nearest by its sentence: how near it is, and twice its lead; else 0.
    """

    reply: Taught
    score: float
    words: float
    alike: Alike | None = None
    says: float = 0.0

    @property
    def says_it(self) -> bool:
        """Whether it surely says the same."""
        return self.says >= SAYS_IT


class Matcher:
    """All that was taught, ready to be asked.

    Args:
        taught: The replies that are on.
        rest: Called now and then while learning, for whoever lets others have their turn.
        before: What was taught before: only what is new is learned, at once and nearly as well.

    Attributes:
        taught: The same by their ids.
        learned: What their phrases have in common.
    """

    def __init__(
        self, taught: Sequence[Taught], rest: Callable[[], object] = int, before: "Matcher | None" = None
    ) -> None:
        self.taught = {reply.id: reply for reply in taught}
        self._literal = Literal(taught, rest)
        self._meant = Meant(taught, rest)
        self._several = frozenset(
            reply.id for reply in taught if len(reply.phrases) >= SEVERAL and reply.rule != "exact"
        )
        # One-phrase replies are learned too, so that a text that is like one of them is not taken for another's.
        of_all = ((reply.id, phrase) for reply in taught for phrase in reply.phrases)
        self.learned: Learned
        if before:
            known = {number: frozenset(reply.phrases) for number, reply in before.taught.items()}
            self.learned = before.learned.grown(one for one in of_all if one[1] not in known.get(one[0], ()))
        else:
            self.learned = Learned(of_all if self._several else (), rest)

    @property
    def has_learned(self) -> bool:
        """Whether replies are recognised by what is like their phrases."""
        return bool(self._several)

    def best(self, text: str, *, language: str, minute: int) -> Match | None:
        """The reply that a text is surely for by its words; None where there is none.

        The shopper's language comes first, then English, then any other.

        Args:
            text: What was typed.
            language: "en" or "fil", in which the shopper is answered.
            minute: Minutes after midnight, in the shop.
        """
        spoken, bare = comparable(text[:LOOKED_AT]), without_particles(text[:LOOKED_AT])
        same = self._first(self._literal.same(spoken), language, minute)
        if same:
            return Match(same.reply, "same", phrase=same.phrase)
        stands = self._first(self._literal.hits(spoken), language, minute)
        if stands is None and bare and bare != fold(text):
            stands = self._first(self._literal.hits(comparable(bare)), language, minute)
        like = self._like(text, language, minute)
        if like and (stands is None or self._overrules(like, stands)):
            return like
        return Match(stands.reply, "stands", phrase=stands.phrase) if stands else None

    def closest(self, text: str, *, language: str, minute: int) -> Match | None:
        """The reply of which a phrase means what a text asks, in the shopper's language or English; None where none.

        One that has several phrases must be the likeliest of its language by them, too.

        Args:
            text: What was typed.
            language: "en" or "fil", in which the shopper is answered.
            minute: Minutes after midnight, in the shop.
        """
        likeliest: dict[str, int] = {}
        for one in self.learned.likely(text):
            if one.id in self.taught and self._may_say(reply := self.taught[one.id], language, minute):
                likeliest.setdefault(reply.language, one.id)
        ranked = [
            (reply.language == language, reply.language == "en", score, reply.priority, -reply.id)
            for reply, score in self._meant.likely(text)
            if self._may_say(reply, language, minute)
            and (reply.id not in self._several or likeliest.get(reply.language, reply.id) == reply.id)
        ]
        if not ranked:
            return None
        *_, score, _, number = max(ranked)
        return Match(self.taught[-number], "means", score)

    def near(self, text: str, *, language: str, minute: int, alike: Sequence[Alike] = ()) -> tuple[Weighed, ...]:
        """What may have been meant by a text that nothing is sure of, the likeliest first.

        Args:
            text: What was typed.
            language: "en" or "fil", in which the shopper is answered.
            minute: Minutes after midnight, in the shop.
            alike: What says the same, where vectors of sentences are made.
        """
        likely = self.weighed(text, language=language, minute=minute, alike=alike)
        best = max((one.score for one in likely), default=0.0)
        offered = [
            one for one in likely if one.says >= MAY_SAY or (one.score >= MAYBE and best - one.score < OFFERED_WITHIN)
        ]
        return tuple(offered[:OFFERED_MOST])

    def weighed(self, text: str, *, language: str, minute: int, alike: Sequence[Alike] = ()) -> list[Weighed]:
        """How like each reply a text is by its words, and where vectors are made by its sentence, the likeliest first.

        Args:
            text: What was typed.
            language: "en" or "fil", in which the shopper is answered.
            minute: Minutes after midnight, in the shop.
            alike: What says the same, where vectors of sentences are made.
        """
        likely = {one.id: one.score for one in self.likely(text, language=language, minute=minute)}
        if not alike:
            return [Weighed(self.taught[number], score, score) for number, score in likely.items()]
        known = (one for one in alike if one.id in self.taught and one.phrase in self.taught[one.id].phrases)
        said = [one for one in known if self._may_say(self.taught[one.id], language, minute)]
        lead = said[0].score - (said[1].score if len(said) > 1 else 0.0) if said else 0.0
        near = {one.id: one for one in said}
        weighed = [
            Weighed(
                self.taught[number],
                (likely.get(number, 0.0) + (near[number].score if number in near else 0.0)) / 2,
                likely.get(number, 0.0),
                near.get(number),
                near[number].score + 2 * lead if said and number == said[0].id else 0.0,
            )
            for number in {**likely, **near}
        ]
        return sorted(weighed, key=lambda one: (one.says < MAY_SAY, -one.score, one.reply.id))

    def likely(self, text: str, *, language: str, minute: int) -> list[Likely]:
        """How like each reply that has several phrases a text is, the likeliest first.

        Args:
            text: What was typed.
            language: "en" or "fil", in which the shopper is answered.
            minute: Minutes after midnight, in the shop.
        """
        return [
            one
            for one in self.learned.likely(text)
            if one.id in self._several and self._may_say(self.taught[one.id], language, minute)
        ]

    def _like(self, text: str, language: str, minute: int) -> Match | None:
        known = (one for one in self.learned.likely(text)[:8] if one.id in self.taught)
        likely = [one for one in known if self._may_say(self.taught[one.id], language, minute)]
        if not likely or likely[0].id not in self._several or likely[0].score < ENOUGH:
            return None
        second = likely[1].score if len(likely) > 1 else 0.0
        first = likely[0]
        return Match(self.taught[first.id], "like", first.score) if first.score - second >= CLEARLY else None

    def _overrules(self, like: Match, stands: Hit) -> bool:
        """Whether a text is surely another reply's than the one of which a word stands in it."""
        kept = like.reply.id == stands.reply.id or stands.reply.rule == "exact"
        return not kept and stands.reply.id in self._several and like.reply.priority >= stands.reply.priority

    @staticmethod
    def _may_say(reply: Taught, language: str, minute: int) -> bool:
        return reply.language in (language, "en") and reply.answers_at(minute)

    @staticmethod
    def _first(hits: Iterable[Hit], language: str, minute: int) -> Hit | None:
        """The hit that comes first: by language, by priority, by how strict its rule is, by its length, by age."""
        open_now = [hit for hit in hits if hit.reply.answers_at(minute)]
        return max(open_now, key=lambda hit: _rank(hit, language), default=None)


def _rank(hit: Hit, language: str) -> tuple[bool, bool, int, int, int, int]:
    reply = hit.reply
    strict = -RULES.index(reply.rule)
    return reply.language == language, reply.language == "en", reply.priority, strict, len(hit.phrase), -reply.id
