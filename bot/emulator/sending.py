"""The Send API: `POST /<page>/messages` with a message or a sender action."""

import asyncio

from bot.emulator.answers import Answer, Json, Refusal, answer
from bot.emulator.calls import Call, as_object, body_for
from bot.emulator.facebook import Facebook
from bot.emulator.faults import Fault
from bot.emulator.meta_errors import refusal
from bot.emulator.people import HUMAN_AGENT_MS, WINDOW_MS, Person

#: How long typing dots stay without a message, in milliseconds.
TYPING_MS = 20_000
_DEAD_TAGS = frozenset(("CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"))
_TAGS = frozenset(("HUMAN_AGENT", "CUSTOMER_FEEDBACK"))


class Lost(Exception):
    """The message was taken, but the connection dies before the answer."""


async def send(facebook: Facebook, call: Call) -> Answer:
    """Take a message or a sender action.

    Raises:
        Refusal: As Graph refuses it.
        Lost: The caller is to see its connection die.
    """
    recipient = call.object("recipient")
    psid = _id_of(recipient)
    fault = facebook.faults.next_send(psid)
    if fault is not None:
        await _go_wrong(facebook, fault, psid, call)
    person = facebook.people.get(psid)
    try:
        _check(call)
        if person is None or person.last_action is None:
            raise refusal(100, 2018001)
        action = call.text("sender_action")
        if action:
            return _act(facebook, person, action)
        _check_window(facebook, person, call)
    except Refusal as refused:
        if person is not None:
            facebook.refused(person, body_for(call), refused)
        raise
    sent = facebook.sent(person, body_for(call), call.object("message"))
    if fault is not None and fault.name == "accepted_then_timeout":
        await _hang(facebook, fault.seconds)
    told: Json = {"recipient_id": psid, "message_id": sent.mid}
    return answer(told, headers=facebook.answer_headers)


async def _go_wrong(facebook: Facebook, fault: Fault, psid: str, call: Call) -> None:
    if fault.name == "hang":
        await _hang(facebook, fault.seconds)
    elif fault.name == "slow":
        await asyncio.sleep(fault.seconds)
    elif fault.name == "http_500":
        raise Refusal(0, "", status=500)
    elif (refused := fault.refusal(facebook.app.page_id)) is not None:
        person = facebook.people.get(psid)
        if person is not None:
            facebook.refused(person, body_for(call), refused)
        raise refused


async def _hang(facebook: Facebook, seconds: float) -> None:
    """Keep the caller waiting, for ever where `seconds` is 0, then let the connection die."""
    try:
        async with asyncio.timeout(seconds or None):
            await facebook.closing.wait()
    except TimeoutError:
        pass
    raise Lost


def _id_of(recipient: Json) -> str:
    found = recipient.get("id")
    return str(found) if isinstance(found, str | int) else ""


def _check(call: Call) -> None:
    """What is wrong with a send whoever it is for: its limits (Meta's "Send API" and template pages)."""
    if not call.object("recipient"):
        raise Refusal(100, "The parameter recipient is required")
    action, message = call.text("sender_action"), call.object("message")
    if action and message:
        raise refusal(100, 2018014)
    if not action and not message:
        raise Refusal(100, "The parameter message is required")
    if call.text("tag") in _DEAD_TAGS:
        raise Refusal(100, "Param tag is no longer supported")


def _check_window(facebook: Facebook, person: Person, call: Call) -> None:
    tag = call.text("tag")
    length = HUMAN_AGENT_MS if call.text("messaging_type") == "MESSAGE_TAG" and tag in _TAGS else WINDOW_MS
    if not person.window_open(facebook.time.now_ms(), length):
        raise refusal(10, 2018278)


def _act(facebook: Facebook, person: Person, action: str) -> Answer:
    at = facebook.time.now_ms()
    if action == "typing_on":
        person.typing_until = at + TYPING_MS
    elif action == "typing_off":
        person.typing_until = 0
    elif action == "mark_seen":
        person.seen_by_bot = at
    if facebook.feed.watched:
        if action == "mark_seen":
            facebook.tell_marks(person)
        else:
            facebook.feed.tell("typing", person.psid, until=person.typing_until)
    told: Json = {"recipient_id": person.psid}
    return answer(told, headers=facebook.answer_headers)


def recipient_of(call: Call) -> Json:
    """The `recipient` of a call, whatever form it came in."""
    return as_object(call.fields.get("recipient"))
