"""The QR code of an account: a picture above the words that say where to pay, and only while the account is used."""

from urllib.parse import urlsplit

from aiohttp import ClientSession

from repository.files import files, pictures
from repository.payments.account_edits import ACCOUNTS, AccountBody
from repository.staff.by import By
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys
from tests.support.pictures import receipt


async def test_the_qr_code_is_sent_above_the_words_while_the_account_is_used(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(public_url=shop.stage.url)
    async with shop.database.transaction() as conn:
        kept = await files.keep(conn, purpose="account", picture=pictures.prepare(receipt()))
        body = AccountBody(method="gcash", account_name="Nena", account_number="0917 000 0000", qr_file_id=kept)
        account = await ACCOUNTS.create(conn, body=body, by=By())
    await buys(ana, "mug", pay="GCash")
    (url,) = qr_codes(shop, ana)
    await ana.says("bayad ko na po sa gcash kanina")
    assert qr_codes(shop, ana) == [url], "whoever says that it is paid needs no code"
    async with ClientSession() as browser, browser.get(url) as answer:
        assert answer.status == 200
        assert answer.content_type == "image/jpeg"
        assert (await answer.read()).startswith(b"\xff\xd8")
    async with shop.database.transaction() as conn:
        await ACCOUNTS.switch(conn, ids=[account], is_active=False, by=By())
    async with ClientSession() as browser:
        for path in (urlsplit(url).path, "/payment-qr/nothing.jpg", f"/payment-qr/{'0' * 64}.jpg"):
            async with browser.get(shop.stage.url + path) as answer:
                assert answer.status == 404, path


def qr_codes(shop: Shop, chat: Chat) -> list[str]:
    """The addresses of the codes that were sent."""
    sent = shop.stage.emulator.sent(chat.person.psid)
    return [url for one in sent for url in one.bubble.pictures if "/payment-qr/" in url]
