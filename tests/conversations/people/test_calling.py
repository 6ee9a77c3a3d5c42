"""A shopper asks for a person: what they hear, who is told, and what the bot does meanwhile."""

from repository.aftersales import quiet
from repository.notices import merchants
from tests.conversations.conftest import Chat, Shop

ALL_DAY = {"people_from": 0, "people_until": 24}
TOLD = "SELECT SUBSTRING_INDEX(subject_key, ':', 1) FROM merchant_notices WHERE kind = 'person' ORDER BY id"


async def test_at_the_hours_of_the_shop_the_chat_is_left_to_a_person(shop: Shop, ana: Chat) -> None:
    await shop.sets(**ALL_DAY)
    await ana.says("may tao po ba dyan?")
    ana.hears("Nandito po ang team namin", "tatahimik muna po ako")
    assert await shop.look("SELECT quiet_reason FROM conversations") == "asked"
    before = len(ana.person.sent)
    await ana.says("yung order ko po kasi", answered=False)
    await ana.settles(answered=False)
    assert len(ana.person.sent) == before
    async with shop.database.transaction() as conn:
        (seed,) = await merchants.claim(conn, most=10)
    assert (seed.kind, seed.what, seed.shopper) == ("person", "asked", "Ana Cruz")
    await shop.run("UPDATE conversations SET quiet_since = quiet_since - INTERVAL 31 MINUTE")
    await ana.says("menu")
    ana.hears("Tindahan")


async def test_when_nobody_is_there_it_is_said_and_the_bot_goes_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    hour = int(str(await shop.look("SELECT HOUR(NOW())")))
    closed = {"people_from": hour + 1, "people_until": hour + 2} if hour < 22 else {"people_from": 0, "people_until": 1}
    await shop.sets(**closed)
    await ana.says("talk to a person")
    ana.hears("Nobody is here right now. Our team is back")
    assert await shop.look("SELECT waits_since IS NOT NULL AND quiet_since IS NULL FROM conversations") == 1
    await ana.says("it arrived broken")
    ana.hears("Our team will read your message")
    await ana.taps("🛍️ Shop now")
    ana.hears("Mugs")
    assert await shop.texts(TOLD) == ["asked"]


async def test_the_merchants_own_words_about_a_person_call_one_too(shop: Shop, ana: Chat) -> None:
    await shop.answers("makausap", "Sige po, sasagot ang team namin.", language="fil")
    await ana.says("kausapin ko po yung seller")
    ana.hears("Sige po, sasagot ang team namin.")
    assert await shop.texts(TOLD) == ["asked"]


async def test_asking_again_and_again_tells_the_shop_once_an_hour(shop: Shop, ana: Chat) -> None:
    for _ in range(3):
        await ana.says("talk to a person")
    assert len(await shop.texts(TOLD)) in (1, 2), "two where the clock struck in between"


async def test_three_texts_in_a_row_that_nobody_understands(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    for text in ("qwertyuiop", "asdfghjkl"):
        await ana.says(text)
        ana.hears_no("our team to read this chat")
    await ana.says("zxcvbnmq")
    ana.hears("asked our team to read this chat")
    assert await shop.texts(TOLD) == ["lost"]


async def test_a_person_who_answers_ends_the_waiting(shop: Shop, ana: Chat) -> None:
    await ana.says("talk to a person")
    assert await shop.look("SELECT waits_since IS NOT NULL FROM conversations") == 1
    async with shop.database.transaction() as conn:
        await conn.run("UPDATE conversations SET quiet_since = NOW(), quiet_reason = 'asked'")
        assert await quiet.give_back(conn, psid=ana.psid)
    assert await shop.look("SELECT waits_since IS NULL FROM conversations") == 1


async def test_whoever_asks_whether_a_bot_speaks_hears_that_one_does(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(people_from=0, people_until=0)
    await ana.says("hello")
    for text in ("are you a robot", "is this a bot?", "bot po ba to", "kausap ko po ba bot or tao"):
        await ana.says(text)
        assert any("I'm the shop's bot" in said or "bot po ako ng shop" in said for said in ana.heard), text
    await ana.says("gusto ko po ng tao hindi bot")
    assert await shop.look("SELECT waits_since IS NOT NULL FROM conversations") == 1
    await ana.says("am i talking to a bot?")
    ana.hears("bot po ako ng shop", "tao ang sasagot dito")
    await ana.says("balik na sa bot")
    await ana.says("mug")
    ana.hears_no("Our team will read your message")
