"""A webhook's body becomes typed events: every item of every entry, whatever state the others are in.

Sources: contract, sections 1 (batches, standby, timestamps, the dashboard's Test) and 2 (the kinds).
"""

from datetime import datetime

from bot.messenger.event import MAX_ID, Event
from bot.messenger.events import DashboardTest, PageChange, Unknown
from bot.messenger.feed import FIELDS, read_feed
from bot.messenger.lenient import a_list, an_object, flag, keep, moment, parse, text
from bot.messenger.readers import READERS, Frame, Unreadable, read_message

_ITEM_LISTS = (("messaging", False), ("standby", True), ("messaging_handovers", False))

_CHAT_FIELDS = ("message", "messaging_", "standby", "send_cart", "response_feedback")
"""Fields that come in `messaging` when they are real; in `changes` they are the dashboard's samples."""

_PAGE_FIELDS = frozenset({"message_template_status_update"})


MAX_UNKNOWN = 100
"""How many unknown items of one body are kept; Facebook sends at most 1,000 items of any kind."""


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
        One event or more for each item; `Unknown` for what can't be read, up to `MAX_UNKNOWN` of these.

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
    body_events = _Events(received_at)
    for entry in a_list(document.get("entry")):
        body_events.add_entry(entry)
    return tuple(body_events.events)


class _Events:
    """The events of one body, as they are found."""

    def __init__(self, received_at: datetime) -> None:
        self.events: list[Event] = []
        self._received_at = received_at
        self._unknown_left = MAX_UNKNOWN

    def add_entry(self, entry: object) -> None:
        if not isinstance(entry, dict):
            self._add_unknown(entry, self._frame("", "", None))
            return
        page_id = _id(entry.get("id"))
        time = moment(entry.get("time"), self._received_at)
        empty = True
        for name, standby in _ITEM_LISTS:
            for item in a_list(entry.get(name)):
                self._add_item(item, page_id, time, standby)
                empty = False
        for change in a_list(entry.get("changes")):
            self._add_change(change, page_id, time)
            empty = False
        if empty:
            self._add_unknown(entry, self._frame(page_id, "", time))

    def _add_item(self, item: object, page_id: str, entry_time: datetime | None, standby: bool) -> None:
        if not isinstance(item, dict):
            self._add_unknown(item, self._frame(page_id, "", entry_time, standby))
            return
        sender = _id(an_object(item.get("sender")).get("id"))
        recipient = _id(an_object(item.get("recipient")).get("id"))
        message = item.get("message")
        is_echo = isinstance(message, dict) and (flag(message.get("is_echo")) or sender == (page_id or recipient) != "")
        page_id = page_id or (sender if is_echo else recipient)
        psid = recipient if is_echo and recipient != page_id else sender
        sent_at = moment(item.get("timestamp"), self._received_at) or entry_time
        frame = self._frame(page_id, "" if psid == page_id else psid, sent_at, standby)
        before = len(self.events)
        try:
            if isinstance(message, dict):
                self.events.append(read_message(frame, message, item, is_echo=is_echo))
            for key, value in item.items():
                reader = READERS.get(key)
                if reader is not None and isinstance(value, dict):
                    event = reader(frame, value, item)
                    if event is not None:
                        self.events.append(event)
            readable = len(self.events) > before
        except Unreadable:
            readable = False
        if not readable:
            self._add_unknown(item, frame)

    def _add_change(self, change: object, page_id: str, entry_time: datetime | None) -> None:
        fields = an_object(change)
        field = text(fields.get("field"))[:MAX_ID]
        value = fields.get("value")
        sent_at = moment(an_object(value).get("timestamp"), self._received_at) or entry_time
        frame = self._frame(page_id, "", sent_at)
        if not field:
            self._add_unknown(change, frame)
            return
        is_test = page_id == "0" or (field.startswith(_CHAT_FIELDS) and field not in _PAGE_FIELDS)
        if not is_test and field in FIELDS and (told := read_feed(frame, field, an_object(value), self._received_at)):
            self.events.append(told)
            return
        self.events.append((DashboardTest if is_test else PageChange)(**frame, field=field, value=keep(value)))

    def _add_unknown(self, item: object, frame: Frame) -> None:
        if self._unknown_left > 0:
            self._unknown_left -= 1
            self.events.append(Unknown(**frame, item=keep(item)))

    def _frame(self, page_id: str, psid: str, sent_at: datetime | None, standby: bool = False) -> Frame:
        return {
            "page_id": page_id,
            "psid": psid,
            "sent_at": sent_at or self._received_at,
            "standby": standby,
            "undated": sent_at is None,
        }


def _id(value: object) -> str:
    """A page id or PSID; one too long to be real counts as missing."""
    result = text(value)
    return result if len(result) <= MAX_ID else ""
