"""An extra question from its asking to the order: run by `test_new_question.py` where there is one."""

from dialogs.checkout.questions import PARTS
from dialogs.states import AskingExtra, AskingLandmark
from handlers.console.wording.blocks import blocks
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, COD, CONFIRM, puts_in_cart

NOTES = "SELECT notes FROM orders"
ASKED = "What shall we write on the card?"


async def comes_to_it(shop: Shop, ana: Chat) -> None:
    ana.skips_extras = False
    await shop.stocks("Blue mug", price="120.00")
    await shop.stocks("Steel kettle", price="600.00")
    await puts_in_cart(ana, "mug")
    await ana.says("checkout", "Lola Nena", "0917 123 4567", ADDRESS, "skip")
    ana.hears(ASKED, "Or tap “Skip”.")
    ana.sees_buttons("Skip", "‹ Back", "Cancel")


async def test_the_answer_stands_in_the_summary_and_on_the_order(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.says("Maligayang kaarawan, Nanay! 🎂")
    ana.hears("How would you like to pay?")
    await ana.taps(COD)
    ana.hears("💌 Maligayang kaarawan, Nanay! 🎂", "Lola Nena")
    await ana.taps(CONFIRM)
    ana.hears("Thank you")
    assert await shop.look(NOTES) == "Gift message: Maligayang kaarawan, Nanay! 🎂"


async def test_it_is_skipped_by_a_tap_or_a_word_and_not_asked_again(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.taps("Skip")
    ana.hears("How would you like to pay?")
    await ana.taps("‹ Back")
    ana.hears(ASKED)
    await ana.says("none", "menu", "checkout")
    ana.hears("How would you like to pay?")
    await ana.says("cod", "yes")
    assert await shop.look(NOTES) is None


async def test_it_is_changed_and_kept_from_the_summary(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.says("Happy birthday!", "cod")
    ana.hears("💌 Happy birthday!")
    await ana.taps("Change")
    await ana.taps("Gift message")
    ana.hears(ASKED, "Now: Happy birthday!")
    await ana.taps("Keep as is")
    await ana.says("change the gift message", "Merry Christmas!")
    ana.hears("💌 Merry Christmas!")
    await ana.says("change gift", "none")
    ana.hears("Lola Nena")
    ana.hears_no("💌")


async def test_nothing_that_comes_in_between_is_the_answer(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.likes()
    ana.hears(ASKED)
    await ana.says("do you have a kettle?")
    ana.sees_cards("Steel kettle")
    ana.hears(ASKED)
    await ana.says("yes", "x" * 300)
    ana.hears("How would you like to pay?")
    await ana.says("cod")
    ana.hears("💌 " + "x" * 200)
    ana.hears_no("x" * 201)


async def test_another_address_leaves_the_answer(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.says("Happy birthday!", "cod", "change address", "45 Rizal St, Brgy Poblacion, Makati City", "skip")
    ana.hears("💌 Happy birthday!", "45 Rizal St")


async def test_leaving_and_coming_back_asks_it_where_it_was(shop: Shop, ana: Chat) -> None:
    await comes_to_it(shop, ana)
    await ana.says("my orders", "checkout")
    ana.hears(ASKED)


def test_it_is_a_row_behind_the_landmark() -> None:
    states = [question.state for question in PARTS]
    assert states.index(AskingExtra(part="gift_message")) == states.index(AskingLandmark()) + 1


def test_the_console_shows_its_words_and_explains_them() -> None:
    asked, shown, button = (blocks()[f"checkout.{name}_gift_message"] for name in ("ask", "summary", "quick"))
    assert (asked.group, asked.title, asked.part) == ("Checkout", "Ask gift message", "Message")
    assert asked.uses[0].title == "A question that this shop asks beside the usual ones"
    assert {one.name: one.about for one in asked.variables} == {
        "given": "The answer that was given before; empty where none was",
        "skip": "What the quick reply Skip says",
    }
    assert [one.about for one in shown.variables] == ["What the shopper has answered"]
    assert shown.uses[0].reply.name == "summary.summary"
    assert (button.title, button.part) == ("Gift message", "Quick reply")
