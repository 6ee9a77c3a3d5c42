"""Looking around and searching: everything before the cart."""

import pytest
from msgspec.structs import replace

from dialogs.engine.state import Idle
from dialogs.states import ChangingLine
from dialogs.states_looking import (
    BrowsingCategory,
    BrowsingFeatured,
    ChoosingVariant,
    Searching,
    ViewingProduct,
)
from replies.promos import Promos
from replies.taps import (
    AddToCart,
    BrowseCategories,
    BuyNow,
    ChooseVariant,
    OpenCategory,
    OpenMenu,
)
from repository.catalogue import products, search
from repository.database.errors import (
    UnknownCategory,
    UnknownOrder,
    UnknownProduct,
    VariantNeeded,
)
from repository.orders import carts, placed_orders, promos
from repository.referrals import opening
from tests.dialogs.stock import (
    FULL_CART,
    MUG_CARD,
    NOTHING,
    SHIRT,
    SHOP,
    a_page,
)
from tests.support.chat import Chat


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
    chat.says("ORD-20261125-K7M2Q9XA: my neighbour said that her parcel came only yesterday").hears(
        "Our team will read"
    )
    Chat(SHOP).says("ORD-20261125-K7M2Q9XA please send it to 12 Mabini St, Makati instead").hears(
        "would go to", "Makati"
    )


def test_links_lead_to_their_product() -> None:
    for ref in ("p7", "product_7", "PRODUCT_7", "product-7"):
        chat = Chat(SHOP).arrives(ref).hears("A sturdy mug.")
        assert chat.asked(products.product)["product_id"] == 7
    Chat(SHOP).arrives("category_kitchen").hears("Blue mug")
    Chat(SHOP).arrives("facebook_ad_3").hears("Welcome to Tindahan")
    Chat(SHOP).arrives("").hears("Welcome to Tindahan")


def test_nothing_to_cancel() -> None:
    Chat(SHOP).says("never mind").hears("nothing to stop")
    Chat(SHOP).says("cancel").hears("Cancel order ORD-")


def test_several_products_shared_from_facebooks_own_shop() -> None:
    chat = Chat(SHOP)
    product = {"elements": [{"retailer_id": "KIT-1"}, {"retailer_id": "CLO-2"}]}
    chat.sends("template", products=product["elements"]).hears("Here's what you picked", "Linen shirt")
    assert chat.asked(products.cards)["ids"] == (7, 8)
    chat.answers[opening.find] = (None, None)
    chat.sends("template", products=product["elements"]).hears("couldn't find that item here")


def test_browse_with_nothing_on_the_shelves() -> None:
    chat = Chat(SHOP)
    chat.answers[products.categories] = replace(_categories(), items=())
    chat.taps(BrowseCategories()).hears("still filling our shelves")


def _categories() -> products.CategoryPage:
    page = SHOP[products.categories]
    assert isinstance(page, products.CategoryPage)
    return page
