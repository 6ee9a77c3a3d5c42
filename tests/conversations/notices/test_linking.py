"""A merchant links a chat with the code from the console: once, in time, and not by guessing."""

from repository.notices import chats
from tests.conversations.conftest import Chat, Shop
from tests.support.accounts import account


async def code_of_nena(shop: Shop) -> str:
    async with shop.database.transaction() as conn:
        if not await conn.value("SELECT COUNT(*) FROM admin_users"):
            await account(conn, username="nena", role="admin")
        nena = int(str(await conn.value("SELECT id FROM admin_users")))
        return await chats.new_code(conn, admin_id=nena)


async def test_a_code_links_the_chat_that_sends_it_once(shop: Shop, ana: Chat, ben: Chat) -> None:
    code = await code_of_nena(shop)
    await ana.says(f" {code.lower()} ")
    ana.hears("linked to nena's account")
    assert await shop.look("SELECT psid FROM merchant_chats") == ana.psid
    assert await shop.count("merchant_chat_codes") == 0
    await ben.says(code)
    ben.hears("That code doesn't work")
    assert await shop.count("merchant_chats") == 1


async def test_a_code_runs_out_and_a_newer_one_replaces_it(shop: Shop, ana: Chat) -> None:
    old = await code_of_nena(shop)
    new = await code_of_nena(shop)
    await ana.says(old)
    ana.hears("That code doesn't work")
    await shop.run("UPDATE merchant_chat_codes SET expires_at = NOW() - INTERVAL 1 SECOND")
    await ana.says(new)
    ana.hears("That code doesn't work")
    assert await shop.count("merchant_chats") == 0
    assert code_hash_only(await shop.look("SELECT HEX(code_hash) FROM merchant_chat_codes"), new)


def code_hash_only(stored: object, code: str) -> bool:
    return len(str(stored)) == 64 and code.replace("-", "") not in str(stored)


async def test_guessing_is_stopped_even_with_the_right_code(shop: Shop, ana: Chat) -> None:
    code = await code_of_nena(shop)
    for number in range(5):
        await ana.says(f"QS-AAAA-AA2{number + 2}")
    await ana.says(code)
    ana.hears("one code too many")
    assert await shop.count("merchant_chats") == 0


async def test_in_filipino_and_in_the_middle_of_anything(shop: Shop, ana: Chat) -> None:
    await ana.says("kumusta po, filipino po sana")
    await shop.run("UPDATE users SET language = 'fil'")
    await ana.says(await code_of_nena(shop))
    ana.hears("Naka-link na po ang chat na ito")
