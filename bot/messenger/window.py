"""Whether and how we may write to a shopper now: the one place that knows (contract/messenger.md, section 4)."""

from datetime import datetime, timedelta

import msgspec

from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, Postback, TextMessage

STANDARD = timedelta(hours=24)
AFTER_AD = timedelta(days=7)
"""After the first message behind a click on an ad (Meta's messaging policy of 28 September 2026, "up to")."""
BY_PERSON = timedelta(days=7)
"""After the shopper's last message, for words that a person typed: the tag HUMAN_AGENT (Meta's "Send API" page)."""
MARGIN = timedelta(minutes=5)
"""Before the end of a window, in which nothing is begun any more: Meta goes by its own clock."""


class Free(msgspec.Struct, frozen=True):
    """An ordinary message: RESPONSE, or UPDATE where the shop speaks first."""


class Utility(msgspec.Struct, frozen=True):
    """A utility template that Meta has approved (messaging_type UTILITY)."""


class HumanAgent(msgspec.Struct, frozen=True):
    """Words that a person typed, under the tag HUMAN_AGENT (messaging_type MESSAGE_TAG); the app needs that feature."""


class Closed(msgspec.Struct, frozen=True):
    """Nothing may be sent now.

    Attributes:
        reason: Why, for the merchant.
        next_step: What may be done next, for the merchant.
    """

    reason: str
    next_step: str


How = Free | Utility | HumanAgent | Closed


def closes_at(event: Event) -> datetime | None:
    """When the window closes that an event opens; None where it opens none.

    Of two windows that are open, the one that closes later counts: whoever stores this keeps the later.

    Args:
        event: What a shopper did.
    """
    if not event.opens_window:
        return None
    return event.sent_at + (AFTER_AD if _comes_from_ad(event) else STANDARD)


def is_open(window_expires_at: datetime | None, now: datetime) -> bool:
    """Whether ordinary messages may be sent.

    Args:
        window_expires_at: `conversations.window_expires_at`, None where the shopper never wrote.
        now: The present.
    """
    return window_expires_at is not None and window_expires_at > open_after(now)


def open_after(now: datetime) -> datetime:
    """Later than when a window must end in which something is begun now: for statements that find many such shoppers.

    Args:
        now: The present.
    """
    return now + MARGIN


def how_to_send(
    window_expires_at: datetime | None,
    now: datetime,
    typed_by_person: bool,
    has_template: bool,
    wrote_at: datetime | None = None,
    has_human_agent: bool = True,
) -> How:
    """How something may be sent to a shopper now.

    A tag is never put on what the program says: HUMAN_AGENT comes back only where a person typed the words.

    Args:
        window_expires_at: `conversations.window_expires_at`, None where the shopper never wrote.
        now: The present.
        typed_by_person: Whether a person typed the words, just now, for this shopper.
        has_template: Whether Meta has approved a utility template that says the same, in the shopper's language.
        wrote_at: When the shopper wrote last; None reckons it from the window, which is wrong where an ad opened that.
        has_human_agent: Whether Meta has approved the feature "Human Agent" for this app.
    """
    if is_open(window_expires_at, now):
        return Free()
    if has_template and not typed_by_person:
        return Utility()
    if window_expires_at is None:
        return Closed("The shopper has never written to the page.", "Reach them by phone or e-mail.")
    until = (wrote_at or window_expires_at - STANDARD) + BY_PERSON - MARGIN
    if typed_by_person and has_human_agent and now < until:
        return HumanAgent()
    reason = "Messenger's window is closed: the shopper wrote too long ago."
    if now >= until:
        then = "You can write" if typed_by_person else "It is sent"
        return Closed(reason, f"{then} when they write again. Until then, reach them by phone or e-mail.")
    if typed_by_person:
        return Closed(
            reason,
            "You can write when they write again, or reach them by phone or e-mail. With Meta's feature “Human Agent” "
            f"you could still write until {_moment(until, now)}.",
        )
    return Closed(
        reason,
        f"It is sent when they write again. Until {_moment(until, now)} a person may write to them by hand. "
        "A template that Meta has approved would go out at once.",
    )


def _moment(at: datetime, now: datetime) -> str:
    """A moment in the zone of the present, such as "5 Dec, 3:45 PM"."""
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%b}, {f'{local:%I:%M %p}'.lstrip('0')}"


def _comes_from_ad(event: Event) -> bool:
    """Whether somebody wrote or tapped behind an ad; a bare click, without a message, opens no longer window."""
    return (
        isinstance(event, TextMessage | AttachmentMessage | Postback)
        and event.referral is not None
        and event.referral.source == "ADS"
    )
