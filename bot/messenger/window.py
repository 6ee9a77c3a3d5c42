"""How long we may write freely to a shopper after what they did (contract/messenger.md, section 4)."""

from datetime import datetime, timedelta

from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, Postback, TextMessage

STANDARD = timedelta(hours=24)
AFTER_AD = timedelta(days=7)
"""After the first message behind a click on an ad (Meta's messaging policy of 28 September 2026, "up to")."""


def closes_at(event: Event) -> datetime | None:
    """When the window closes that an event opens; None where it opens none.

    Of two windows that are open, the one that closes later counts: whoever stores this keeps the later.

    Args:
        event: What a shopper did.
    """
    if not event.opens_window:
        return None
    return event.sent_at + (AFTER_AD if _comes_from_ad(event) else STANDARD)


def _comes_from_ad(event: Event) -> bool:
    """Whether somebody wrote or tapped behind an ad; a bare click, without a message, opens no longer window."""
    return (
        isinstance(event, TextMessage | AttachmentMessage | Postback)
        and event.referral is not None
        and event.referral.source == "ADS"
    )
