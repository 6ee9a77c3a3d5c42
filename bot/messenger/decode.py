"""A webhook's body becomes typed events: every item of every entry, whatever state the others are in.

Sources: contract, sections 1 (batches, standby, timestamps, the dashboard's Test) and 2 (the kinds).
"""

from collections.abc import Iterator
from datetime import datetime

from bot.messenger.event import MAX_ID, Event
from bot.messenger.events import DashboardTest, PageChange, Unknown
from bot.messenger.lenient import Object, a_list, an_object, flag, keep, moment, parse, text
from bot.messenger.readers import READERS, Frame, Unreadable, read_message

_ITEM_LISTS = (("messaging", False), ("standby", True), ("messaging_handovers", False))

_CHAT_FIELDS = ("message", "messaging_", "standby", "send_cart", "response_feedback")
"""Fields that come in `messaging` when they are real; in `changes` they are the dashboard's samples."""

_PAGE_FIELDS = frozenset({"message_template_status_update"})


class NotJsonObject(ValueError):
    """The body is no JSON object: answer 400."""


class NotAPage(ValueError):
    """The body is about something other than a page, such as Instagram: answer 404."""


def decode_body(body: bytes, received_at: datetime) -> tuple[Event, ...]:
    """All events of one webhook POST, in Facebook's order.

    Args:
        body: The raw bytes, their signature already checked.
        received_at: When they arrived, aware: stands in where Facebook gives no time.

    Returns:
        One event or more for each item; `Unknown` for what can't be read.

    Raises:
        NotJsonObject: The body is no JSON object.
        NotAPage: Its `object` is not "page".
    """
    try:
        document = parse(body)
    except ValueError as error:
        raise NotJsonObject("the body is not JSON") from error
    if not isinstance(document, dict):
        raise NotJsonObject("the body is JSON but not an object")
    if document.get("object") != "page":
        raise NotAPage("the body is not about a page")
    events: list[Event] = []
    for entry in a_list(document.get("entry")):
        found = list(_events_of(an_object(entry), received_at))
        events += found or [Unknown(page_id="", sent_at=received_at, undated=True, item=keep(entry))]
    return tuple(events)


def _events_of(entry: Object, received_at: datetime) -> Iterator[Event]:
    page_id = _id(entry.get("id"))
    entry_time = moment(entry.get("time"), received_at)
    for name, standby in _ITEM_LISTS:
        for item in a_list(entry.get(name)):
            yield from _events_of_item(item, page_id, entry_time, received_at, standby)
    for change in a_list(entry.get("changes")):
        yield _change(change, page_id, entry_time, received_at)


def _events_of_item(
    item: object, page_id: str, entry_time: datetime | None, received_at: datetime, standby: bool
) -> Iterator[Event]:
    if not isinstance(item, dict):
        yield Unknown(
            page_id=page_id,
            sent_at=entry_time or received_at,
            standby=standby,
            undated=entry_time is None,
            item=keep(item),
        )
        return
    sender = _id(an_object(item.get("sender")).get("id"))
    recipient = _id(an_object(item.get("recipient")).get("id"))
    message = item.get("message")
    is_echo = isinstance(message, dict) and (flag(message.get("is_echo")) or sender == (page_id or recipient) != "")
    page_id = page_id or (sender if is_echo else recipient)
    psid = recipient if is_echo and recipient != page_id else sender
    sent_at = moment(item.get("timestamp"), received_at) or entry_time
    frame: Frame = {
        "page_id": page_id,
        "psid": "" if psid == page_id else psid,
        "sent_at": sent_at or received_at,
        "standby": standby,
        "undated": sent_at is None,
    }
    known = False
    try:
        if isinstance(message, dict):
            known = True
            yield read_message(frame, message, item, is_echo=is_echo)
        for key, value in item.items():
            reader = READERS.get(key)
            if reader is not None and isinstance(value, dict):
                event = reader(frame, value, item)
                if event is not None:
                    known = True
                    yield event
    except Unreadable:
        known = False
    if not known:
        yield Unknown(**frame, item=keep(item))


def _change(change: object, page_id: str, entry_time: datetime | None, received_at: datetime) -> Event:
    fields = an_object(change)
    field = text(fields.get("field"))[:MAX_ID]
    value = fields.get("value")
    sent_at = moment(an_object(value).get("timestamp"), received_at) or entry_time
    frame: Frame = {
        "page_id": page_id,
        "psid": "",
        "sent_at": sent_at or received_at,
        "standby": False,
        "undated": sent_at is None,
    }
    if not field:
        return Unknown(**frame, item=keep(change))
    is_test = page_id == "0" or (field.startswith(_CHAT_FIELDS) and field not in _PAGE_FIELDS)
    return (DashboardTest if is_test else PageChange)(**frame, field=field, value=keep(value))


def _id(value: object) -> str:
    """A page id or PSID; one too long to be real counts as missing."""
    result = text(value)
    return result if len(result) <= MAX_ID else ""
