"""A turn: one event, everything that is done about it, one transaction. Read this page first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.base import clock, logs, metrics, tracing
from bot.language.tongue import Tongue
from bot.messenger import window
from bot.messenger.changed import message_key
from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, MessageEdit, Postback, Reaction, TextMessage, Unsend, load
from bot.messenger.referring import Came, came_from
from dialogs.conversation import dump_draft, dump_state, load_draft, load_state, step_for
from dialogs.engine.run import Turn, run_step
from dialogs.engine.state import State
from dialogs.reading.context import Context, Offered, on_screen
from dialogs.reading.hear import hear
from dialogs.showing.quiet import said_in_quiet, speaks_in_quiet, stay_quiet
from dialogs.states import Draft
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from handlers.outbound.lane import ToSend
from handlers.outbound.outbox import Outbox
from handlers.turns.asking.answerer import Answerer, AskedOnce
from handlers.turns.asking.company import finish
from handlers.turns.in_force import Shop
from handlers.turns.saying import said
from handlers.turns.sent_pictures import PicturesWait, are_waiting
from handlers.turns.spoken import OFFERED_MOST, offers
from handlers.turns.trials import worded
from repository.aftersales import quiet
from repository.chats import conversations, heard_before, shoppers
from repository.chats import outbox as outboxes
from repository.chats.conversations import Decided, Opened
from repository.chats.referrals import Referred
from repository.database.connection import Connection
from repository.rules import Rules

_encode = msgspec.json.Encoder().encode
_offered = msgspec.json.Decoder(tuple[Offered, ...])
_message = msgspec.json.Decoder(dict[str, object])
_NOTHING_OFFERED = msgspec.Raw(b"[]")
_turns_taken = metrics.turns.labels("taken")


class StrangerError(Exception):
    """There is no conversation with this shopper yet."""


class Recording(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a turn depended on and what came of it, so that it can be replayed exactly.

    Attributes:
        step: The step that was taken.
        facts: The turn's facts.
        asks: What the step asked, in order.
        replies: What was said, as data: the reply's name and its facts.
        draft: What is known from now on of the order that is being made.
        offered: What could be tapped before, where words may mean it.
        replied: What stands on the message that was replied to.
        shared: What the shopper's own message had come with that was replied to.
        edited: The state in which a message was typed that was changed, as it is stored.
        is_quiet: Whether a person of the shop was to answer.
    """

    step: str
    facts: Turn
    asks: list[AskedOnce]
    replies: list[tuple[str, msgspec.Raw]]
    draft: Draft
    offered: msgspec.Raw = _NOTHING_OFFERED
    replied: Sequence[Offered] = ()
    shared: Came | None = None
    edited: str = ""
    is_quiet: bool = False


async def take_turn(shop: Shop, outbox: Outbox, psid: str, received: float | None) -> bool:
    """Take the oldest turn that waits for a shopper.

    Args:
        shop: The shop.
        outbox: Delivers what the turn says, once it is committed.
        psid: The shopper.
        received: When the event came, by the monotonic clock; None where it waited in the database.

    Returns:
        Whether there was one.

    Raises:
        StrangerError: Nobody has met this shopper yet: see `handlers/turns/meeting.py`.
        PicturesWait: Its pictures must be fetched first: see `handlers/turns/sent_pictures.py`.
    """
    began = clock.monotonic()
    async with shop.database.transaction() as conn:
        answers = Answerer(conn, shop.foresight.asks_of(psid))
        opened = await conversations.open_turn(conn, psid=psid, ahead=answers.ahead)
        if opened is None:
            raise StrangerError(psid)
        if opened.waiting is None:
            return False
        logs.of_turn(opened.waiting.turn_id)
        tracing.of_turn(opened.waiting.turn_id)
        event = load(opened.waiting.event)
        state, turn = await _facts(conn, shop, opened)
        if isinstance(event, TextMessage):
            turn = await _spoken_to(conn, opened, event.text, turn)
        if isinstance(event, AttachmentMessage) and are_waiting(event):
            raise PicturesWait(opened.waiting.turn_id, event, state, turn)
        offered = opened.conversation.offered or "[]"
        replied, shared = await _replied(conn, psid, event)
        context = Context(
            state=state,
            offered=_offered.decode(offered),
            replied=replied,
            shared=shared,
            draft=turn.draft,
            edited=await _edited(conn, event),
        )
        heard = hear(event, context)
        is_quiet = await _is_left_to_person(conn, psid, opened, turn)
        if not is_quiet and _is_back(opened, turn):
            turn = msgspec.structs.replace(turn, is_back=True)
        waits = is_quiet and not speaks_in_quiet(event, heard)
        if waits and not isinstance(event, Reaction | Unsend):
            await quiet.shopper_waits(conn, psid=psid, at=event.sent_at)
        step = stay_quiet if waits else step_for(state, heard)
        answers.has_read(opened.ahead)
        decided = await run_step(step, state, heard, turn, answers)
        decided = said_in_quiet(decided, heard) if is_quiet else decided
        words = await shop.words(conn, opened.facts.words_version)
        replies = worded(decided.replies, shop.trials, turn.shopper_id)
        language = turn.rules.spoken(decided.language or turn.language)
        says = [said(reply, words, language, choices=turn.rules.languages) for reply in replies]
        payloads = [payload for each in says for payload in each.payloads]
        ours = outbox.may_take(opened.claim)
        draft = turn.draft if decided.draft is None else decided.draft
        recording = Recording(
            step=step.__name__,
            facts=turn,
            asks=answers.asks,
            replies=[(reply.name, each.facts) for reply, each in zip(replies, says, strict=True)],
            draft=draft,
            offered=_NOTHING_OFFERED
            if isinstance(event, Postback)
            else msgspec.Raw(opened.conversation.offered or "[]"),
            replied=context.replied,
            shared=shared,
            edited=dump_state(context.edited) if context.edited else "",
            is_quiet=is_quiet,
        )
        tappable = [one for each in says for one in each.offered][:OFFERED_MOST]
        shown = on_screen(tappable, context.offered, decided.state)
        closes_at = window.closes_at(event)
        was_closed = not window.is_open(opened.conversation.window_expires_at, turn.now)
        result = Decided(
            turn_id=opened.waiting.turn_id,
            psid=psid,
            state=dump_state(decided.state),
            state_before=opened.conversation.state,
            draft=dump_draft(draft, turn.now),
            offered=_encode(shown).decode() if payloads else offered,
            bot_response="\n".join(each.plain for each in says if each.plain),
            intent=(decided.intent or step.__name__)[:100],
            recording=_encode(recording).decode(),
            response_ms=round(1000 * (clock.monotonic() - (received or began))),
            decided_at=clock.now(),
            heard_at=event.sent_at,
            messages=[text for each in says for text in each.texts],
            sender=outbox.sender if ours and payloads else None,
            window_expires_at=closes_at,
            reopens_for=turn.shopper_id if closes_at and was_closed else None,
            referred=_referred(event, turn.shopper_id, decided.state),
        )
        ids = await finish(conn, result, shop.boards)
    if ours:
        outbox.deliver(
            psid,
            [ToSend(number, payload, turn=result.turn_id) for number, payload in zip(ids, payloads, strict=True)],
            opened.claim,
        )
    shop.foresight.learn(psid, turn.shopper_id, heard, answers.first or ())
    _turns_taken.inc()
    metrics.turn_seconds.observe(clock.monotonic() - began)
    return True


async def _spoken_to(conn: Connection, opened: Opened, text: str, turn: Turn) -> Turn:
    """The turn in the language in which a text is answered, whatever it turns out to mean."""
    if len(turn.rules.languages) == 1:
        return turn
    before = Tongue(turn.language, opened.facts.language_lean)
    tongue = before.hearing(text, begins=turn.is_new)
    if tongue != before:
        await shoppers.set_language(conn, shopper_id=turn.shopper_id, language=tongue.language, lean=tongue.lean)
    return msgspec.structs.replace(turn, language=tongue.language, keeps_language=True, chose_language=tongue.is_chosen)


async def _is_left_to_person(conn: Connection, psid: str, opened: Opened, turn: Turn) -> bool:
    """Whether a person of the shop is to answer, and not the bot; that their time is over is written."""
    since, reason = opened.conversation.quiet_since, opened.conversation.quiet_reason
    if since is None or quiet.is_quiet(since, reason, now=turn.now, rules=turn.rules):
        return since is not None
    await quiet.end(conn, psid=psid)
    return False


def _is_back(opened: Opened, turn: Turn) -> bool:
    """Whether the bot answers again after a person did, or after the shopper was silent for long."""
    was = opened.conversation
    if turn.is_new or was.heard_at is None:
        return False
    is_given_back = was.given_back_at is not None and was.given_back_at > was.heard_at
    return was.quiet_since is not None or is_given_back or turn.now - was.heard_at > timedelta(turn.rules.hello_days)


async def _replied(conn: Connection, psid: str, event: Event) -> tuple[Sequence[Offered], Came | None]:
    """What stands on the shop's message that an event replies to, or what the shopper's own had come with."""
    if not isinstance(event, TextMessage | AttachmentMessage) or not event.reply_to:
        return (), None
    if said := await outboxes.message(conn, psid=psid, message_id=event.reply_to):
        return offers([_message.decode(said)]), None
    own = await heard_before.event_of(conn, psid=psid, key=message_key(event.reply_to))
    return (), came_from(load(own)) if own else None


async def _edited(conn: Connection, event: Event) -> State | None:
    """What was asked when the message was typed that an event changes; None where it changes none that was heard."""
    if not isinstance(event, MessageEdit):
        return None
    before = await heard_before.asked_before(conn, psid=event.psid, key=event.message_key)
    return load_state(before) if before else None


def _referred(event: Event, shopper_id: int, leads_to: State) -> Referred | None:
    """Where the shopper came from by an event, and what was opened by it; None where it does not say so."""
    came = came_from(event)
    if came is None or not came.kind:
        return None
    return Referred(
        shopper_id=shopper_id,
        kind=came.kind,
        ref=came.ref,
        ad_id=came.ad_id,
        ad_title=came.ad_title,
        post_id=came.post_id,
        product_id=leads_to.product_id if isinstance(leads_to, ViewingProduct | ChoosingVariant) else None,
        at=event.sent_at,
    )


def _still_counts(opened: Opened, turn_at: datetime, rules: Rules) -> int | None:
    """What led the shopper here, as long as an order counts as of that."""
    at = opened.conversation.referred_at
    is_fresh = at is not None and turn_at - at <= timedelta(days=rules.referral_days)
    return opened.conversation.referral_id if is_fresh else None


async def _facts(conn: Connection, shop: Shop, opened: Opened) -> tuple[State, Turn]:
    state, known = load_state(opened.conversation.state, on_lost=metrics.states_lost.inc), opened.facts
    rules = await shop.rules(conn, known.rules_version)
    assert known.shopper_id is not None, "a conversation is begun together with its shopper"
    now = clock.now().astimezone(shop.database.offset)
    turn = Turn(
        shopper_id=known.shopper_id,
        name=known.name or "",
        language=rules.spoken(known.language or shop.settings.shop_locale),
        now=now,
        nonce=clock.token(),
        rules=rules,
        draft=load_draft(opened.conversation.draft, opened.conversation.state, now),
        is_new=opened.conversation.offered is None,
        referral_id=_still_counts(opened, now, rules),
        heard_before=opened.conversation.heard_at,
    )
    return state, turn
