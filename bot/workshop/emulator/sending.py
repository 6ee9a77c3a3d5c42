"""The Send API: `POST /<page>/messages` with a message or a sender action."""

import asyncio

import msgspec

from bot.messenger.checks import check_send
from bot.workshop.emulator import recipients, wall
from bot.workshop.emulator.answers import Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call, as_object, body_for
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.faults import Fault
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.template_api import check_template, shown

#: How long typing dots stay without a message, in milliseconds.
TYPING_MS = 20_000


class Lost(Exception):
    """The message may have been taken, but the connection dies before the answer."""


async def send(facebook: Facebook, call: Call) -> Answer:
    """Take a message or a sender action.

    Raises:
        Refusal: As Graph refuses it.
        Lost: The caller is to see its connection die.
    """
    recipient = call.object("recipient").get("id")
    psid = recipient if isinstance(recipient, str) else str(recipient)
    fault = facebook.faults.next_send(psid)
    try:
        if fault is not None:
            await _go_wrong(facebook, fault)
        warnings = check(facebook, call)
        target = recipients.find(facebook, call)
        if "sender_action" in call.fields:
            return _act(facebook, target.person, call)
        recipients.check_window(facebook, target, call)
        _check_known(facebook, target.person, call)
        if target.spends.startswith("comment_id:"):
            wall.check_pace(facebook)
    except Refusal as refused:
        person = facebook.people.get(psid)
        if person is not None and refused.code:
            facebook.refused(person, body_for(call), refused)
        raise
    body, message, attachment_id = _with_file(facebook, call)
    sent = facebook.sent(target.person, body, message, warnings=warnings)
    if control := call.object("thread_control"):
        target.person.owner = str(control.get("app_id") or "") or None
    facebook.tickets.pop(target.spends, None)
    if fault is not None and fault.name == "accepted_then_timeout":
        await _hang(facebook, fault.seconds)
    told: Json = {"recipient_id": target.person.psid, "message_id": sent.mid}
    if not target.named:
        del told["recipient_id"]
    if attachment_id:
        told["attachment_id"] = attachment_id
    return answer(told, headers=facebook.answer_headers)


async def _go_wrong(facebook: Facebook, fault: Fault) -> None:
    if fault.name == "hang":
        await _hang(facebook, fault.seconds)
    elif fault.name == "slow":
        await facebook.faults.slows_down(fault.seconds)
    elif fault.name == "http_500":
        raise Refusal(0, "", status=500)
    elif (refused := fault.refusal(facebook.app.page_id)) is not None:
        raise refused


async def _hang(facebook: Facebook, seconds: float) -> None:
    """Keep the caller waiting, for ever where `seconds` is 0, then let the connection die."""
    try:
        async with asyncio.timeout(seconds or None):
            await facebook.closing.wait()
    except TimeoutError:
        pass
    raise Lost


def check(facebook: Facebook, call: Call) -> tuple[str, ...]:
    """Refuse what nobody could be sent: past a limit, or with what Meta does not know or take any more.

    Returns:
        What Meta's reference asks for and its servers do without, in words for whoever writes the bot.
    """
    fields, warnings = _typed(call.fields)
    fault = check_send(fields, has_file=call.upload is not None)
    if fault is not None:
        raise Refusal(fault.code, fault.message, subcode=fault.subcode, status=fault.status, kind=fault.type)
    message = call.object("message")
    persona = call.text("persona_id")
    if persona and persona not in facebook.personas:
        raise Refusal(100, "Invalid persona_id")
    attachment_id = as_object(as_object(message.get("attachment")).get("payload")).get("attachment_id")
    if attachment_id is not None and facebook.files.attached(str(attachment_id)) is None:
        raise refusal(100, 2018074)
    if "template" in message:
        check_template(facebook, as_object(message["template"]))
    return warnings


def _typed(fields: Json) -> tuple[Json, tuple[str, ...]]:
    """A send with its `messaging_type`, which the Send API page calls required and Meta's own samples leave out."""
    if fields.get("messaging_type") is not None or "message" not in fields:
        return fields, ()
    meant = "MESSAGE_TAG" if fields.get("tag") is not None else "RESPONSE"
    if "template" in as_object(fields["message"]):
        meant = "UTILITY"
    return {**fields, "messaging_type": meant}, (f"messaging_type is missing; it was taken for {meant}.",)


def _check_known(facebook: Facebook, person: Person, call: Call) -> None:
    """Refuse a reply to a message that this chat does not have, and a receipt whose order number was used."""
    quoted = call.object("reply_to").get("mid")
    if quoted is not None and all(getattr(item, "mid", "") != quoted for item in person.chat):
        raise Refusal(100, "Param reply_to[mid] is not a message of this conversation")
    payload = as_object(as_object(call.object("message").get("attachment")).get("payload"))
    number = str(payload.get("order_number"))
    if payload.get("template_type") == "receipt" and number in facebook.order_numbers:
        raise Refusal(100, f"Param order_number must be unique; {number[:80]} was used before")


def _with_file(facebook: Facebook, call: Call) -> tuple[bytes, Json, str]:
    """The body to keep, its message, and the attachment id that the caller asked for; a file becomes an address."""
    message = call.object("message")
    if "template" in message:
        message = {**message, "text": shown(facebook, as_object(message["template"]))}
        return msgspec.json.encode({**call.fields, "message": message}), message, ""
    attachment = as_object(message.get("attachment"))
    payload = as_object(attachment.get("payload"))
    reusable = payload.get("is_reusable") in (True, "true")
    if call.upload is None:
        url = payload.get("url")
        number = facebook.attach(url) if reusable and isinstance(url, str) else ""
        return body_for(call), message, number
    url = facebook.serves(call.upload.content, call.upload.content_type)
    message = {**message, "attachment": {**attachment, "payload": {"url": url}}}
    kept = {name: value for name, value in call.fields.items() if name not in ("access_token", "appsecret_proof")}
    return msgspec.json.encode({**kept, "message": message}), message, facebook.attach(url) if reusable else ""


def _act(facebook: Facebook, person: Person, call: Call) -> Answer:
    at = facebook.time.now_ms()
    action = call.text("sender_action")
    if action == "typing_on":
        person.typing_until = at + TYPING_MS
    elif action == "typing_off":
        person.typing_until = 0
    elif action == "mark_seen":
        person.seen_by_bot = at
    elif not facebook.reacts(person, call.object("payload"), takes_back=action == "unreact"):
        raise Refusal(100, "Param payload[message_id] is not a message of this conversation")
    if facebook.feed.watched:
        if action == "mark_seen":
            facebook.tell_marks(person)
        else:
            facebook.feed.tell("typing", person.psid, until=person.typing_until)
    told: Json = {"recipient_id": person.psid}
    return answer(told, headers=facebook.answer_headers)
