"""How each kind of item in a webhook's body is read. Contract, section 2."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from bot.messenger.event import MAX_MID, Event
from bot.messenger.events import (
    AccountLinking,
    AttachmentMessage,
    CustomerInformation,
    Delivery,
    Echo,
    Feedback,
    MessageEdit,
    Optin,
    PolicyEnforcement,
    Postback,
    QuickReply,
    Reaction,
    Read,
    Referral,
    SendCart,
    TextMessage,
    ThreadControl,
    Unsend,
    Unsupported,
)
from bot.messenger.lenient import Object, a_list, an_object, flag, moment, text, whole
from bot.messenger.part_readers import read_attachments, read_referral, read_reply_to
from bot.messenger.parts import Answer, AppRole, OrderedProduct, ReferralDetails

MAX_ATTACHMENTS = 100
"""How many attachments of one message are read; Messenger takes 30."""


class Unreadable(ValueError):
    """The item claims to be of a known kind but lacks what makes it one."""


class Frame(TypedDict):
    """What every event has."""

    page_id: str
    psid: str
    sent_at: datetime
    standby: bool
    undated: bool


def read_message(frame: Frame, message: Object, item: Object, *, is_echo: bool) -> Event:
    """The event that the `message` of an item stands for.

    Raises:
        Unreadable: There is neither a usable `mid` nor anything else in it.
    """
    mid = _mid(message)
    body = text(message.get("text"))
    attachments = read_attachments(message, MAX_ATTACHMENTS)
    if is_echo:
        return Echo(
            **frame,
            mid=mid,
            app_id=text(message.get("app_id")),
            metadata=text(message.get("metadata")),
            text=body,
            reply_to=read_reply_to(message),
            attachments=attachments,
        )
    if flag(message.get("is_deleted")):
        return Unsend(**frame, mid=mid)
    if flag(message.get("is_unsupported")):
        return Unsupported(**frame, mid=mid)
    quick_reply = message.get("quick_reply")
    if isinstance(quick_reply, dict) and (frame["standby"] or isinstance(quick_reply.get("payload"), (str, int))):
        return QuickReply(**frame, mid=mid, text=body, payload=text(quick_reply.get("payload")))
    referral = read_referral(message.get("referral")) or read_referral(item.get("referral"))
    if attachments and not (body and all(one.type == "fallback" for one in attachments)):
        return AttachmentMessage(
            **frame,
            mid=mid,
            attachments=attachments,
            text=body,
            reply_to=read_reply_to(message),
            referral=referral,
        )
    if body:
        commands = a_list(message.get("commands"))
        return TextMessage(
            **frame,
            mid=mid,
            text=body,
            reply_to=read_reply_to(message),
            command=text(an_object(commands[0]).get("name")) if commands else "",
            referral=referral,
            attachments=attachments,
        )
    if mid:
        return Unsupported(**frame, mid=mid)
    raise Unreadable("a message with nothing in it")


def _postback(frame: Frame, value: Object, item: Object) -> Event:
    return Postback(
        **frame,
        mid=_mid(value),
        title=text(value.get("title")),
        payload=text(value.get("payload")),
        referral=read_referral(value.get("referral")) or read_referral(item.get("referral")),
    )


def _referral_event(frame: Frame, value: Object, item: Object) -> Event | None:
    """A referral beside a message or a postback belongs to that."""
    if isinstance(item.get("message"), dict) or isinstance(item.get("postback"), dict):
        return None
    return Referral(**frame, referral=read_referral(value) or ReferralDetails())


def _optin(frame: Frame, value: Object, item: Object) -> Event:
    return Optin(
        **frame,
        ref=text(value.get("ref")),
        type=text(value.get("type")),
        user_ref=text(value.get("user_ref")) or text(an_object(item.get("sender")).get("user_ref")),
        payload=text(value.get("payload")),
        title=text(value.get("title")),
        token=text(value.get("one_time_notif_token")) or text(value.get("notification_messages_token")),
    )


def _delivery(frame: Frame, value: Object, _: Object) -> Event:
    mids = (text(mid) for mid in a_list(value.get("mids")))
    return Delivery(**frame, mids=tuple(mid for mid in mids if mid), watermark=_watermark(frame, value))


def _read(frame: Frame, value: Object, _: Object) -> Event:
    return Read(**frame, watermark=_watermark(frame, value))


def _reaction(frame: Frame, value: Object, _: Object) -> Event:
    return Reaction(
        **frame,
        mid=_mid(value),
        action=text(value.get("action")) or "react",
        reaction=text(value.get("reaction")),
        emoji=text(value.get("emoji")),
    )


def _message_edit(frame: Frame, value: Object, _: Object) -> Event:
    return MessageEdit(**frame, mid=_mid(value), text=text(value.get("text")), num_edit=whole(value.get("num_edit"), 0))


def _order(frame: Frame, value: Object, _: Object) -> Event:
    products = tuple(
        OrderedProduct(
            id=text(product.get("id")),
            retailer_id=text(product.get("retailer_id")),
            name=text(product.get("name")),
            unit_price=text(product.get("unit_price")),
            currency=text(product.get("currency")),
            quantity=whole(product.get("quantity"), 1),
        )
        for product in map(an_object, a_list(value.get("products")))
    )
    return SendCart(**frame, products=products, note=text(value.get("note")))


def _customer_information(frame: Frame, value: Object, _: Object) -> Event:
    answers = tuple(
        Answer(key=text(answer.get("key")), value=text(answer.get("value")))
        for screen in map(an_object, a_list(value.get("screens")))
        for answer in map(an_object, a_list(screen.get("responses")))
    )
    return CustomerInformation(**frame, answers=answers)


def _thread_control(action: str) -> "Reader":
    def read(frame: Frame, value: Object, _: Object) -> Event:
        return ThreadControl(
            **frame,
            action=action,
            new_owner_app_id=text(value.get("new_owner_app_id")),
            previous_owner_app_id=text(value.get("previous_owner_app_id")),
            requested_owner_app_id=text(value.get("requested_owner_app_id")),
            metadata=text(value.get("metadata")),
        )

    return read


def _app_roles(frame: Frame, value: Object, _: Object) -> Event:
    roles = tuple(AppRole(app_id=app_id, role=text(role)) for app_id, some in value.items() for role in a_list(some))
    return ThreadControl(**frame, action="app_roles", roles=roles)


def _account_linking(frame: Frame, value: Object, _: Object) -> Event:
    return AccountLinking(
        **frame, status=text(value.get("status")), authorization_code=text(value.get("authorization_code"))
    )


def _policy_enforcement(frame: Frame, value: Object, _: Object) -> Event:
    return PolicyEnforcement(**frame, action=text(value.get("action")), reason=text(value.get("reason")))


def _response_feedback(frame: Frame, value: Object, _: Object) -> Event:
    return Feedback(**frame, mid=_mid(value), verdict=text(value.get("feedback")))


def _messaging_feedback(frame: Frame, value: Object, _: Object) -> Event:
    answers = tuple(
        Answer(
            key=key,
            type=text(question.get("type")),
            value=text(question.get("payload")),
            comment=text(an_object(question.get("follow_up")).get("payload")),
        )
        for screen in map(an_object, a_list(value.get("feedback_screens")))
        for key, question in ((key, an_object(one)) for key, one in an_object(screen.get("questions")).items())
    )
    return Feedback(**frame, answers=answers)


Reader = Callable[[Frame, Object, Object], Event | None]

READERS: dict[str, Reader] = {
    "postback": _postback,
    "referral": _referral_event,
    "optin": _optin,
    "delivery": _delivery,
    "read": _read,
    "reaction": _reaction,
    "message_edit": _message_edit,
    "order": _order,
    "messaging_customer_information": _customer_information,
    "pass_thread_control": _thread_control("pass"),
    "take_thread_control": _thread_control("take"),
    "request_thread_control": _thread_control("request"),
    "app_roles": _app_roles,
    "account_linking": _account_linking,
    "policy_enforcement": _policy_enforcement,
    "policy-enforcement": _policy_enforcement,
    "response_feedback": _response_feedback,
    "messaging_feedback": _messaging_feedback,
}
"""By the key of an item, except `message`. A reader gets the frame, the key's value and the whole item."""


def _mid(value: Object) -> str:
    mid = text(value.get("mid"))
    if len(mid) > MAX_MID:
        raise Unreadable("a mid too long to be one")
    return mid


def _watermark(frame: Frame, value: Object) -> datetime | None:
    return moment(value.get("watermark"), frame["sent_at"])
