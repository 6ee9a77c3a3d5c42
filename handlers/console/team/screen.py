"""The team: who may do what, inviting, letting out, and what helps who has lost something."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.pages import Page, Screen
from handlers.console.base.roles import ROLE_NAMES
from handlers.console.base.storage import PREFIX
from handlers.console.base.visit import ROUNDS, Declined, Notice, Visit
from repository.database.connection import Connection
from repository.staff import invitations, team
from repository.staff.admins import AccountRefused

HOME = "/team"


class InviteForm(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to invite."""

    email: Annotated[str, Field(label="E-mail", needed="Please type their address.", most=255)]
    role: Annotated[str, Field(label="Role", choices=dict(reversed(ROLE_NAMES.items())))]


INVITE = Form(InviteForm)


async def show(visit: Visit) -> web.Response:
    """Everybody, and who has been invited."""
    return await _page(visit)


async def invite(visit: Visit) -> web.Response:
    """Make a link for somebody, and show it once."""
    typed, filled = INVITE.read(visit)
    if filled.is_wrong:
        return await _page(visit, status=422, form=filled)

    async def work(conn: Connection) -> str:
        return await invitations.invite(conn, email=typed.email, role=typed.role, by=visit.by)

    try:
        token = await visit.write(work)
    except AccountRefused as refused:
        return await _page(visit, status=422, form=filled.refused(**{refused.field: refused.reason}))
    base = visit.shop.settings.public_url.rstrip("/") or str(visit.request.url.origin())
    return await _page(visit, link=f"{base}{PREFIX}/invited/{token}", invited=typed)


async def take_back(visit: Visit) -> web.Response:
    """Have an invitation work no more."""
    invitation_id = visit.number("id")

    async def work(conn: Connection) -> bool:
        return await invitations.take_back(conn, invitation_id=invitation_id, by=visit.by)

    ended = await visit.write(work)
    return visit.to(HOME, Notice("That link works no more." if ended else "That link worked no more already."))


async def set_role(visit: Visit) -> web.Response:
    """Let somebody do more, or less."""
    role = visit.form.get("role", "")

    async def work(conn: Connection) -> str:
        before = await team.set_role(conn, admin_id=visit.number("id"), role=role, by=visit.by)
        return f"{before.shown_as} was {ROLE_NAMES[before.role]}, and is {ROLE_NAMES[role]} now."

    return await _decided(visit, work)


async def set_active(visit: Visit) -> web.Response:
    """Let somebody in, or out."""
    is_active = visit.form.get("to") == "in"

    async def work(conn: Connection) -> str:
        before = await team.set_active(conn, admin_id=visit.number("id"), is_active=is_active, by=visit.by)
        if is_active:
            return f"{before.shown_as} can log in again."
        return f"{before.shown_as} is logged out everywhere and cannot log in. What they did stays in the audit."

    return await _decided(visit, work)


async def end_sessions(visit: Visit) -> web.Response:
    """Log somebody out everywhere."""

    async def work(conn: Connection) -> str:
        before = await team.end_sessions(conn, admin_id=visit.number("id"), by=visit.by)
        return f"{before.shown_as} is logged out everywhere."

    return await _decided(visit, work)


async def end_code(visit: Visit) -> web.Response:
    """Switch somebody's codes off, who has lost their telephone."""

    async def work(conn: Connection) -> str:
        before = await team.end_code(conn, admin_id=visit.number("id"), by=visit.by)
        return f"{before.shown_as} logs in with the password alone now."

    return await _decided(visit, work)


async def new_password(visit: Visit) -> web.Response:
    """A new password for somebody who has lost theirs, shown once."""
    rounds = visit.request.app[ROUNDS]

    async def work(conn: Connection) -> str:
        password = await team.new_password(conn, admin_id=visit.number("id"), by=visit.by, rounds=rounds)
        return f"Tell them this password, which works once: {password}"

    return await _decided(visit, work)


async def _decided(visit: Visit, work: Callable[[Connection], Awaitable[str]]) -> web.Response:
    try:
        told = await visit.write(work)
    except AccountRefused as refused:
        raise Declined(refused.reason, HOME) from None
    return visit.to(HOME, Notice(told))


async def _page(visit: Visit, *, status: int = 200, form: Filled | None = None, **facts: object) -> web.Response:
    async with visit.shop.database.connection() as conn:
        members = await team.members(conn)
        invited = await invitations.waiting(conn)
    return await visit.page(
        "team.html",
        status=status,
        members=members,
        waiting=invited,
        form=form or INVITE.empty(),
        roles=ROLE_NAMES,
        **{"link": "", "invited": None, **facts},
    )


SCREEN = Screen(
    (
        Page("GET", HOME, show, "team"),
        Page("POST", f"{HOME}/invite", invite, "team"),
        Page("POST", rf"{HOME}/invitations/{{id:\d+}}/end", take_back, "team"),
        Page("POST", rf"{HOME}/{{id:\d+}}/role", set_role, "team"),
        Page("POST", rf"{HOME}/{{id:\d+}}/active", set_active, "team"),
        Page("POST", rf"{HOME}/{{id:\d+}}/sessions", end_sessions, "team"),
        Page("POST", rf"{HOME}/{{id:\d+}}/code", end_code, "team"),
        Page("POST", rf"{HOME}/{{id:\d+}}/password", new_password, "team"),
    ),
    name="Team",
    icon="person",
)
