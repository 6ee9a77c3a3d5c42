"""Answers that can hardly be one: heard for what else they may be, asked again once, then taken with a mark."""

from msgspec.structs import replace

from bot.language.buying.naming import SURE
from bot.language.fold import fold
from bot.language.places import is_called_place
from bot.language.texts import tidy
from dialogs.checkout.draft import DOUBT, UNSURE
from dialogs.checkout.form import ask_again, question_of
from dialogs.engine.run import Next, Turn
from dialogs.reading.asked import ENOUGH, fit
from dialogs.reading.context import Context
from dialogs.showing.answers import spoken_to
from dialogs.showing.listing import goods_named
from dialogs.states import Draft, InCheckout, Ordering
from replies.understood import Doubted

DOUBTED = ("recipient", "address", "barangay", "city")
"""Parts whose answers are doubted: the others are read in their own way, or may be anything."""


async def doubt(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    """What is said to an answer that can hardly be one, and the question again; None where it is taken.

    Args:
        state: What is asked.
        text: What was typed.
        turn: The facts.
    """
    part = question_of(state).part
    score, _ = fit(text, Context(state=state, draft=turn.draft))
    if part == "recipient" and ENOUGH <= score < SURE and DOUBT + part not in turn.draft.asked:
        return await _goods_for_name(state, text, turn)
    if part not in DOUBTED or score >= ENOUGH:
        return None
    spoken = await spoken_to(text, turn)
    if found := await goods_named(text, spoken):
        return replace(await ask_again(state, spoken, *found.replies), language=spoken.language)
    if not score and part != "recipient":  # no answer at all; of a name its reader says so
        return await ask_again(state, turn)
    mark = DOUBT + part
    if part == "recipient" and is_called_place(text):
        mark = f"{mark} {fold(text)}"  # a place is no name, unless the very same is said again
    if not score or mark in turn.draft.asked:
        return None
    remembered = replace(turn.draft, asked=(*turn.draft.asked, mark))
    doubting = replace(spoken, draft=remembered)
    said = Doubted(part=part, typed=tidy(text))
    return replace(await ask_again(state, doubting, said), language=spoken.language)


async def _goods_for_name(state: InCheckout, text: str, turn: Turn) -> Next[Ordering] | None:
    """The goods that one word names, where a name was asked: "mug"; None for none. Typed again, it is one."""
    found = await goods_named(text, turn) if len(text.split()) == 1 else None
    if found is None:
        return None
    remembered = replace(turn.draft, asked=(*turn.draft.asked, f"{DOUBT}recipient"))
    return await ask_again(state, replace(turn, draft=remembered), *found.replies)


def sure_by_now(state: InCheckout, text: str, draft: Draft) -> Draft:
    """What is known, with the doubt of a part settled by its new answer: taken as it is, with or without a mark.

    Args:
        state: What was asked.
        text: The answer that is taken.
        draft: What is known.
    """
    part = question_of(state).part
    if part not in DOUBTED:
        return draft
    is_unsure = fit(text, Context(state=state, draft=draft))[0] < ENOUGH
    others = tuple(entry for entry in draft.asked if not entry.startswith(DOUBT + part) and entry != UNSURE + part)
    asked = (*others, UNSURE + part) if is_unsure else others
    return draft if asked == draft.asked else replace(draft, asked=asked)
