"""Whom a send is for: a PSID, or one of the ways to write to somebody who has not written first."""

import msgspec

from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.people import HUMAN_AGENT_MS, WINDOW_MS, Person

#: How old a comment may be that is answered privately: 7 days, in milliseconds (Meta's "Private Replies" page).
COMMENT_MS = 7 * 24 * 3600 * 1000
#: How long a one-time notification's token may be used: a year, in milliseconds.
TOKEN_MS = 365 * 24 * 3600 * 1000


class Target(msgspec.Struct, frozen=True):
    """Somebody to write to.

    Attributes:
        person: Who.
        spends: The ticket that the send uses up, a comment's id or a token; empty for a PSID.
        named: Whether Graph's answer names the PSID.
    """

    person: Person
    spends: str = ""
    named: bool = True


def find(facebook: Facebook, call: Call) -> Target:
    """The person that a send is for.

    Raises:
        Refusal: There is none, or they cannot be written to in this way.
    """
    recipient = call.object("recipient")
    if (psid := recipient.get("id")) is not None:
        person = facebook.people.get(str(psid))
        if person is None or person.last_action is None:
            raise refusal(100, 2018001)
        return Target(person)
    for way, length in (("comment_id", COMMENT_MS), ("one_time_notif_token", TOKEN_MS)):
        if (given := recipient.get(way)) is not None:
            holder = _holder(facebook, f"{way}:{given}", length, 2534025 if way == "comment_id" else 2018001)
            return Target(holder, spends=f"{way}:{given}")
    if (user_ref := recipient.get("user_ref")) is not None:
        return Target(_holder(facebook, f"user_ref:{user_ref}", WINDOW_MS), named=False)
    raise refusal(100, 2018001)


def check_window(facebook: Facebook, target: Target, call: Call) -> None:
    """Refuse what comes after the window of 24 hours, or of 7 days under a tag (Meta's "Send API" page)."""
    if target.spends or not target.named or call.text("messaging_type") == "UTILITY":
        return
    length = HUMAN_AGENT_MS if call.text("messaging_type") == "MESSAGE_TAG" else WINDOW_MS
    if not target.person.window_open(facebook.time.now_ms(), length):
        raise refusal(10, 2018278)
    if target.person.owner not in (None, facebook.app.app_id):
        raise refusal(10, 2018300)


def _holder(facebook: Facebook, ticket: str, length: int, otherwise: int = 2018001) -> Person:
    psid, at = facebook.tickets.get(ticket, ("", 0))
    person = facebook.people.get(psid)
    if person is None or facebook.time.now_ms() - at >= length:
        raise refusal(100, otherwise)
    return person
