"""Payment accounts: where shoppers send money to, with a QR picture that they can scan."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, cast

import msgspec
from aiohttp import web
from msgspec.structs import replace

from bot.base.sealing import CannotOpen
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Declined, Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from replies.render import render
from replies.summary import OrderPlacedText
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.files import files, pictures
from repository.payments.account_edits import ACCOUNTS as ROWS
from repository.payments.account_edits import AccountBody, Method, problems
from repository.payments.accounts import Account
from repository.settings.choices import METHODS

HOME = "/settings/accounts"
PICTURE_MOST = 5 * 1024 * 1024  # bytes of a QR picture, as phones save them
_METHODS: Mapping[str, str] = {name: words for name, words in METHODS.items() if name != "cod"}
_BANK = "Only for a bank transfer, such as BPI or BDO."
_LINK = "Only for cards: your own payment page. It begins with https://"
_NUMBER = "As shoppers type it in their app."
_TROUBLES: Mapping[pictures.Trouble, str] = {
    "not_a_picture": "That file is no picture that we can read. Please take a screenshot of the QR code (PNG or JPEG).",
    "too_large": "That picture is too large. Please take a screenshot of the QR code.",
    "too_many_pixels": "That picture is too large. Please take a screenshot of the QR code.",
    "animated": "That picture moves. Please take a screenshot of the QR code.",
}


class AccountForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about an account."""

    method: Annotated[str, Field(label="Shoppers pay by", choices=_METHODS)]
    bank: Annotated[str, Field(label="Bank", help=_BANK, most=100)]
    account_name: Annotated[str, Field(label="Name of the account", most=255)]
    account_number: Annotated[str, Field(label="Number", help=_NUMBER, most=100)]
    link: Annotated[str, Field(label="Payment link", help=_LINK, most=500)]
    display_order: Annotated[int, Field(label="Place in the list", help="The lowest one stands first.", most=1000)]
    is_active: Annotated[bool, Field(label="Shoppers are told", in_history="State")]


class AccountEditor(RowEditor[AccountBody]):
    """The pages of an account."""

    saved = "Saved. The next shopper who pays is told."

    def blank(self, _: Visit) -> AccountBody:
        return AccountBody()

    def title(self, body: AccountBody) -> str:
        return body.bank or METHODS[body.method]

    def problems(self, _: Visit, body: AccountBody) -> Mapping[str, str]:
        return problems(body)

    async def stored(
        self,
        visit: Visit,
        one: Opened[AccountBody] | None,
        write: Callable[[Connection, AccountBody, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """Save what was typed, with the QR picture that was sent, the one that there is, or none."""
        picture = await _picture(visit, one)
        was = one.body.qr_file_id if one else None

        async def with_picture(conn: Connection, body: AccountBody, version: int) -> tuple[int, bool]:
            kept = None if visit.form.get("no_qr") else was
            if picture is not None:
                kept = await files.keep(conn, purpose="account", picture=picture)
            return await write(conn, replace(body, qr_file_id=kept), version)

        try:
            return await super().stored(visit, one, with_picture)
        except files.NoKeys:
            text = "Pictures cannot be kept yet: whoever runs the server has to set FILES_KEY. Nothing was saved."
            raise Declined(text, _back(one)) from None

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What a shopper reads who has just ordered."""
        typed = {name: one.text for name, one in filled.fields.items()}
        method = cast(Method, typed["method"])
        is_card = method == "credit_card"
        account = Account(
            method=method,
            bank="" if is_card else typed["bank"],
            name="" if is_card else typed["account_name"],
            number="" if is_card else typed["account_number"],
            link=typed["link"] if is_card else "",
        )
        reply = replace(OrderPlacedText.example(), method=method, account="", accounts=(account,))
        return Tried(messages=as_sent(render([reply], await visit.words(), "en")))


ACCOUNTS = AccountEditor(ROWS, Form(AccountForm), template="payment_account.html", home=HOME, called="account")


def _tell(_: Visit, body: AccountBody) -> Shown:
    tags = (METHODS[body.method], *(("QR",) if body.qr_file_id else ()))
    words = body.link if body.method == "credit_card" else f"{body.account_name} · {body.account_number}"
    return Shown(ACCOUNTS.title(body), words, tags)


LIST = list_of(ACCOUNTS, _tell, template="payment_accounts.html", many="accounts")


async def show_qr(visit: Visit) -> web.Response:
    """The QR picture of an account.

    Raises:
        NotFound: It has none.
    """
    async with visit.shop.database.connection() as conn:
        one = await ROWS.opened(conn, visit.number("id"))
        if one.body.qr_file_id is None:
            raise NotFound("qr")
        try:
            file = await files.open_file(conn, file_id=one.body.qr_file_id)
        except (files.NoKeys, CannotOpen):
            raise NotFound("qr") from None  # `doctor` says why
    return web.Response(body=file.content, content_type=file.media_type)


async def _picture(visit: Visit, one: Opened[AccountBody] | None) -> pictures.Picture | None:
    """The picture that was sent, ready to be kept; None where none was.

    Raises:
        Declined: It is none.
    """
    sent = visit.files.get("qr")
    if sent is None:
        return None
    try:
        return await asyncio.to_thread(pictures.prepare, sent)
    except pictures.NotKept as refused:
        raise Declined(f"{_TROUBLES[refused.trouble]} Nothing was saved.", _back(one)) from None


def _back(one: Opened[AccountBody] | None) -> str:
    return f"{HOME}/{one.id}" if one else f"{HOME}/new"
