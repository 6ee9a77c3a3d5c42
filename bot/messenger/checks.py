"""Holds a send against Messenger's limits, and words what is wrong as Meta does: error 100.

The sender asks before it sends, so that a mistake of ours costs no call; the emulator asks when it receives.
Sources: contract, sections 3.1, 3.3 and 4 (dead tags).
"""

from bot.messenger import limits
from bot.messenger.fault import GraphFault
from bot.messenger.field_checks import (
    Faults,
    as_id,
    as_list,
    as_object,
    check_count,
    check_keys,
    check_payload,
    check_text,
    check_url,
    refused,
)
from bot.messenger.template_checks import check_template

__all__ = ["GraphFault", "check_message", "check_send", "violations"]

_RECIPIENTS = frozenset(
    {
        "id",
        "user_ref",
        "comment_id",
        "post_id",
        "one_time_notif_token",
        "notification_messages_token",
        "phone_number",
    }
)
_TYPES = frozenset({"RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"})
_DEAD_TAGS = frozenset({"CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"})
_TAGS = frozenset({"HUMAN_AGENT", "CUSTOMER_FEEDBACK", "NON_PROMOTIONAL_SUBSCRIPTION"})
_ACTIONS = frozenset({"typing_on", "typing_off", "mark_seen", "react", "unreact"})
_NOTIFICATIONS = frozenset({"REGULAR", "SILENT_PUSH", "NO_PUSH"})
_MEDIA = frozenset({"image", "audio", "video", "file"})
_CONTENT_TYPES = frozenset({"text", "user_phone_number", "user_email"})
_MESSAGE = frozenset({"text", "attachment", "attachments", "template", "sticker_id", "quick_replies", "metadata"})
_CONTENTS = ("text", "attachment", "attachments", "template", "sticker_id")
_QUICK_REPLY = frozenset({"content_type", "title", "payload", "image_url"})


def check_send(body: dict[str, object], *, has_file: bool = False) -> GraphFault | None:
    """The first thing that is wrong with a send, as Meta would answer it.

    Args:
        body: The JSON of a POST to `/messages`; form fields already decoded.
        has_file: The attachment's bytes came along in a multipart form.

    Returns:
        None where Meta would take it as far as form goes; windows and permissions are another matter.
    """
    return next(_send(body, has_file), None)


def violations(body: dict[str, object], *, has_file: bool = False) -> list[GraphFault]:
    """Everything that is wrong with a send, in the order of `check_send`."""
    return list(_send(body, has_file))


def check_message(message: dict[str, object]) -> list[GraphFault]:
    """Everything that is wrong with the `message` object of a send."""
    return list(_message(message, has_file=False))


def _send(body: dict[str, object], has_file: bool) -> Faults:
    recipient = as_object(body.get("recipient"))
    named = [key for key in recipient if key in _RECIPIENTS]
    if len(named) != 1 or not as_id(recipient[named[0]]):
        yield refused("Param recipient must name exactly one recipient")
    message, action = body.get("message"), body.get("sender_action")
    if message is not None and action is not None:
        yield refused("Sender action can't be sent together with a message", 2018014)
    elif action is not None:
        yield from _action(action, body)
    elif isinstance(message, dict):
        yield from _type(body, message)
        yield from _message(message, has_file=has_file)
    else:
        yield refused("Param message must be an object, or sender_action must be set")
    if str(body.get("notification_type", "REGULAR")) not in _NOTIFICATIONS:
        yield refused("Param notification_type must be one of REGULAR, SILENT_PUSH, NO_PUSH")
    if "persona_id" in body:
        yield from check_text(as_id(body["persona_id"]), "persona_id", limits.PAYLOAD)
    if "reply_to" in body:
        yield from check_text(as_object(body["reply_to"]).get("mid"), "reply_to[mid]", limits.PAYLOAD)
    if "thread_control" in body and as_object(body["thread_control"]).get("control_type") not in ("pass", "release"):
        yield refused("Param thread_control[control_type] must be pass or release")


def _action(action: object, body: dict[str, object]) -> Faults:
    if not isinstance(action, str) or action not in _ACTIONS:
        yield refused("Param sender_action is not a supported action")
    elif action in ("react", "unreact"):
        payload = as_object(body.get("payload"))
        yield from check_text(payload.get("message_id"), "payload[message_id]", limits.PAYLOAD)
        if action == "react":
            yield from check_text(payload.get("reaction"), "payload[reaction]", limits.PAYLOAD)


def _type(body: dict[str, object], message: dict[str, object]) -> Faults:
    messaging_type, tag = body.get("messaging_type"), body.get("tag")
    if not isinstance(messaging_type, str) or messaging_type not in _TYPES:
        yield refused("Param messaging_type must be one of RESPONSE, UPDATE, MESSAGE_TAG, UTILITY")
    if tag is None:
        if messaging_type == "MESSAGE_TAG":
            yield refused("Param tag is required for messaging_type MESSAGE_TAG")
    elif not isinstance(tag, str) or tag in _DEAD_TAGS or tag not in _TAGS:
        yield refused("Param tag is not a supported message tag")
    elif messaging_type != "MESSAGE_TAG":
        yield refused("Param tag may only be set with messaging_type MESSAGE_TAG")
    if (messaging_type == "UTILITY") != ("template" in message):
        yield refused("Param message[template] goes with messaging_type UTILITY and with no other")


def _message(message: dict[str, object], *, has_file: bool) -> Faults:
    yield from check_keys(message, "message", _MESSAGE)
    contents = [key for key in _CONTENTS if message.get(key) is not None]
    if len(contents) != 1:
        yield refused(f"Param message must have exactly one of {', '.join(_CONTENTS)}")
    if "sticker_id" in contents:
        if not as_id(message["sticker_id"]).isdecimal():
            yield refused("Param message[sticker_id] must be the number of a sticker")
        if len(message) > 1:
            yield refused("Param message[sticker_id] goes with nothing else in the message")
    if "text" in contents:
        yield from check_text(message["text"], "message[text]", limits.TEXT)
    if "attachment" in contents:
        yield from _attachment(message["attachment"], "message[attachment]", has_file)
    if "attachments" in contents:
        yield from check_count(message["attachments"], "message[attachments]", 1, limits.IMAGES)
        for index, one in enumerate(as_list(message["attachments"])):
            here = f"message[attachments][{index}]"
            if as_object(one).get("type") != "image":
                yield refused(f"Param {here}[type] must be image")
            else:
                yield from _attachment(one, here, has_file)
    if "template" in contents:
        template = as_object(message["template"])
        yield from check_text(template.get("name"), "message[template][name]", limits.PAYLOAD)
        code = as_object(template.get("language")).get("code")
        yield from check_text(code, "message[template][language][code]", limits.PAYLOAD)
    yield from check_text(message.get("metadata"), "message[metadata]", limits.METADATA, required=False)
    if message.get("quick_replies") is not None:
        yield from _quick_replies(message["quick_replies"], "message[quick_replies]")


def _attachment(value: object, name: str, has_file: bool) -> Faults:
    attachment = as_object(value)
    yield from check_keys(attachment, name, frozenset({"type", "payload"}))
    kind, payload = attachment.get("type"), attachment.get("payload")
    if kind == "template":
        yield from check_template(as_object(payload), f"{name}[payload]")
    elif not isinstance(kind, str) or kind not in _MEDIA:
        yield refused(f"Param {name}[type] must be one of image, audio, video, file, template")
    elif isinstance(payload, dict) and payload.get("url") is not None and payload.get("attachment_id") is None:
        yield from check_url(payload["url"], f"{name}[payload][url]")
    elif isinstance(payload, dict) and payload.get("attachment_id") is not None and payload.get("url") is None:
        yield from check_text(as_id(payload["attachment_id"]), f"{name}[payload][attachment_id]", limits.PAYLOAD)
    elif not has_file:
        yield refused(f"Param {name}[payload] must have either url or attachment_id")


def _quick_replies(value: object, name: str) -> Faults:
    yield from check_count(value, name, 1, limits.QUICK_REPLIES)
    for index, one in enumerate(as_list(value)):
        option, here = as_object(one), f"{name}[{index}]"
        yield from check_keys(option, here, _QUICK_REPLY)
        kind = option.get("content_type")
        has_image = option.get("image_url") is not None
        if has_image:
            yield from check_url(option["image_url"], f"{here}[image_url]")
        if not isinstance(kind, str) or kind not in _CONTENT_TYPES:
            yield refused(f"Param {here}[content_type] must be one of text, user_phone_number, user_email")
        elif kind == "text":
            title = option.get("title")
            if title or not has_image:
                yield from check_text(title, f"{here}[title]", limits.QUICK_REPLY_TITLE)
            if option.get("payload") != "" or not has_image:
                yield from check_payload(option.get("payload"), f"{here}[payload]")
