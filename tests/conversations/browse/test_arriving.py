"""The way in: who answers, what can be done, in which language."""

from tests.conversations.conftest import Chat, Shop


async def test_get_started_says_that_it_is_a_bot(ana: Chat) -> None:
    await ana.opens_chat()
    ana.hears("Hi Ana! 👋 Welcome to Tindahan. I'm the shop's bot")
    ana.sees_buttons("🛍️ Shop now", "📦 My orders", "Filipino")


async def test_whoever_begins_with_a_question_learns_who_answers(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("do you have mugs?")
    ana.hears("I'm the bot of Tindahan", "Blue mug")
    await ana.says("mug")
    ana.hears("Blue mug")
    ana.hears_no("I'm the bot")


async def test_the_menu_and_help_work_everywhere(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("hello")
    ana.hears("Welcome to Tindahan")
    for place in ("mug", "cart", "checkout", "my orders", "promos"):
        await ana.says(place)
        await ana.says("help")
        ana.hears("Type “menu” to start over")
        await ana.says("mneu")
        ana.hears("What would you like to do at Tindahan?")


async def test_a_link_to_a_product_opens_it(shop: Shop, ana: Chat) -> None:
    mug = await shop.stocks("Blue mug", price="120.00")
    await ana.opens_chat(ref=f"PRODUCT_{mug}")
    ana.hears("Blue mug", "₱120.00")
    await ana.follows_link("nobody-knows-this")
    ana.hears("Welcome to Tindahan")


async def test_filipino_is_answered_in_filipino(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await ana.says("magkano po yung mug nyo?")
    ana.hears("Ito po ang nakita ko", "₱120.00")
    await ana.taps("Add to cart")
    ana.hears("Naidagdag na po sa cart ninyo: Blue mug")
    assert await shop.look("SELECT language FROM users") == "fil"


async def test_the_language_is_switched_by_a_tap_and_by_a_word(shop: Shop, ana: Chat) -> None:
    await ana.opens_chat()
    await ana.taps("Filipino")
    ana.hears("Sige po, Filipino na tayo!")
    await ana.says("cart")
    ana.hears("Wala pa pong laman ang cart ninyo.")
    await ana.says("english please")
    ana.hears("Okay, English it is!")
    await ana.says("cart")
    ana.hears("Your cart is empty.")
