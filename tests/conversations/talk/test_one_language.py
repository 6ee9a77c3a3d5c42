"""A shop that answers in one language: whatever is written, asked for or tapped."""

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import puts_in_cart


async def test_filipino_is_understood_and_answered_in_english(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(languages=("en",))
    await ana.opens_chat()
    ana.hears("I'm the shop's bot")
    assert not [one.title for one in ana.tappable if "Filipino" in one.title], "nothing changes to what is not offered"
    await ana.says("may mug po ba kayo?")
    ana.hears("Here's what I found")
    for asked in ("tagalog po", "language"):
        await ana.says(asked)
        ana.hears("We answer in English here")


async def test_in_the_middle_of_checkout_the_question_is_asked_again_in_the_one_language(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await shop.sets(languages=("fil",))
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    ana.hears("Sino po ang tatanggap")
    await ana.says("english please")
    ana.hears("Filipino po ang sagot namin dito", "Sino po ang tatanggap")
