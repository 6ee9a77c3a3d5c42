"""Payment accounts, with a QR picture that is sent with the form."""

import html
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from bot.base.settings import DatabaseSettings, Settings
from bot.workshop.stage import staged
from handlers.console.settings.accounts import PICTURE_MOST
from repository.payments import accounts
from tests.conftest import empty
from tests.conversations.conftest import Shop
from tests.handlers.console.settings.test_lists import bubbles
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena

__all__ = ["nena"]
KEY = "a key for the files of these tests 0123456789"
NEW = "/settings/accounts/new"
NO_PICTURES = {
    "a document": b"%PDF-1.7",
    "another format": b"GIF89a" + bytes(64),
    "a broken picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "an archive": b"PK\x03\x04",
}
GCASH = {
    "method": "gcash",
    "bank": "",
    "account_name": "Nena Cruz",
    "account_number": "0917 123 4567",
    "link": "",
    "display_order": "0",
    "is_active": "on",
}


def picture() -> bytes:
    """A picture such as a phone saves."""
    written = BytesIO()
    Image.new("RGB", (64, 64), "white").save(written, "PNG")
    return written.getvalue()


@pytest.fixture
async def shop(schema: DatabaseSettings) -> AsyncIterator[Shop]:
    """A shop that can keep pictures."""
    settings = Settings(database=schema, port=0, secret_key="a secret for tests", files_key=KEY, shop_name="Tindahan")
    async with staged(settings) as stage:
        shop = Shop(stage, stage.parts.database)
        await empty(shop.database)
        yield shop


async def account_path(nena: Visitor, **changes: str) -> str:
    """Where an account is edited that was just made."""
    await nena.logs_in()
    await nena.opens(NEW)
    await nena.sends(NEW, **(GCASH | changes))
    assert nena.status == 200, html.unescape(nena.page)
    return nena.path.removeprefix("/console")


async def test_an_account_is_told_to_the_next_shopper_who_pays(nena: Visitor, shop: Shop) -> None:
    path = await account_path(nena)
    async with shop.database.connection() as conn:
        (account,) = await accounts.accounts_for(conn, method="gcash")
    assert (account.name, account.number) == ("Nena Cruz", "0917 123 4567")
    await nena.opens(path)
    await nena.sends(path, **(form_in(nena.page) | GCASH | {"is_active": ""}))
    async with shop.database.connection() as conn:
        assert await accounts.accounts_for(conn, method="gcash") == ()


async def test_the_preview_is_what_a_shopper_reads_who_has_ordered(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    await nena.sends("/settings/accounts/preview", **GCASH)
    assert "GCash: 0917 123 4567, Nena Cruz" in bubbles(nena.page)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"account_name": ""}, "whose account it is"),
        ({"account_number": ""}, "the number that shoppers send to"),
        ({"account_number": "12345"}, "the mobile number of the account"),
        ({"method": "paymaya", "account_number": "0917 123 45678"}, "the mobile number of the account"),
        ({"method": "bank_transfer"}, "which bank it is"),
        ({"method": "bank_transfer", "bank": "BPI", "account_number": "BPI"}, "digits in it"),
        ({"method": "credit_card"}, "begins with https://"),
        ({"method": "credit_card", "link": "http://pay.example"}, "begins with https://"),
        ({"method": "credit_card", "link": "javascript:alert(1)"}, "begins with https://"),
        ({"account_name": "x" * 256}, "255 characters are the most"),
    ],
)
async def test_an_account_that_nobody_could_pay_into_is_refused(
    nena: Visitor, shop: Shop, changes: dict[str, str], sentence: str
) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    await nena.sends(NEW, **(GCASH | changes))
    assert nena.status == 422
    assert sentence in html.unescape(nena.page)
    assert await shop.count("payment_accounts") == 0


async def test_the_audit_log_does_not_hold_a_whole_account_number(nena: Visitor, shop: Shop) -> None:
    await account_path(nena)
    assert await shop.texts("SELECT subject FROM console_audit WHERE action = 'account.created'") == ["gcash …4567"]


async def test_a_qr_picture_is_kept_sealed_and_shown_again(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    sent = picture()
    await nena.sends_file(NEW, "qr", sent, version="0", **GCASH)
    path = nena.path.removeprefix("/console")
    assert f'src="/console{path}/qr"' in nena.page
    assert await shop.texts("SELECT purpose FROM stored_files") == ["account"]
    async with shop.database.connection() as conn:
        pieces = (await conn.run("SELECT piece FROM stored_file_pieces")).rows
    assert all(b"JFIF" not in bytes(str(piece[0]), "utf-8") for piece in pieces)
    assert (await nena.gets(f"{path}/qr")).startswith(b"\xff\xd8\xff"), "our own JPEG of it"
    await nena.opens(path)
    await nena.sends(path, **(form_in(nena.page) | GCASH))
    assert f'src="/console{path}/qr"' in nena.page, "a save without a picture leaves it"
    await nena.sends(path, **(form_in(nena.page) | GCASH | {"no_qr": "on"}))
    assert "/qr" not in nena.page.replace("/qr-", "")
    await nena.opens(f"{path}/qr")
    assert nena.status == 404


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
async def test_what_is_no_picture_is_refused_and_nothing_is_saved(nena: Visitor, shop: Shop, content: bytes) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    await nena.sends_file(NEW, "qr", content, version="0", **GCASH)
    assert "no picture that we can read" in nena.page
    assert await shop.count("payment_accounts") == 0
    assert await shop.count("stored_files") == 0


async def test_a_file_that_is_too_large_is_refused(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    token = nena.values("csrf")[0]
    await nena.sends_file(NEW, "qr", bytes(PICTURE_MOST + 1), csrf=token, version="0", **GCASH)
    assert nena.status == 413
    await nena.sends_file(NEW, "qr", b"", csrf=token, version="0", **GCASH | {"account_name": "x" * 70_000})
    assert nena.status == 413, "texts beside a file have a limit of their own"
    assert await shop.count("payment_accounts") == 0


async def test_a_form_with_a_file_needs_our_token_and_a_page_that_takes_files(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens(NEW)
    token = nena.values("csrf")[0]
    await nena.sends_file(NEW, "qr", picture(), csrf="guess", version="0", **GCASH)
    assert nena.status == 403
    await nena.sends_file("/settings/couriers/new", "qr", picture(), csrf=token, name="Speedy")
    assert nena.status == 403, "the fields of a form that a page does not take are not read"
    for broken in (
        b"",
        b"--x\r\n",
        b"no form at all",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n\xff\r\n--x--\r\n",
    ):
        await nena.sends_raw(NEW, broken, "multipart/form-data; boundary=x")
        assert nena.status in (400, 403), broken
    await nena.sends_raw(NEW, b"x", "multipart/form-data")
    assert nena.status == 400
    assert await shop.count("payment_accounts") == 0


async def test_without_a_key_a_picture_is_refused_in_words(nena: Visitor, shop: Shop) -> None:
    shop.database.keys = None
    await nena.logs_in()
    await nena.opens(NEW)
    await nena.sends_file(NEW, "qr", picture(), version="0", **GCASH)
    assert "FILES_KEY" in nena.page
    assert await shop.count("payment_accounts") == 0
