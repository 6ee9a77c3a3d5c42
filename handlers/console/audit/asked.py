"""Which deeds an address asks for, and what they are called."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field, Filled, Form
from repository.staff.trail import Asked

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
AREAS: Mapping[str, str] = {
    "chat": "Linked chats",
    "code": "Codes",
    "hears": "What people hear of",
    "identity": "ID pictures",
    "login": "Logins",
    "logout": "Logouts",
    "order": "Orders",
    "password": "Passwords",
    "queue": "Queues",
    "reply": "Replies",
    "review": "Reviews",
    "rule": "Rules",
    "session": "Sessions",
    "setting": "Settings",
    "shopper": "Shoppers",
    "team": "Team",
    "template": "Templates",
    "trust": "Trust",
    "unanswered": "Unanswered",
}
"""What deeds are about, by the beginning of their action; one that is not here is called by it."""
DEEDS: Mapping[str, str] = {
    "login": "logged in",
    "logout": "logged out",
    "code.on": "switched codes on",
    "code.off": "switched codes off",
    "identity.viewed": "looked at an ID picture",
    "password.changed": "changed the password",
    "reply.changed": "changed a reply",
    "reply.deleted": "deleted a reply",
    "reply.restored": "restored a reply",
    "session.ended": "logged a browser out",
    "session.all_ended": "logged out everywhere",
    "team.invited": "invited",
    "team.joined": "joined",
    "team.invitation_ended": "took back an invitation",
    "team.role_changed": "changed the role",
    "team.let_in": "let in again",
    "team.let_out": "let out",
    "team.logged_out": "logged out everywhere",
    "team.code_ended": "switched the codes off",
    "team.password_reset": "made a new password",
    "unanswered.ignored": "ignored questions",
    "unanswered.waiting": "let questions wait again",
}
"""Deeds in words; one that is not here is told by its action."""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """The search and the filters."""

    q: Annotated[str, Field(label="Search what it was done to", most=100)]
    who: Annotated[int, Field(label="Who")]
    area: Annotated[str, Field(label="About", most=40)]
    since: Annotated[str, Field(label="From", most=10)]
    until: Annotated[str, Field(label="To", most=10)]


FORM = Form(Search)


def asked_in(query: Mapping[str, str], offset: timezone) -> tuple[Asked, Filled]:
    """What an address asks for, and the same as a form; what cannot be read does not matter.

    Args:
        query: What stands behind the "?".
        offset: The shop's, in which days are meant.
    """
    typed, filled = FORM.asked(query)
    until = _day(typed.until, offset, later=timedelta(days=1))
    return (
        Asked(
            admin_id=typed.who,
            area=typed.area,
            text=typed.q,
            since=_day(typed.since, offset),
            until=until,
        ),
        filled,
    )


def called(action: str) -> str:
    """A deed in words, behind the name of who did it.

    Args:
        action: The program's own word.
    """
    return DEEDS.get(action) or action.replace(".", ": ").replace("_", " ")


def _day(typed: str, offset: timezone, later: timedelta = timedelta()) -> datetime | None:
    if not _DAY.fullmatch(typed):
        return None
    try:
        day = date.fromisoformat(typed)
        return datetime(day.year, day.month, day.day, tzinfo=offset) + later
    except (ValueError, OverflowError):
        return None
