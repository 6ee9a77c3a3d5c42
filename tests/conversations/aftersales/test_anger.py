"""Anger: a calm word, the order for a person, and a bot that does not speak in between until it is given back."""

from repository.aftersales import quiet
from tests.conversations.aftersales.clerk import has_order, moves
from tests.conversations.conftest import Chat, Shop

FLAGS = "SELECT CONCAT_WS('|', kind, note) FROM order_flags WHERE open_kind IS NOT NULL ORDER BY id"
ANGRY = [
    "scam kayo!! ibalik nyo pera ko", "SCAMMER!!", "bulok", "refund nyo",
    "ibalik nyo ang pera ko", "manloloko kayo", "this is a scam!", "you are scammers", "give me my money back",
    "worst seller ever!", "walang kwenta", "kainis kayo", "palpak serbisyo nyo", "nabudol ako dito!", "😡",
    "asan na?? 😡",
]  # fmt: skip
CHEERFUL = ("Legit", "😊", "🎉", "Glad", "legit")


async def gives_back(shop: Shop, shopper: Chat) -> bool:
    """A person gives the chat back to the bot."""
    async with shop.database.transaction() as conn:
        return await quiet.give_back(conn, psid=shopper.psid)


async def echo(shop: Shop, shopper: Chat, text: str, *, mid: str = "m_person", app_id: int = 263902037430900) -> None:
    """A person of the shop answers from the page's inbox, some time later: Facebook tells us what they wrote."""
    await shop.run("UPDATE chat_logs SET event_at = event_at - INTERVAL 1 MINUTE")
    what = {"is_echo": True, "app_id": app_id, "mid": mid, "text": text}
    await shop.echoes(shopper, what)


async def test_every_kind_of_anger_gets_a_calm_word_and_nothing_cheerful(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.answers("legit", "Legit po! 😊 Check our reviews.")
    number = await has_order(shop, ana, "shipped")
    for text in ANGRY:
        await ana.says(text)
        heard = "\n".join(ana.heard)
        assert number in heard, text
        assert "Pasensya na po" in heard or "We're sorry" in heard, text
        assert not any(word in heard for word in CHEERFUL), f"{text}: {heard}"
        await gives_back(shop, ana)


async def test_the_order_is_flagged_and_the_bot_stays_quiet_until_given_back(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    number = await has_order(shop, ana, "shipped")
    await ana.says("scam kayo!! ibalik nyo pera ko")
    ana.hears("tao mula sa team", number)
    assert await shop.texts(FLAGS) == ["complaint|scam kayo!! ibalik nyo pera ko"]
    said = len(ana.person.sent)
    for text in ("ano na", "hello?", "menu", "nasaan na po order ko", "mug", "👍"):
        await ana.says(text, answered=False)
    assert len(ana.person.sent) == said, "nothing unasked"
    assert [turn.intent for turn in await shop.turns(ana)][-1] == "left_to_person"
    await moves(shop, number, "delivered")
    ana.hears(f"Your order {number} has arrived")
    await ana.taps("See my order")
    ana.hears(number)
    assert await gives_back(shop, ana)
    assert not await gives_back(shop, ana)
    await ana.says("nasaan na po order ko")
    ana.hears(number)


async def test_it_ends_by_itself_when_no_person_speaks(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "shipped")
    await ana.says("scam kayo!!")
    await ana.says("hello?", answered=False)
    await shop.run("UPDATE conversations SET quiet_since = quiet_since - INTERVAL 23 HOUR")
    said = len(ana.person.sent)
    await ana.says("hello??", answered=False)
    assert len(ana.person.sent) == said
    await shop.run("UPDATE conversations SET quiet_since = quiet_since - INTERVAL 2 HOUR")
    await ana.says("menu")
    ana.hears("gusto")


async def test_a_person_who_answers_from_the_inbox_is_not_spoken_over(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await echo(shop, ana, "Hi Ana, this is Rosa from the shop.")
    said = len(ana.person.sent)
    await ana.says("hi Rosa, do you have a mug?", answered=False)
    assert len(ana.person.sent) == said
    await gives_back(shop, ana)
    await ana.says("mug")
    ana.hears("Blue mug")


async def test_the_bots_own_echo_quiets_nobody(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    await ana.says("mug")
    ana.hears("Blue mug")
    assert await shop.look("SELECT quiet_since FROM conversations") is None


async def test_anger_without_an_order_is_told_to_the_shop(shop: Shop, ana: Chat) -> None:
    await ana.says("scam kayo!!")
    ana.hears("tao mula sa team")
    assert await shop.texts("SELECT kind FROM merchant_notices") == ["person"]


async def test_a_thumb_down_is_asked_what_is_wrong(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await ana.says("👎")
    ana.hears("What went wrong?")
    ana.hears_no("Glad")
    await shop.answers("👎", "Sorry! Call us at 8123 4567.")
    await ana.says("👎")
    ana.hears("Call us at 8123 4567")


async def test_care_is_no_anger(shop: Shop, ana: Chat) -> None:
    await shop.answers("legit", "Yes, we're registered with DTI.")
    await ana.says("hello")
    await ana.says("legit po ba kayo? baka scam")
    ana.hears("registered with DTI")
    assert await shop.look("SELECT quiet_since FROM conversations") is None


async def test_stop_is_heard_in_a_quiet_chat_too(shop: Shop, ana: Chat) -> None:
    await ana.says("scam kayo!!")
    await ana.says("stop")
    ana.hears("wala na kayong matatanggap na promo")
