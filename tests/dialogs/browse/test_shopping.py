"""Looking around, searching, the cart: everything before checkout."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from dialogs.engine.state import Idle
from dialogs.states import (
    BrowsingCategory,
    BrowsingFeatured,
    ChangingLine,
    ChoosingVariant,
    ReviewingCart,
    Searching,
    ViewingProduct,
    WaitingForPerson,
)
from replies.promos import Promos
from replies.taps import (
    AddToCart,
    BrowseCategories,
    BuyNow,
    ChooseVariant,
    GetStarted,
    OpenCart,
    OpenCategory,
    OpenMenu,
)
from repository.catalogue import products, search
from repository.chats import shoppers
from repository.database.errors import (
    CartFull,
    OutOfStock,
    TooMany,
    UnknownCategory,
    UnknownLine,
    UnknownOrder,
    UnknownProduct,
    VariantNeeded,
)
from repository.orders import carts, placed_orders, promos, shipping
from repository.wording import canned
from repository.wording.canned import CannedReply
from tests.dialogs.stock import (
    CART,
    FULL_CART,
    MUG_CARD,
    NO_CART,
    NOTHING,
    SHIRT,
    SHIRT_CARD,
    SHIRT_LINE,
    SHOP,
    a_page,
)
from tests.support.chat import NOON, Chat


def test_the_first_words_say_that_it_is_a_bot() -> None:
    chat = Chat(SHOP).taps(GetStarted()).hears("Hi Ana!", "I'm the shop's bot", "Tindahan")
    assert "Filipino" in chat.titles
    chat.name = ""
    chat.taps(GetStarted()).hears("Hi! 👋")


def test_somebody_new_who_begins_with_a_question_learns_who_answers() -> None:
    chat = Chat(SHOP)
    chat.is_new = True
    chat.says("mug").hears("I'm the bot of Tindahan", "Blue mug")
    chat.says("mug")
    assert "I'm the bot" not in chat.text


def test_the_menu_from_anywhere() -> None:
    for word in ("menu", "MENU po", "mneu", "main menu", "balik sa menu", "home"):
        chat = Chat(SHOP, state=ChangingLine(line_id=31)).says(word).hears("What would you like to do")
        assert chat.state == Idle()


def test_from_the_menu_to_a_product_in_the_cart_by_tapping() -> None:
    chat = Chat(SHOP).taps(OpenMenu()).taps("🛍️ Shop now").hears("🍳 Kitchen", "2 items")
    chat.taps("See items").hears("Blue mug", "₱120.00", "Old lamp", "Sold out")
    chat.taps("Details").hears("A sturdy mug.", "In stock")
    assert chat.state == ViewingProduct(product_id=7, origin=BrowsingCategory(category_id=3))
    chat.taps("Add to cart").hears("Blue mug is in your cart", "1 item, ₱120.00")
    assert chat.asked(carts.add_line)["product_id"] == 7
    chat.taps("Keep shopping").hears("Kitchen")


def test_more_and_previous_turn_the_pages_and_end() -> None:
    chat = Chat(SHOP)
    chat.answers[products.products_in] = lambda page, **_: a_page(MUG_CARD, page=min(page, 2), pages=2, title="Kitchen")
    chat.taps(OpenCategory(category_id=3)).hears("page 1 of 2").taps("More ›").hears("page 2 of 2")
    chat.presses("SHOW_MORE").hears("That's all there is")
    chat.presses("SHOW_PREVIOUS").hears("page 1 of 2")
    chat.says("next").hears("page 2 of 2").says("back").hears("What are you in the mood for")
    chat.says("back").hears("What would you like to do")


def test_a_number_opens_the_product_of_that_number() -> None:
    chat = Chat(SHOP).says("best sellers").hears("Our best sellers")
    chat.says("2")
    assert chat.asked(products.product)["product_id"] == 8


def test_back_from_a_product_leads_to_its_list() -> None:
    chat = Chat(SHOP)
    chat.answers[products.featured] = a_page(MUG_CARD, page=3, pages=4)
    chat.presses("open_featured:3").taps("Details").says("back")
    assert chat.state == BrowsingFeatured(page=3)


def test_a_category_or_product_that_is_gone() -> None:
    chat = Chat(SHOP)
    chat.answers |= {products.products_in: UnknownCategory(), products.product: UnknownProduct()}
    chat.taps(OpenCategory(category_id=99)).hears("no longer here", "Kitchen")
    chat.presses("PRODUCT_99").hears("no longer sold here")
    chat.answers[products.category_by_slug] = None
    chat.presses("CATEGORY_summer_sale").hears("no longer here")


def test_a_variant_is_chosen_by_tapping_or_by_name() -> None:
    chat = Chat(SHOP)
    chat.answers |= {products.product: SHIRT, carts.add_line: FULL_CART}
    chat.taps(ChooseVariant(product_id=8)).hears("Which size of Linen shirt", "Small: ₱499.00", "Large: ₱549.00")
    assert "Extra Large" not in chat.text, "what has sold out is left out"
    assert "Large ₱549.00" in chat.titles
    chat.taps("Large ₱549.00").hears("Linen shirt (Size: Large) × 2")
    assert chat.asked(carts.add_line)["variant_id"] == 22
    chat.taps(ChooseVariant(product_id=8)).says("yung large po")
    assert chat.asked(carts.add_line)["variant_id"] == 22
    chat.taps(ChooseVariant(product_id=8)).says("purple").hears("I don't have “purple”", "Large")
    assert isinstance(chat.state, ChoosingVariant)


def test_adding_without_a_variant_asks_for_it_and_buying_goes_on_to_checkout() -> None:
    chat = Chat(SHOP)
    chat.answers |= {
        products.product: SHIRT,
        carts.add_line: lambda variant_id, **_: FULL_CART if variant_id else VariantNeeded(),
    }
    chat.taps(AddToCart(product_id=8)).hears("Which size")
    chat.says("large").hears("is in your cart")
    chat.taps(BuyNow(product_id=8)).hears("Which size").says("large").hears("Who will receive")


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (OutOfStock(left=1), "Sorry, only 1 left."),
        (OutOfStock(left=0), "Sorry, that just sold out."),
        (TooMany(most=99), "99 pieces"),
        (CartFull(most=50), "50 different items"),
        (UnknownProduct(), "no longer sold here"),
    ],
)
def test_what_cannot_be_added(refusal: Exception, words: str) -> None:
    chat = Chat(SHOP)
    chat.answers[carts.add_line] = refusal
    chat.taps(AddToCart(product_id=7)).hears(words)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("mug", "mug"),
        ("Meron ba kayong mug?", "mug"),
        ("magkano po ang blue mug", "blue mug"),
        ("do you have mugs?", "mugs"),
        ("hm po tumbler", "tumbler"),
        ("looking for a menu board", "menu board"),
        ("pabili ng tsinelas", "tsinelas"),
    ],
)
def test_what_is_nothing_else_is_searched_for(typed: str, searched: str) -> None:
    chat = Chat(SHOP).says(typed).hears("Blue mug")
    assert chat.asked(search.search)["text"] == searched
    assert chat.state == Searching(text=searched)


def test_more_results_of_a_search() -> None:
    chat = Chat(SHOP)
    chat.answers[search.search] = lambda page, **_: a_page(MUG_CARD, page=page, pages=3, title="mug")
    chat.says("mug").taps("More ›")
    assert chat.state == Searching(text="mug", page=2)
    chat.taps("Details").says("back").hears("page 2 of 3")
    chat.taps(OpenMenu()).presses("more_results:2").hears("What are you looking for?")


def test_nothing_found_is_said_with_other_ways() -> None:
    chat = Chat(SHOP)
    chat.answers[search.search] = NOTHING
    chat.says("flying carpet").hears("I couldn't find “flying carpet”")
    assert "🛍️ Shop now" in chat.titles
    chat.says("Do you repair bicycles?").hears("don't know the answer")
    assert "Talk to a person" in chat.titles
    chat.says("x " * 900).hears("don't know the answer")


def test_the_merchants_answers_come_before_the_search() -> None:
    chat = Chat(SHOP)
    chat.answers[canned.best] = CannedReply(1, "location", "We are in Marikina.", "store")
    chat.says("saan location nyo").hears("We are in Marikina.")
    assert not any(asked.function is search.search for asked in chat.asks)
    assert chat.asked(canned.best) == {"text": "saan location nyo", "language": "fil"}


def test_polite_little_words_do_not_hide_a_keyword() -> None:
    chat = Chat(SHOP)
    returns = CannedReply(1, "pwede ibalik", "Within 7 days.", "returns")
    chat.answers[canned.best] = lambda text, **_: returns if text == "pwede ibalik" else None
    chat.says("Pwede po bang ibalik?").hears("Within 7 days.")


def test_a_general_answer_about_prices_is_followed_by_the_products_that_were_named() -> None:
    chat = Chat(SHOP)
    chat.answers[canned.best] = CannedReply(1, "how much", "Type the product's name.", "product")
    chat.says("how much is the mug?").hears("Blue mug", "₱120.00")
    chat.says("how much?").hears("Type the product's name.")


@pytest.mark.parametrize("text", ["hi", "Hello po!", "good morning", "kumusta", "tao po"])
def test_a_greeting_is_greeted(text: str) -> None:
    assert "bot" in Chat(SHOP).says(text).text.lower()


@pytest.mark.parametrize("text", ["thank you po", "ok", "salamat", "sige", "👍", "😂😂", "...", "haha"])
def test_kind_words_get_kind_words(text: str) -> None:
    Chat(SHOP, state=ReviewingCart()).says(text).hears("👍")


def test_filipino_is_answered_in_filipino() -> None:
    chat = Chat(SHOP).says("Magkano po ang mug?").hears("Ito po ang nakita ko")
    assert chat.language == "fil"
    chat.says("english please").hears("Okay, English it is!")
    assert chat.asked(shoppers.set_language)["language"] == "en"
    chat.taps("Filipino").hears("Filipino na tayo")


def test_shipping_and_a_person() -> None:
    chat = Chat(SHOP).says("how much is shipping to cebu").hears("Visayas: from ₱140.00")
    assert chat.asked(shipping.zones) == {}
    chat.says("I want to talk to a person").hears("someone from our team")
    assert isinstance(chat.state, WaitingForPerson)
    chat.says("my parcel is broken").hears("Our team will read your message")
    chat.says("cart").hears("Your cart")


def test_after_a_while_nobody_waits_for_a_person_any_more() -> None:
    chat = Chat(SHOP, state=WaitingForPerson(since=NOON - timedelta(hours=3))).says("mug").hears("Blue mug")
    assert chat.state == Searching(text="mug")


@pytest.mark.parametrize("text", ["add to cart", "Kunin ko po", "bilhin ko na ito", "i'll take it please"])
def test_what_is_on_show_can_be_taken_by_saying_so(text: str) -> None:
    chat = Chat(SHOP, state=ViewingProduct(product_id=7)).says(text).hears("Blue mug is in your cart")
    assert chat.asked(carts.add_line)["product_id"] == 7


def test_a_variant_of_what_is_on_show_can_be_named() -> None:
    chat = Chat(SHOP, state=ViewingProduct(product_id=8))
    chat.answers |= {products.product: SHIRT, carts.add_line: FULL_CART}
    chat.says("Large po").hears("Linen shirt (Size: Large)")
    assert chat.asked(carts.add_line)["variant_id"] == 22
    chat.says("large blue mug").hears("Here's what I found")


def test_a_promo_code_typed_too_early_is_known() -> None:
    chat = Chat(SHOP)
    chat.answers |= {search.search: NOTHING, promos.live: (replace(Promos.example().promos[0], code="LIBRESHIP"),)}
    chat.says("libreship").hears("Type the code at checkout", "LIBRESHIP")
    chat.says("OTHERCODE").hears("couldn't find")


def test_a_payment_reference_is_left_for_a_person() -> None:
    Chat(SHOP).says("Ref no. 9021 334 556 781").hears("Our team will read your message")


def test_the_order_number_opens_the_order() -> None:
    Chat(SHOP).says("where is ord-20261125-k7m2q9xa").hears("ORD-20261125-K7M2Q9XA", "Confirmed")
    chat = Chat(SHOP)
    chat.answers[placed_orders.order] = UnknownOrder()
    chat.says("ORD-20261125-ZZZZZZZZ").hears("can't find that order among yours")
    assert chat.asked(placed_orders.order)["order_id"] == 0
    chat.says("ORD-20261125-K7M2Q9XA please send it to 12 Mabini St, Makati instead of").hears("Our team will read")


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file", "location", "reel", "sticker", "fallback", "xyz"])
def test_whatever_is_sent_is_answered(kind: str) -> None:
    chat = Chat(SHOP).sends(kind)
    assert chat.titles


def test_an_unknown_button_is_answered_kindly() -> None:
    Chat(SHOP).presses("NO_SUCH_THING", "Summer sale").hears("“Summer sale” is from an old message")
    Chat(SHOP).presses("", "").hears("that button is from an old message")
    Chat(SHOP).presses("old_bot_menu", "Menu").hears("What would you like to do")


def test_links_lead_to_their_product() -> None:
    for ref in ("p7", "product_7", "PRODUCT_7", "product-7"):
        chat = Chat(SHOP).arrives(ref).hears("A sturdy mug.")
        assert chat.asked(products.product)["product_id"] == 7
    Chat(SHOP).arrives("category_kitchen").hears("Blue mug")
    Chat(SHOP).arrives("facebook_ad_3").hears("Welcome to Tindahan")
    Chat(SHOP).arrives("").hears("Welcome to Tindahan")


def test_the_cart_is_shown_and_changed() -> None:
    chat = Chat(SHOP)
    chat.answers[carts.cart] = FULL_CART
    chat.says("cart ko").hears("1 × Blue mug", "2 × Linen shirt (Size: Large): ₱1,098.00", "3 items, ₱1,218.00")
    chat.taps("Change items").hears("Which item").says("2").hears("Linen shirt (Size: Large): you have 2")
    assert chat.state == ChangingLine(line_id=32)
    chat.answers[carts.set_quantity] = FULL_CART
    chat.says("3 pcs po").hears("Done!")
    assert chat.asked(carts.set_quantity)["quantity"] == 3


def test_one_line_needs_no_choosing() -> None:
    chat = Chat(SHOP).taps(OpenCart()).taps("Change items").hears("Blue mug: you have 1")
    chat.taps("3")
    assert chat.asked(carts.set_quantity)["quantity"] == 3
    chat.taps("Change items").says("dalawa")
    assert chat.asked(carts.set_quantity)["quantity"] == 2
    chat.taps("Change items").says("many").hears("“many” isn't a number").taps("Remove it").hears("Taken out")
    assert chat.asked(carts.remove_line)["line_id"] == 31


def test_more_than_there_is() -> None:
    chat = Chat(SHOP, state=ChangingLine(line_id=31))
    chat.answers[carts.set_quantity] = OutOfStock(left=9)
    chat.says("12").hears("only 9 left").says("back").hears("Your cart")
    chat.answers[carts.set_quantity] = UnknownLine()
    chat.presses("set_quantity:99:2").hears("Your cart")


def test_emptying_the_cart_is_confirmed() -> None:
    chat = Chat(SHOP).taps(OpenCart()).taps("Empty cart").hears("Take the item out")
    chat.says("no").hears("Your cart")
    chat.taps("Empty cart").says("what").hears("Take the item out").says("oo").hears("your cart is empty now")
    assert chat.asked(carts.empty)


def test_an_empty_cart_leads_to_the_shelves() -> None:
    chat = Chat(SHOP)
    chat.answers[carts.cart] = NO_CART
    for tap in ("open_cart", "pick_line", "empty_cart", "checkout", "change_line:4"):
        chat.presses(tap).hears("Your cart is empty")
        assert "🛍️ Shop now" in chat.titles


def test_a_long_cart_shows_its_total() -> None:
    chat = Chat(SHOP)
    lines = tuple(replace(SHIRT_LINE, id=number, name=f"{number} " + "very long name " * 16) for number in range(50))
    chat.answers[carts.cart] = replace(CART, lines=lines, count=100, subtotal=Decimal("54900.00"))
    chat.says("cart").hears("more", "100 items, ₱54,900.00")
    assert len(chat.messages) == 2
    chat.taps("Change items").taps("More ›").hears("9 very long")


def test_nothing_to_cancel() -> None:
    Chat(SHOP).says("cancel").hears("nothing to stop")


def test_several_products_shared_from_facebooks_own_shop() -> None:
    chat = Chat(SHOP)
    chat.answers[products.by_skus] = (MUG_CARD, SHIRT_CARD)
    product = {"elements": [{"retailer_id": "KIT-1"}, {"retailer_id": "CLO-2"}]}
    chat.sends("template", products=product["elements"]).hears("Here's what you picked", "Linen shirt")
    assert chat.asked(products.by_skus)["skus"] == ("KIT-1", "CLO-2")
    chat.answers[products.by_skus] = ()
    chat.sends("template", products=product["elements"]).hears("no longer sold here")


def test_browse_with_nothing_on_the_shelves() -> None:
    chat = Chat(SHOP)
    chat.answers[products.categories] = replace(_categories(), items=())
    chat.taps(BrowseCategories()).hears("still filling our shelves")


def _categories() -> products.CategoryPage:
    page = SHOP[products.categories]
    assert isinstance(page, products.CategoryPage)
    return page
