"""Pictures that the shop serves: given to Facebook once for each page, then sent by their id, and given anew."""

from typing import cast

import msgspec
import pytest

from bot.workshop.emulator.people import Refused
from bot.workshop.emulator.shopper import Shopper
from repository.catalogue import pictures
from repository.chats import outbox as stored
from repository.files import uploaded
from repository.files.pictures import prepare
from tests.conversations.conftest import Chat, Shop
from tests.support.pictures import photo

BASE = "https://shop.example"


async def puts_up(shop: Shop, *, seed: int = 1) -> str:
    """Let the shop serve a picture; gives its address."""
    picture = prepare(photo(size=(60, 40), seed=seed), side=pictures.SIDE)
    async with shop.database.transaction() as conn:
        return BASE + await pictures.keep(conn, picture=picture)


async def shows(shop: Shop, shopper: Shopper, url: str) -> dict[str, object]:
    """Send a picture; gives what Facebook was told of it."""
    async with shop.database.transaction() as conn:
        picture = {"attachment": {"type": "image", "payload": {"url": url}}}
        ids = await stored.put(conn, psid=shopper.psid, messages=[picture])
    shop.stage.parts.outbox.wake(shopper.psid, ids)
    await shop.settles()
    body = msgspec.json.decode(shopper.person.sent[-1].body)
    return cast("dict[str, object]", body["message"]["attachment"]["payload"])


async def test_a_picture_is_given_once_and_sent_again_by_its_id(shop: Shop, ana: Chat, ben: Chat) -> None:
    url = await puts_up(shop)
    await ana.opens_chat()
    await ben.opens_chat()
    assert await shows(shop, ana, url) == {"url": url, "is_reusable": True}
    (number,) = await shop.texts("SELECT attachment_id FROM uploaded_pictures")
    assert await shows(shop, ana, url) == await shows(shop, ben, url) == {"attachment_id": number}
    other = await puts_up(shop, seed=2)
    assert await shows(shop, ana, other) == {"url": other, "is_reusable": True}
    assert await shop.count("uploaded_pictures") == 2
    assert await shop.look("SELECT COUNT(*) FROM outbox WHERE status <> 'sent'") == 0


async def test_a_picture_that_facebook_no_longer_keeps_is_given_anew(shop: Shop, ana: Chat) -> None:
    url = await puts_up(shop)
    await ana.opens_chat()
    await shows(shop, ana, url)
    before = await shop.texts("SELECT attachment_id FROM uploaded_pictures")
    shop.stage.emulator.facebook.files.forgets_attachments()
    assert await shows(shop, ana, url) == {"url": url, "is_reusable": True}
    refused = [(one.code, one.subcode) for one in ana.person.chat if isinstance(one, Refused)]
    assert refused == [(100, 2018074)]
    assert await shop.texts("SELECT CONCAT(status, attempts) FROM outbox ORDER BY id DESC LIMIT 1") == ["sent0"]
    after = await shop.texts("SELECT attachment_id FROM uploaded_pictures")
    assert len(after) == 1
    assert after != before
    assert await shows(shop, ana, url) == {"attachment_id": after[0]}


async def test_what_stands_at_another_address_is_fetched_each_time(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    stranger = f"https://elsewhere.example/goods/{'x' * 32}.jpg"
    for url in ("https://shop.example/qr.png", "https://shop.example/goods/of-another-name.jpg"):
        assert await shows(shop, ana, url) == await shows(shop, ana, url) == {"url": url}
    assert (
        await shows(shop, ana, stranger) == await shows(shop, ana, stranger) == {"url": stranger, "is_reusable": True}
    )
    assert await shop.count("uploaded_pictures") == 0


async def test_an_id_is_of_one_page_and_goes_with_its_picture(shop: Shop) -> None:
    name = pictures.name_of(await puts_up(shop))
    async with shop.database.connection() as conn:
        await uploaded.keep(conn, name=name, page_id="", attachment_id="1")
        await uploaded.keep(conn, name=name, page_id="77", attachment_id="2")
        await uploaded.keep(conn, name=name, page_id="77", attachment_id="3")
        known = [await uploaded.attachment(conn, name=name, page_id=page) for page in ("", "77", "78")]
        assert known == ["1", "3", ""]
        await uploaded.forget(conn, name=name, page_id="77", attachment_id="2")
        assert await uploaded.attachment(conn, name=name, page_id="77") == "3", "another process has it anew"
        await conn.run("DELETE FROM goods_pictures")
        assert await uploaded.attachment(conn, name=name, page_id="") == ""


@pytest.mark.parametrize("address", ["https://shop.example/", "/goods/" + "x" * 32 + ".jpg", "ftp://x/goods/a.jpg"])
def test_only_an_address_of_a_picture_of_ours_has_its_name(address: str) -> None:
    assert pictures.name_of(address) == ""
