"""The second step of a login: codes of a telephone, how they are checked, and one's own page for them."""

from typing import Annotated

import msgspec
import pyotp
import segno
from aiohttp import web

from bot.base import clock
from handlers.console.base.forms import Field, Form
from handlers.console.base.visit import ROUNDS, Declined, Notice, Visit
from repository.database.connection import Connection
from repository.settings.secrets import CannotOpen, Sealer
from repository.staff import admins, audit, codes
from repository.staff.passwords import matches

HALF_MINUTE = 30
"""Seconds that a code is for (RFC 6238)."""
_DRIFT = 1
"""Half minutes that a telephone's clock may be off, either way."""
_HOME = "/account/code"


class ConfirmForm(msgspec.Struct, frozen=True, kw_only=True):
    """The code that shows that the telephone knows the key."""

    code: Annotated[str, Field(label="Code", needed="Please type the six digits.", most=12)]


class EndForm(msgspec.Struct, frozen=True, kw_only=True):
    """The password, before codes are switched off."""

    password: Annotated[str, Field(label="Password", needed="Please type it.", hidden="current-password")]


CONFIRM, END = Form(ConfirmForm), Form(EndForm)


def half_minute_of(key: str, code: str) -> int | None:
    """Whose half minute a code is, counted from 1970; None where it is not of now.

    Args:
        key: What codes are made of, base 32.
        code: As it was typed.
    """
    digits = "".join(letter for letter in code if letter.isdigit())
    now = int(clock.now().timestamp()) // HALF_MINUTE
    made = pyotp.TOTP(key)
    for half_minute in range(now - _DRIFT, now + _DRIFT + 1):
        if len(digits) == made.digits and pyotp.utils.strings_equal(digits, made.generate_otp(half_minute)):
            return half_minute
    return None


async def is_right(conn: Connection, *, admin_id: int, key: codes.CodeKey, code: str, sealer: Sealer) -> bool:
    """Whether a code lets somebody in; it does so once.

    Args:
        conn: An open connection on which every statement commits by itself.
        admin_id: `admin_users.id`.
        key: What their codes are made of.
        code: As it was typed: of the telephone, or a spare one.
        sealer: Opens the key.
    """
    try:
        half_minute = half_minute_of(sealer.open(key.sealed), code)
    except CannotOpen:  # SECRET_KEY was changed: only a spare code, or an owner, helps
        half_minute = None
    if half_minute is not None:
        return await codes.use(conn, admin_id=admin_id, half_minute=half_minute)
    return await codes.use_spare(conn, admin_id=admin_id, code=code)


async def show(visit: Visit) -> web.Response:
    """The page: a key to take into the telephone, or that codes are on."""
    return await _page(visit)


async def switch_on(visit: Visit) -> web.Response:
    """Have logins need a code, once the telephone has shown that it knows the key."""
    typed, filled = CONFIRM.read(visit)
    key = _draft(visit)
    half_minute = half_minute_of(key, typed.code) if key else None
    if half_minute is None:
        problem = "That is not the code of now. Is the telephone's clock right?"
        return await _page(visit, status=422, confirm=filled if filled.is_wrong else filled.refused(code=problem))
    sealed = _sealer(visit).seal(key)

    async def work(conn: Connection) -> list[str]:
        spare = await codes.switch_on(conn, admin_id=visit.who.id, sealed=sealed, used=half_minute)
        await _record(conn, visit, "code.on")
        return spare

    spare = await visit.write(work)
    visit.session.pop("code_draft", None)
    return await visit.page("spare_codes.html", spare=spare)


async def switch_off(visit: Visit) -> web.Response:
    """Have logins need no code any more, where the password is right."""
    typed, filled = END.read(visit)
    if not filled.is_wrong:
        async with visit.shop.database.connection() as conn:
            if not await audit.may_try(conn, username=visit.who.username, network=f"account {visit.who.id}"):
                raise Declined("There were too many wrong passwords. Please wait fifteen minutes.", _HOME)
            account = await admins.account(conn, username=visit.who.username)
        rounds = visit.request.app[ROUNDS]
        if account is None or not await matches(typed.password, account.password_hash, rounds=rounds):
            filled = filled.refused(password="That is not your password.")  # noqa: S106  (a sentence)
    if filled.is_wrong:
        return await _page(visit, status=422, end=filled)

    async def work(conn: Connection) -> None:
        if await codes.switch_off(conn, admin_id=visit.who.id):
            await _record(conn, visit, "code.off")

    await visit.write(work)
    return visit.to(_HOME, Notice("Your login needs no code any more."))


async def _page(visit: Visit, *, status: int = 200, **forms: object) -> web.Response:
    async with visit.shop.database.connection() as conn:
        key = await codes.key_of(conn, admin_id=visit.who.id)
    facts: dict[str, object] = {"confirm": CONFIRM.empty(), "end": END.empty(), **forms}
    if key is None:
        draft = _draft(visit) or pyotp.random_base32()
        visit.session["code_draft"] = _sealer(visit).seal(draft)
        address = pyotp.TOTP(draft).provisioning_uri(name=visit.who.username, issuer_name=await visit.shop_name())
        facts |= {
            "draft": " ".join(draft[at : at + 4] for at in range(0, len(draft), 4)),
            "address": address,
            "picture": segno.make(address, error="m").svg_inline(scale=4, border=3, dark="#151b26", light="#fff"),
        }
    return await visit.page("code.html", status=status, key=key, **facts)


def _draft(visit: Visit) -> str:
    """The key that is being taken into the telephone; empty where there is none."""
    try:
        return _sealer(visit).open(str(visit.session.get("code_draft", "")))
    except CannotOpen:
        return ""


def _sealer(visit: Visit) -> Sealer:
    return Sealer(visit.shop.settings.secret_key)


async def _record(conn: Connection, visit: Visit, action: str) -> None:
    by = visit.by
    await audit.record(conn, action=action, admin_id=by.admin_id, subject=visit.who.username, ip_address=by.ip_address)
