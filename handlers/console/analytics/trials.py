"""Two wordings of a canned reply, tried against each other: begun, judged, ended."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from aiohttp import web

from bot.language.phrases.filling import names_in
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.visit import Declined, Notice, Visit, whole
from handlers.console.wording.trying import canned_problem
from repository.analytics.verdict import LEAST, Tally, verdict
from repository.database.errors import NotFound, Taken
from repository.wording import canned_edits, trials
from repository.wording.trials import Tried, Wording

HOME = "/analytics/trials"
_NAMES: Mapping[Wording, str] = {"a": "The first wording", "b": "The second wording"}


def _words(typed: str) -> str:
    problem = canned_problem(typed, has_product=True)
    return f"Line {problem.line}: {problem.reason}" if problem else ""


class SecondWording(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a trial."""

    words: Annotated[
        str,
        Field(
            label="The second wording",
            help="Half of the shoppers hear this one from now on, each of them always the same.",
            needed="Please write the second wording.",
            rows=7,
            check=_words,
        ),
    ]


FORM = Form(SecondWording)


class Judged(msgspec.Struct, frozen=True):
    """A trial as the page shows it.

    Attributes:
        one: The trial with its numbers.
        by_orders: What can be said by the orders that followed.
        by_wrong: What can be said by the shoppers for whom it seems wrong.
    """

    one: Tried
    by_orders: str
    by_wrong: str

    @property
    def sides(self) -> tuple[tuple[str, str, int, int, int], ...]:
        """Both wordings: what they are called, their words, heard, bought, wrong."""
        one = self.one
        return (
            (_NAMES["a"], one.words_a, one.heard_a, one.bought_a, one.wrong_a),
            (_NAMES["b"], one.words_b, one.heard_b, one.bought_b, one.wrong_b),
        )


async def show(visit: Visit) -> web.Response:
    """All trials, with what can be said of each."""
    async with visit.shop.database.connection() as conn:
        found = await trials.listed(conn)
    return await visit.page("trials.html", home=HOME, trials=[_judged(one) for one in found])


async def propose(
    visit: Visit, *, status: int = 200, filled: Filled | None = None, reply_id: int | None = None
) -> web.Response:
    """The form for a second wording of a reply.

    Args:
        visit: Who wants it.
        status: The HTTP status.
        filled: What was typed; None begins with the reply's own words.
        reply_id: Of which reply; None takes the address's.
    """
    reply_id = whole(visit.request.query.get("reply", "")) if reply_id is None else reply_id
    async with visit.shop.database.connection() as conn:
        body = (await canned_edits.opened(conn, reply_id=reply_id)).body
    form = filled or FORM.of(SecondWording(words=body.response))
    return await visit.page("trial.html", status=status, home=HOME, form=form, body=body, reply_id=reply_id)


async def start(visit: Visit) -> web.Response:
    """Begin to try it."""
    reply_id = whole(visit.form.get("reply", ""))
    typed, filled = FORM.read(visit)
    if not filled.is_wrong:
        async with visit.shop.database.connection() as conn:
            body = (await canned_edits.opened(conn, reply_id=reply_id)).body
        more = sorted(names_in(typed.words) - names_in(body.response))
        if body.response == typed.words:
            filled = filled.refused(words="This is the wording that the reply has. Please change it.")
        elif more:
            filled = filled.refused(
                words=f"Only what the first wording fills in can be filled in here, not “{more[0]}”."
            )
    if filled.is_wrong:
        return await propose(visit, status=422, filled=filled, reply_id=reply_id)
    try:
        await visit.write(lambda conn: trials.start(conn, reply_id=reply_id, words=typed.words, by=visit.by))
    except Taken:
        raise Declined("A second wording of this reply is tried already. End that one first.", HOME) from None
    return visit.to(HOME, Notice("It is tried from the next message on: half of the shoppers hear the second wording."))


async def end(visit: Visit) -> web.Response:
    """End it, and keep one of the wordings."""
    keep: Wording = "b" if visit.form.get("keep") == "b" else "a"
    try:
        keyword = await visit.write(lambda conn: trials.end(conn, trial_id=visit.number("id"), keep=keep, by=visit.by))
    except NotFound:
        raise Declined("That trial has ended already.", HOME) from None
    return visit.to(HOME, Notice(f"Ended. Everybody hears {_NAMES[keep].lower()} of “{keyword}” now."))


def _judged(one: Tried) -> Judged:
    orders = Tally(one.heard_a, one.bought_a), Tally(one.heard_b, one.bought_b)
    right = Tally(one.heard_a, one.heard_a - one.wrong_a), Tally(one.heard_b, one.heard_b - one.wrong_b)
    return Judged(one, _said(*orders, "brings more orders"), _said(*right, "is wrong less often"))


def _said(a: Tally, b: Tally, better: str) -> str:
    """What can be said of two wordings, with how sure it is."""
    found = verdict(a, b)
    if found.how_sure == "few":
        return (
            f"Too few have heard them to say which one {better}: {a.heard} and {b.heard} shoppers,"
            f" at least {LEAST} of each are needed."
        )
    if not found.better:
        return f"Nothing tells which one {better}: both did alike so far."
    sure, name = f"{min(found.certainty, 0.999):.1%}".replace("%", " %"), _NAMES[found.better]
    more = f" About {found.missing:,} more shoppers of each would settle it." if found.missing else ""
    if found.how_sure == "sure":
        return f"{name} {better}: that is {sure} sure."
    if found.how_sure == "likely":
        return f"{name} probably {better}, but that is only {sure} sure.{more}"
    return f"Nobody can say yet which one {better}: it is {sure} sure that {name.lower()} does.{more}"
