"""One's own account: the password, and the browsers one is logged in with."""

from typing import Annotated

import msgspec
from aiohttp import web

from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.storage import PREFIX
from handlers.console.base.visit import ROUNDS, Notice, Visit
from repository.database.connection import Connection
from repository.staff import admins, audit, sessions
from repository.staff.admins import Admin
from repository.staff.passwords import LEAST, PasswordRefused, matches

_LEAST = f"{LEAST} characters or more."


class PasswordForm(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, and the one that it replaces."""

    old: Annotated[str, Field(label="Password now", needed="Please type the one you have.", hidden="current-password")]
    new: Annotated[str, Field(label="New password", needed="Please type one.", help=_LEAST, hidden="new-password")]
    again: Annotated[str, Field(label="New password, once more", needed="Please type it again.", hidden="new-password")]


FORM = Form(PasswordForm)


async def show(visit: Visit) -> web.Response:
    """The account's page."""
    return await _page(visit)


async def show_password(visit: Visit) -> web.Response:
    """The page that asks for a new password in the place of a one-time one."""
    if not visit.who.has_one_time_password:
        return visit.to("/account")
    return await visit.page("password.html", form=FORM.empty())


async def change_password(visit: Visit) -> web.Response:
    """Change the password; every other session ends."""
    typed, filled = FORM.read(visit)
    problems = {} if filled.is_wrong else await _changed(visit, typed)
    if not (filled.is_wrong or problems):
        return visit.to("/" if visit.who.has_one_time_password else "/account", Notice("Your new password is set."))
    if visit.who.has_one_time_password:
        return await visit.page("password.html", status=422, form=filled.refused(**problems))
    return await _page(visit, status=422, filled=filled.refused(**problems))


async def end_session(visit: Visit) -> web.Response:
    """End one of one's own sessions."""

    async def work(conn: Connection) -> bool:
        ended = await sessions.end_listed(conn, admin_id=visit.who.id, listed=visit.form.get("session", ""))
        if ended:
            await _record(conn, visit, "session.ended")
        return ended

    ended = await visit.write(work)
    if visit.form.get("session") == sessions.listed_id(visit.token_hash):
        return web.Response(status=303, headers={"Location": f"{PREFIX}/login"})
    text = "That browser is logged out." if ended else "That browser was logged out already."
    return visit.to("/account", Notice(text))


async def end_all(visit: Visit) -> web.Response:
    """Log out everywhere, here too."""

    async def work(conn: Connection) -> None:
        await sessions.end_all(conn, admin_id=visit.who.id)
        await _record(conn, visit, "session.all_ended")

    await visit.write(work)
    visit.session.invalidate()
    return web.Response(status=303, headers={"Location": f"{PREFIX}/login"})


async def _changed(visit: Visit, typed: PasswordForm) -> dict[str, str]:
    """Change the password; what is wrong with the form, by field, where something is."""
    rounds = visit.request.app[ROUNDS]
    async with visit.shop.database.connection() as conn:
        if not await audit.may_try(conn, username=visit.who.username, network=f"account {visit.who.id}"):
            return {"old": "There were too many wrong passwords. Please wait fifteen minutes."}
        account = await admins.account(conn, username=visit.who.username)
    if account is None or not await matches(typed.old, account.password_hash, rounds=rounds):
        return {"old": "That is not your password now."}
    if typed.new != typed.again:
        return {"again": "The two are not the same. Please type the new one twice."}
    if typed.new == typed.old:
        return {"new": "That is the one you have. Please choose another."}
    who = visit.who
    admin = Admin(who.id, who.username, who.email, who.full_name, who.role, True, who.has_one_time_password)
    try:
        async with visit.shop.database.transaction() as conn:
            await admins.set_password(conn, admin=admin, password=typed.new, rounds=rounds)
            await sessions.end_all(conn, admin_id=who.id, but=visit.token_hash)
            await _record(conn, visit, "password.changed")
    except PasswordRefused as refused:
        return {"new": refused.reason}
    return {}


async def _page(visit: Visit, *, status: int = 200, filled: Filled | None = None) -> web.Response:
    async with visit.shop.database.connection() as conn:
        listed = await sessions.of_admin(conn, admin_id=visit.who.id)
    return await visit.page(
        "account.html",
        status=status,
        form=filled or FORM.empty(),
        sessions=[(one, browser_of(one.user_agent)) for one in listed],
        here=sessions.listed_id(visit.token_hash),
    )


async def _record(conn: Connection, visit: Visit, action: str) -> None:
    by = visit.by
    await audit.record(conn, action=action, admin_id=by.admin_id, subject=visit.who.username, ip_address=by.ip_address)


def browser_of(user_agent: str) -> str:
    """A browser and its machine in words, as far as they can be told.

    Args:
        user_agent: What the browser said it was.
    """
    browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")]
    browsers += [("Chrome", "Chrome"), ("Safari", "Safari")]
    machines = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")]
    machines += [("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")]
    browser = next((name for mark, name in browsers if mark in user_agent), "A browser")
    machine = next((name for mark, name in machines if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser
