"""What the shop itself would answer to a text, reading by reading, with nothing of it kept."""

import msgspec

from bot.base import clock
from bot.language.phrases.matcher import MAY_SAY, MAYBE, OFFERED_MOST, Weighed
from dialogs.conversation import load_draft, load_state
from dialogs.engine.heard import Typed
from dialogs.engine.run import Next, Turn, run_step
from dialogs.engine.state import State
from dialogs.reading.context import Context, Offered
from dialogs.reading.explaining import Explained, Explanation, explain
from dialogs.reading.table import OF_THE_SHOP, Meant, readings
from dialogs.showing.answering import ANSWERS
from dialogs.states import Draft
from handlers.turns.asking.answerer import Answerer
from handlers.turns.spoken import plain_text
from replies.render import render
from replies.words import Words
from repository.catalogue.finding.standing import wait_until_read
from repository.chats import conversations
from repository.database.connection import Connection, Database
from repository.rules import Rules
from repository.wording import canned

_offered = msgspec.json.Decoder(tuple[Offered, ...])
_SAID_MOST = 160
_KINDS = {"canned": "canned", "search": "search", "search_nothing": "unsure", "not_understood": "unsure"}
"""What an answer is, by the intent of the step that gave it."""


SAYS_IT, MAY_MEAN = "a phrase that says the same", "a reply that may be meant"
"""Behind all rows: what canned replies have to say where nothing else is sure."""
_PATIENCE = 30.0  # seconds in which a process that has just begun learns what its phrases say
_NOTHING = "explained.nothing"


class _Undone(Exception):
    """Ends a transaction that shall leave nothing behind."""


async def explain_with_shop(
    database: Database, rules: Rules, text: str, context: Context, *, language: str, psid: str = ""
) -> Explanation:
    """Why a text is understood as it is, and what the shop would say to each reading that is left to it.

    Args:
        database: The shop's.
        rules: The shop's rules.
        text: What was typed.
        context: What it is read against, where no shopper is named.
        language: In which is answered, where no shopper is named.
        psid: A shopper whose conversation it is read against; empty for nobody's.
    """
    explained = explain(text, context)
    await wait_until_read(database)
    try:
        async with database.transaction() as conn:
            turn = Turn(shopper_id=0, name="", language=language, now=clock.now(), nonce="explained", rules=rules)
            opened = await conversations.open_turn(conn, psid=psid) if psid else None
            if opened:
                kept, known = opened.conversation, opened.facts
                state = load_state(kept.state)
                draft: Draft = load_draft(kept.draft, kept.state, turn.now)
                context = Context(state=state, offered=_offered.decode(kept.offered or "[]"), draft=draft)
                turn = msgspec.structs.replace(
                    turn, shopper_id=known.shopper_id or 0, language=known.language or language, draft=draft
                )
            explained = await _answered(conn, explain(text, context), context, turn)
            raise _Undone
    except _Undone:
        return explained


async def _answered(conn: Connection, told: Explanation, context: Context, turn: Turn) -> Explanation:
    """The explanation with what each reading of the shop's would be answered; the first that is answered decides."""
    of_shop = {row.name for row in OF_THE_SHOP}
    answers = [
        answered
        for meant in readings(told.text, context, OF_THE_SHOP)
        if (answered := await _answer(conn, meant, told.text, context, turn))
    ]
    decision = answers[0] if answers and told.decision.row in of_shop else told.decision
    others = tuple(one for one in told.candidates if one.row not in {answered.row for answered in answers})
    if decision.kind == "unsure":
        near, says_it = await _near(conn, told.text, turn)
        answers += near
        decision = near[0] if says_it else decision
    return Explanation(
        text=told.text, asked=told.asked, decision=decision, candidates=(*answers, *others) if answers else others
    )


async def _near(conn: Connection, text: str, turn: Turn) -> tuple[list[Explained], bool]:
    """The canned replies that may be meant where nothing else is sure, and whether the first says the very same."""
    weighed = await canned.weighed(conn, text=text, language=turn.language, patience=_PATIENCE)
    near = [one for one in weighed if one.score >= MAYBE or one.says >= MAY_SAY][:OFFERED_MOST]
    return [await _explained(conn, one) for one in near], bool(near and near[0].says_it)


async def _explained(conn: Connection, one: Weighed) -> Explained:
    said = await canned.picked(conn, reply_id=one.reply.id) if one.says_it else None
    return Explained(
        kind="canned" if one.says_it else "unsure",
        name=one.reply.phrases[0],
        value=said.response[:_SAID_MOST] if said else "",
        score=one.alike.score if one.alike and one.says_it else one.score,
        why=_why(one),
        row=SAYS_IT if one.says_it else MAY_MEAN,
    )


def _why(one: Weighed) -> str:
    words = f"its words are like the reply's phrases by {one.words:.2f}"
    return f"{words}, its sentence says what “{one.alike.phrase}” says by {one.alike.score:.2f}" if one.alike else words


async def _answer(conn: Connection, meant: Meant, text: str, context: Context, turn: Turn) -> Explained | None:
    async def step(state: State, heard: Typed, turn: Turn) -> Next[State]:
        answered: Next[State] | None = await ANSWERS[meant.row.reads](state, heard.text, meant.candidate.value, turn)
        return answered or Next(state, intent=_NOTHING)

    answered = await run_step(step, context.state, Typed(text=text), turn, Answerer(conn))
    if answered.intent == _NOTHING:
        return None
    said = plain_text([message.payload() for message in render(answered.replies, Words(), turn.language)])
    return Explained(
        kind=_KINDS.get(answered.intent or "", meant.candidate.kind),
        name=meant.candidate.name,
        value=said[:_SAID_MOST],
        score=meant.candidate.score,
        why=meant.candidate.why,
        row=meant.row.name,
    )
