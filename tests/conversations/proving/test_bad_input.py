"""What cannot be a proof gets a kind word each, and changes nothing."""

import zipfile
from io import BytesIO

import pytest
from msgspec.structs import replace

from bot.workshop.emulator.answers import Json
from bot.workshop.stage import staged
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import orders_a_mug
from tests.support.pictures import enormous, moving, photo, receipt


def _archive() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("proof.jpg", receipt())
    return written.getvalue()


async def _nothing_changed(shop: Shop) -> bool:
    return not any([await shop.count("order_proofs"), await shop.count("stored_files")])


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"%PDF-1.7 a receipt", "isn't a picture that I can open"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "isn't a picture that I can open"),
        (_archive(), "isn't a picture that I can open"),
        (moving(), "isn't a picture that I can open"),
        (enormous(), "too large for me"),
        (b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024 + 1), "too large for me"),
    ],
    ids=["pdf", "video", "archive", "moving", "pixels", "bytes"],
)
async def test_a_picture_that_is_none(shop: Shop, ana: Chat, sent: bytes, words: str) -> None:
    await orders_a_mug(shop, ana)
    await ana.sends_picture(sent)
    ana.hears(words)
    assert await _nothing_changed(shop)


async def test_a_link_that_died(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    await ana.sends_picture(f"{shop.stage.parts.settings.graph_api_url}/files/gone")
    ana.hears("couldn't open that picture. Please send it once more")
    assert await _nothing_changed(shop)


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/a.jpg", "http://scontent.xx.fbcdn.net/a.jpg", "https://fbcdn.net.evil.example/a.jpg",
     "https://scontent.xx.fbcdn.net:8443/a.jpg", "https://me@scontent.xx.fbcdn.net/a.jpg", "file:///etc/passwd",
     "http://127.0.0.1:1/a.jpg", "nonsense"],
)  # fmt: skip
async def test_an_address_that_is_not_facebooks(shop: Shop, ana: Chat, address: str) -> None:
    await orders_a_mug(shop, ana)
    await ana.sends_picture(address)
    ana.hears("couldn't open that picture")
    assert await _nothing_changed(shop)


async def test_five_pictures_at_once(shop: Shop, ana: Chat) -> None:
    await shop.sets(unclaimed_kept_days=9)
    await orders_a_mug(shop, ana)
    await ana.sends_pictures(*map(receipt, range(6)))
    ana.hears("a lot of pictures at once", "just the screenshot of your payment")
    assert await shop.count("order_proofs") == 0
    assert await shop.look("SELECT COUNT(*) FROM stored_files WHERE delete_after IS NULL") == 0, "they go by themselves"
    assert (
        await shop.look("SELECT DISTINCT ROUND(TIMESTAMPDIFF(HOUR, NOW(), delete_after) / 24) FROM stored_files") == 9
    )
    await ana.sends_pictures(receipt(1), receipt(2))
    ana.hears("Got your screenshot")
    assert await shop.count("order_proofs") == 2, "a payment may come in parts"


async def test_a_sticker_a_voice_and_a_file_where_a_proof_is_waited_for(shop: Shop, ana: Chat) -> None:
    await orders_a_mug(shop, ana)
    await ana.says("paid already")
    await ana.likes()
    ana.hears("Nice one!", "screenshot of your payment")
    for kind in ("file", "video", "audio"):
        what: Json = {"mid": f"m_{kind}", "attachments": [{"type": kind, "payload": {"url": "https://x.fbcdn.net/a"}}]}
        await shop.gets(ana, "message", what)
        assert "isn't a picture that I can open" in ana.last.words(), kind
    await ana.says("1002 345 678901")
    assert await shop.count("order_proofs") == 1, "it is still waited for"


async def test_a_picture_with_no_order(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug")
    await ana.sends_picture(receipt())
    ana.hears("Thanks for the picture!")
    assert await _nothing_changed(shop)


async def test_a_proof_for_an_order_that_was_cancelled(shop: Shop, ana: Chat) -> None:
    number = await orders_a_mug(shop, ana)
    await shop.run("UPDATE orders SET order_status = 'cancelled', cancelled_at = NOW()")
    await ana.sends_picture(receipt())
    ana.hears(f"Order {number} was cancelled", "type the reference number")
    assert await shop.count("order_flags") == 0
    await ana.says("ref 1002 345 678901")
    ana.hears(f"Order {number} was cancelled", "our team has been told")
    assert "1002345678901" in str(await shop.look("SELECT note FROM order_flags WHERE open_kind = 'payment'"))
    assert await _nothing_changed(shop)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("order_status = 'delivered', delivered_at = NOW()", "is done"),
        ("order_status = 'shipped', payment_status = 'paid'", "already paid"),
        ("payment_method = 'cod'", "waits for no payment"),
    ],
)
async def test_a_proof_for_an_order_that_waits_for_none(shop: Shop, ana: Chat, change: str, words: str) -> None:
    number = await orders_a_mug(shop, ana)
    await shop.run(f"UPDATE orders SET {change}")
    await ana.says(f"{number} ref 1002 345 678901")
    ana.hears(words, number)
    assert await _nothing_changed(shop)


async def test_a_proof_for_somebody_elses_order(shop: Shop, ana: Chat, ben: Chat) -> None:
    number = await orders_a_mug(shop, ana)
    order_id = await shop.look("SELECT id FROM orders")
    await ben.says(f"paid {number} ref 1002 345 678901")
    ben.hears("can't find that order among yours")
    for payload in (f"prove_order:{order_id}:payment", f"choose_id:{order_id}:passport", f"VERIFY_ID_{order_id}"):
        await shop.gets(ben, "postback", {"mid": payload, "title": "Send", "payload": payload})
        assert "can't find that order among yours" in ben.last.words()
    await ben.sends_picture(receipt())
    assert await _nothing_changed(shop)


async def test_a_shop_without_a_key_takes_the_reference_and_shows_the_merchant_why(shop: Shop, ana: Chat) -> None:
    settings = replace(shop.stage.parts.settings, files_key="", port=0)
    async with staged(settings) as stage:
        bare = Shop(stage, stage.parts.database)
        chat = Chat(bare, "Ana Cruz")
        await orders_a_mug(bare, chat)
        await chat.sends_picture(photo())
        chat.hears("can't keep pictures at the moment", "type the reference number instead")
        note = await bare.look("SELECT note FROM order_flags WHERE open_kind = 'picture'")
        assert "FILES_KEY is not set" in str(note)
        await chat.says("1002 345 678901")
        chat.hears("Got reference 1002345678901")


async def test_a_picture_with_words_for_something_else_is_answered_by_its_words(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.sends_picture(receipt(), text="do you have a mug")
    ana.hears("Blue mug")
