"""What Facebook tells a page that nobody said in a chat: who has the conversation, the page's standing, its changes.

None of it is a turn. `bot.messenger.events` holds what shoppers do, and all events together.

Sources: Meta's webhook reference for Messenger, restated in the project's contract, sections 1, 2 and 4.
"""

from bot.messenger.event import Event
from bot.messenger.parts import Answer, AppRole


class ThreadControl(Event, frozen=True, kw_only=True):
    """The conversation changed hands between apps. `action` is pass, take, request or app_roles."""

    action: str
    new_owner_app_id: str = ""
    previous_owner_app_id: str = ""
    requested_owner_app_id: str = ""
    metadata: str = ""
    roles: tuple[AppRole, ...] = ()


class AccountLinking(Event, frozen=True, kw_only=True):
    """The person linked or unlinked an account. `status` is linked or unlinked."""

    status: str
    authorization_code: str = ""


class PolicyEnforcement(Event, frozen=True, kw_only=True):
    """Facebook warned, blocked or unblocked the page: the merchant must know. `action` is warning, block or unblock."""

    action: str
    reason: str = ""


class Feedback(Event, frozen=True, kw_only=True):
    """A verdict on one message (`mid`, `verdict`), or a filled feedback form (`answers`)."""

    mid: str = ""
    verdict: str = ""
    answers: tuple[Answer, ...] = ()


class PageChange(Event, frozen=True, kw_only=True):
    """Something outside the chats changed, such as a comment (`feed`). `value` is Facebook's JSON."""

    field: str
    value: str = ""


class Comment(Event, frozen=True, kw_only=True):
    """Somebody wrote below a post or a live video of the page, changed that, hid it or took it away.

    `verb` is add, edited, remove, hide or unhide; `from_id` is who they are to the page, empty where Facebook does not
    say. `sent_at` is when it was written, or, of a change, when that was made.
    """

    verb: str
    comment_id: str
    post_id: str
    parent_id: str = ""
    from_id: str = ""
    from_name: str = ""
    text: str = ""
    is_live: bool = False


class PagePost(Event, frozen=True, kw_only=True):
    """The page wrote a post or changed one: `text` is what it says."""

    post_id: str
    text: str = ""
    is_live: bool = False


class DashboardTest(Event, frozen=True, kw_only=True):
    """Somebody pressed Test in Facebook's app dashboard. `value` is the sample that was sent, as JSON."""

    field: str
    value: str = ""
