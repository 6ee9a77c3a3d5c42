"""Delete my data: nothing of a shopper is left in any column of any table, and the books stay right."""

from decimal import Decimal

import pytest

from bot.workshop.emulator.shopper import Shopper
from handlers.jobs.mails import Mails
from handlers.jobs.merchants import Telling
from repository.database.connection import Connection, Value
from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop
from tests.conversations.proving.conftest import orders_a_mug
from tests.support.accounts import account
from tests.support.pictures import photo, receipt

TEXTS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
    " AND data_type IN ('char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext', 'json', 'blob', 'tinyblob',"
    " 'mediumblob', 'longblob', 'binary', 'varbinary') AND table_name IN (SELECT table_name FROM"
    " information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE')"
)
BOOKS = "SELECT order_number, total_amount, order_status, payment_method, subtotal, ship_city FROM orders ORDER BY id"


async def where(conn: Connection, *words: str) -> set[str]:
    """Every column in which one of some words stands, whatever its case."""
    found: set[str] = set()
    columns = (await conn.run(TEXTS)).rows
    for table, column in ((str(table), str(column)) for table, column in columns):
        text = f"LOWER(CONVERT(`{column}` USING utf8mb4))"
        asked = " OR ".join(f"LOCATE(LOWER(%(w{n})s), {text})" for n in range(len(words)))
        values: dict[str, Value] = {f"w{n}": word for n, word in enumerate(words)}
        if await conn.value(f"SELECT EXISTS (SELECT 1 FROM `{table}` WHERE {asked})", **values):
            found.add(f"{table}.{column}")
    return found


async def traces(shop: Shop, shopper: Shopper, *more: str) -> set[str]:
    """Where a shopper can still be found: by number, name, phone and words."""
    async with shop.database.connection() as conn:
        phone = await conn.value("SELECT phone FROM user_addresses LIMIT 1")
        return await where(conn, shopper.psid, "Ana Cruz", *([str(phone)] if phone else []), *more)


async def test_nothing_of_who_somebody_was_is_left_anywhere(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "delivered")
    bens = await has_order(shop, ben, "delivered")
    await ana.says("my secret word is tralalahoy")
    await ana.says("5 stars, tralalahoy maganda")
    await shop.run(
        "INSERT INTO order_notes (order_id, note) SELECT o.id, 'Ana Cruz wants tralalahoy' FROM orders o"
        " JOIN users u ON u.id = o.user_id WHERE u.facebook_name = 'Ana Cruz'"
    )
    phone = str(await shop.look("SELECT ship_phone FROM orders ORDER BY id LIMIT 1"))
    street = str(await shop.look("SELECT ship_address_line1 FROM orders ORDER BY id LIMIT 1"))
    await shop.run("UPDATE orders SET ship_phone = '+639990001111' WHERE order_number = %(number)s", number=bens)
    words = ("Ana Cruz", "tralalahoy", ana.psid)
    async with shop.database.connection() as conn:
        assert {"users.facebook_name", "chat_logs.user_message", "order_notes.note"} <= await where(conn, *words)
        books = (await conn.run(BOOKS)).rows
        spent = await conn.value("SELECT SUM(total_spent) FROM users")
    await ana.says("delete my data")
    ana.hears("what our books need of past orders")
    assert await shop.look("SELECT deletion_asked_at IS NULL FROM users WHERE facebook_name = 'Ana Cruz'") == 1
    await ana.taps("Delete my data")
    ana.hears("We're deleting your data now")
    await shop.works()
    assert await shop.texts("SELECT status FROM deletion_requests") == ["done"]
    async with shop.database.connection() as conn:
        assert await where(conn, *words) == set()
        assert (await conn.run(BOOKS)).rows == books
        assert await conn.value("SELECT SUM(total_spent) FROM users") == spent
    assert await shop.look("SELECT COUNT(*) FROM orders WHERE ship_phone = %(phone)s", phone=phone) == 0
    assert await shop.look("SELECT COUNT(*) FROM orders WHERE ship_address_line1 = %(street)s", street=street) == 1
    assert await shop.look("SELECT COUNT(*) FROM chat_logs WHERE user_id = %(psid)s", psid=ben.psid)
    await ana.says("hi")
    ana.hears("Tindahan")
    assert await shop.look("SELECT COUNT(*) FROM users WHERE messenger_id = %(psid)s", psid=ana.psid) == 1


async def test_what_the_people_of_the_shop_were_told_of_somebody_goes_too(shop: Shop, ana: Chat, ben: Chat) -> None:
    await ben.says("hi")
    async with shop.database.transaction() as conn:
        nena = await account(conn, username="nena")
    await shop.run('UPDATE console_accounts SET hears = \'{"messenger": ["person"]}\'')
    await shop.run("INSERT INTO merchant_chats (psid, admin_id) VALUES (%(psid)s, %(id)s)", psid=ben.psid, id=nena.id)
    await shop.run(
        "INSERT INTO conversation_notes (psid, words) VALUES (%(psid)s, 'Ana Cruz is a friend of Rosa')", psid=ana.psid
    )
    parts = shop.stage.parts
    await ana.says("talk to a person")
    await Telling(parts.shop, Mails(parts.shop), parts.outbox.wake).run_due()
    await shop.settles()
    ben.hears("Ana Cruz")
    async with shop.database.connection() as conn:
        assert {"outbox.message", "merchant_notices.words"} <= await where(conn, "Ana Cruz")
    await ana.says("delete my data")
    await ana.taps("Delete my data")
    await shop.works()
    async with shop.database.connection() as conn:
        assert await where(conn, "Ana Cruz", ana.psid) == set()
    assert await shop.look("SELECT COUNT(*) FROM outbox WHERE psid = %(psid)s", psid=ben.psid), "the rest of it stays"


async def test_pictures_of_papers_and_payments_are_gone_to_the_last_piece(shop: Shop, ana: Chat) -> None:
    await shop.sets(verification_orders=3)
    number = await orders_a_mug(shop, ana, pay="Cash on delivery")
    await ana.taps("Show an ID")
    await ana.taps("Passport")
    await ana.sends_pictures(receipt(1), photo(size=(300, 400)))
    await moves(shop, number, "cancelled")
    await shop.sets(verification_orders=0)
    number = await orders_a_mug(shop, ana)
    await ana.sends_picture(receipt(2))
    await moves(shop, number, "cancelled")
    assert set(await shop.texts("SELECT purpose FROM stored_files")) == {"identity", "proof"}
    await ana.says("delete my data")
    await ana.taps("Delete my data")
    await shop.works()
    assert await shop.texts("SELECT status FROM deletion_requests") == ["done"]
    assert await shop.count("stored_file_pieces") == 0


async def test_an_order_on_its_way_is_finished_first(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "shipped")
    await ana.says("burahin nyo po data ko")
    await ana.taps("Burahin ang data ko")
    ana.hears("tatapusin muna namin")
    await shop.works()
    assert await shop.texts("SELECT status FROM deletion_requests") == ["waiting"]
    assert await shop.look("SELECT ship_recipient_name <> 'Deleted shopper' FROM orders") == 1
    await moves(shop, number, "delivered")
    await shop.works()
    assert await shop.texts("SELECT status FROM deletion_requests") == ["done"]
    assert await shop.look("SELECT total_amount FROM orders") == Decimal("200.00")
    assert await traces(shop, ana) == set()


async def test_it_can_be_taken_back_while_it_waits(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "shipped")
    await ana.says("delete my data")
    await ana.taps("Delete my data")
    await ana.taps("Keep my data")
    ana.hears("nothing will be deleted")
    assert await shop.texts("SELECT status FROM deletion_requests") == ["withdrawn"]
    assert await shop.look("SELECT deletion_asked_at IS NULL FROM users") == 1


@pytest.mark.parametrize("text", ["what do you know about me", "ano po ang alam nyo tungkol sa akin"])
async def test_what_is_kept_is_told_to_whoever_asks(shop: Shop, ana: Chat, text: str) -> None:
    await ana.says(text)
    ana.hears("Ana Cruz", "delete my data")


async def test_a_message_that_is_unsent_disappears_everywhere(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hi")
    await ana.says("do you repair tralalahoy")
    mid = str(await shop.look("SELECT JSON_VALUE(event, '$.mid') FROM chat_logs ORDER BY id DESC LIMIT 1"))
    await shop.gets(ana, "message_edit", {"mid": mid, "text": "do you sell tralalahoy", "num_edit": 1})
    async with shop.database.connection() as conn:
        assert {"chat_logs.user_message", "chat_logs.event"} <= await where(conn, "tralalahoy")
    await shop.gets(ana, "message", {"mid": mid, "is_deleted": True})
    await ana.says("menu")
    async with shop.database.connection() as conn:
        assert await where(conn, "tralalahoy") == set()
    assert [turn.said for turn in await shop.turns(ana)] == ["hi", "", "", "", "menu"]


@pytest.mark.parametrize(
    ("asked", "words", "kept"),
    [
        ("delete my data", "no", "nothing will be deleted"),
        ("burahin nyo po data ko", "wag na pala po", "walang buburahin"),
    ],
)
async def test_a_typed_no_keeps_everything_and_says_so(
    shop: Shop, ana: Chat, asked: str, words: str, kept: str
) -> None:
    await ana.says(asked)
    await ana.says(words)
    ana.hears(kept)
    ana.hears_no("Promos stay off", "Nakatigil pa rin ang mga promo")
    assert await shop.count("deletion_requests") == 0


async def test_a_typed_yes_deletes_only_right_behind_the_question(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    for between in ("mug", "cod po ba", "hello"):
        await ana.says("delete my data")
        await ana.says(between)
        await ana.says("yes")
        assert await shop.count("deletion_requests") == 0, between
    await ana.says("delete my data")
    await ana.says("yes")
    assert any("deleting your data now" in said or "Binubura na namin" in said for said in ana.heard)
    assert await shop.count("deletion_requests") == 1
