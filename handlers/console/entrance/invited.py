"""The page behind an invitation: somebody makes an account of their own, and is in."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.base import clock
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.guard import sent, told
from handlers.console.base.look import LOOK
from handlers.console.base.roles import ROLE_NAMES
from handlers.console.base.storage import PREFIX
from handlers.console.base.visit import ROUNDS, SHOP, comes_from_here
from handlers.console.entrance.login import begin
from handlers.inbound.addresses import address_of
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.staff import invitations
from repository.staff.admins import AccountRefused, Admin
from repository.staff.invitations import Invitation
from repository.staff.passwords import LEAST, PasswordRefused


class JoinForm(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is, and their password."""

    full_name: Annotated[str, Field(label="Your name", needed="Please type it: colleagues see it.", most=255)]
    username: Annotated[
        str, Field(label="Name to log in with", needed="Please choose one.", help="Letters and digits.", most=64)
    ]
    password: Annotated[
        str,
        Field(
            label="Password", needed="Please choose one.", help=f"{LEAST} characters or more.", hidden="new-password"
        ),
    ]
    again: Annotated[str, Field(label="Password, once more", needed="Please type it again.", hidden="new-password")]


FORM = Form(JoinForm)


async def show(request: web.Request) -> web.Response:
    """The page that asks who they are."""
    found = await _found(request)
    return _page(request, found, FORM.empty()) if found else _gone(request)


async def accept(request: web.Request) -> web.Response:
    """Make the account, and let them in. The link itself is the secret that the form needs."""
    found = await _found(request)
    if found is None:
        return _gone(request)
    if not comes_from_here(request, request.app[SHOP].settings.public_url):
        return told(request, 403, "This came from another site", "Please open the link of your invitation again.")
    typed, filled = FORM.read_outside(dict(await sent(request)))
    if not filled.is_wrong and typed.password != typed.again:
        filled = filled.refused(again="The two are not the same. Please type it twice.")
    if not filled.is_wrong:
        try:
            made = await _made(request, typed)
        except NotFound:
            return _gone(request)
        except AccountRefused as refused:
            # The address is the invitation's: where it is taken, they have an account already.
            field = refused.field if refused.field in FORM.fields else "username"
            filled = filled.refused(**{field: refused.reason})
        except PasswordRefused as refused:
            filled = filled.refused(password=refused.reason)
        else:
            await begin(request, made.id, made.username)
            return web.Response(status=303, headers={"Location": f"{PREFIX}/"})
    return _page(request, found, filled, status=422)


async def _made(request: web.Request, typed: JoinForm) -> Admin:
    async def work(conn: Connection) -> Admin:
        return await invitations.accept(
            conn,
            token=request.match_info["token"],
            username=typed.username,
            full_name=typed.full_name,
            password=typed.password,
            rounds=request.app[ROUNDS],
            ip_address=address_of(request),
        )

    return await request.app[SHOP].database.retry(work)


async def _found(request: web.Request) -> Invitation | None:
    async with request.app[SHOP].database.connection() as conn:
        return await invitations.of_token(conn, token=request.match_info["token"])


def _page(request: web.Request, found: Invitation, form: Filled, *, status: int = 200) -> web.Response:
    return request.app[LOOK].page(
        "invited.html",
        status=status,
        shop_name=request.app[SHOP].settings.shop_name,
        invitation=found,
        role=ROLE_NAMES[found.role],
        form=form,
        token=request.match_info["token"],
        now=clock.now(),
    )


def _gone(request: web.Request) -> web.Response:
    return told(
        request,
        404,
        "This invitation works no more",
        "It was used, taken back, or is older than a week. Ask whoever invited you for a new one.",
    )
