"""Coming in: each way opens what it is about, whatever is typed beside it; in checkout nothing is lost."""

from datetime import UTC, datetime

import msgspec

from bot.messenger.events import AttachmentMessage, Referral, SendCart, TextMessage
from bot.messenger.parts import Attachment, OrderedProduct, ReferralDetails, SharedProduct
from dialogs.engine.state import Idle
from dialogs.states import AskingPhone, Draft, ReviewingCart
from dialogs.states_looking import (
    ChoosingVariant,
    ViewingProduct,
)
from replies.promos import Promos
from repository.catalogue import products, search
from repository.database.errors import UnknownProduct
from repository.referrals import opening, sent_carts, titled
from repository.referrals.opening import Goods, Led, Named
from repository.referrals.sent_carts import Difference, SentLine, TakenCart
from repository.wording import canned
from repository.wording.canned import CannedReply
from tests.dialogs.stock import CART, MUG, MUG_CARD, NO_CART, NOTHING, SHIRT, SHIRT_CARD, SHOP, a_page
from tests.support.chat import NOON, Chat
from tests.support.workers.rows import rows

PROMO = Promos.example().promos[0]
AD = ReferralDetails(ad_id="6045", ad_title="Blue mug", source="ADS")


def typed(chat: Chat, text: str, came: ReferralDetails) -> Chat:
    return chat.does(TextMessage(page_id="1", psid="2", sent_at=NOON, mid="m", text=text, referral=came))


def shared(chat: Chat, *attachments: Attachment, text: str = "") -> Chat:
    return chat.does(
        AttachmentMessage(page_id="1", psid="2", sent_at=NOON, mid="a", attachments=attachments, text=text)
    )


@rows(
    "text",
    [
        "hi",
        "hi, interested",
        "hm po",
        "magkano po?",
        "available pa po ba ito?",
        "menu",
        "order",
        "yes",
        "👍",
        "???",
        "pm po",
    ],
)
@rows("came", [AD, ReferralDetails(ref="product_7"), ReferralDetails(product_id="KIT-1")])
def test_whatever_is_typed_beside_it(text: str, came: ReferralDetails) -> None:
    chat = typed(Chat(SHOP), text, came)
    assert chat.state == ViewingProduct(product_id=7), chat.text
    chat.hears("A sturdy mug.")


def test_a_person_and_anger_are_heard_all_the_same() -> None:
    typed(Chat(SHOP), "talk to a person", AD).hears("someone from our team")
    assert "A sturdy mug." not in typed(Chat(SHOP), "scam kayo!! ibalik nyo pera ko", AD).text
    assert typed(Chat(SHOP), "stop", AD).state == Idle()


def test_a_kind_and_a_number_are_offered_with_one_tap() -> None:
    chat = Chat(SHOP)
    chat.answers |= {products.product: SHIRT, titled.named_in: (SHIRT_CARD,)}
    came = ReferralDetails(ad_id="1", ad_title="Linen shirt")
    typed(chat, "mine 2 large po", came).hears("Linen shirt", "2 × Linen shirt (Large)")
    chat = Chat(SHOP)
    chat.answers |= {products.product: SHIRT, titled.named_in: (SHIRT_CARD,)}
    assert typed(chat, "mine po", came).state == ChoosingVariant(product_id=8)
    typed(Chat(SHOP), "3 pcs please", AD).hears("3 × Blue mug")


def test_a_question_beside_it_is_answered_too() -> None:
    chat = Chat(SHOP)
    chat.answers[canned.best] = CannedReply(1, "cod", "Yes, cash on delivery is fine.", "")
    typed(chat, "cod po ba?", AD).hears("cash on delivery is fine", "A sturdy mug.")


def test_a_title_names_its_product_and_nothing_else() -> None:
    post = Attachment(type="post", title="Payday! Blue mug only 99 🎉", url="https://facebook.com/1", post_id="5")
    assert shared(Chat(SHOP), post, text="hm?").state == ViewingProduct(product_id=7)
    assert shared(Chat(SHOP), msgspec.structs.replace(post, type="reel")).state == ViewingProduct(product_id=7)
    chat = Chat(SHOP)
    chat.answers |= {titled.named_in: (), search.search: NOTHING}
    fiesta = msgspec.structs.replace(post, title="Happy fiesta!")
    shared(chat, fiesta).hears("couldn't tell", "Happy fiesta!")
    for text in (
        "hi, interested",
        "Hello! Can I get more info on this?",
        "available?",
        "I'm interested, can I buy this?",
    ):
        shared(chat, fiesta, text=text).hears("couldn't tell", "Happy fiesta!")
    chat.answers[search.search] = a_page(MUG_CARD)
    shared(chat, fiesta, text="do you have mugs?").hears("Blue mug")
    chat.answers[search.search] = a_page(SHIRT_CARD)
    shared(chat, msgspec.structs.replace(post, title="Our family loves linen in the summer sun")).hears("couldn't tell")
    chat.answers[titled.named_in] = (MUG_CARD, SHIRT_CARD)
    shared(chat, post).hears("Here's what you picked", "Linen shirt")


def test_an_address_is_never_searched_for() -> None:
    chat = Chat(SHOP).says("https://shopee.ph/blue-mug-i.1.2").hears("can't open links")
    assert not [asked for asked in chat.asks if asked.function is search.search]
    chat.says("https://shopee.ph/red-lamp meron po kayo ng mug?")
    assert "lamp" not in str(chat.asked(search.search)["text"])


def test_a_retailer_id_that_is_not_ours_falls_back_on_the_title() -> None:
    product = SharedProduct(id="70001", retailer_id="X-1", title="Blue mug")
    chat = Chat(SHOP)
    chat.answers[opening.led_to] = Led(goods=Goods(7))
    shared(chat, Attachment(type="template", products=(product,))).hears("A sturdy mug.")
    assert chat.asked(opening.led_to)["wanted"] == (Named("X-1", "Blue mug", "70001"),)
    chat.answers |= {opening.led_to: Led(), titled.named_in: (), search.search: NOTHING}
    shared(chat, Attachment(type="template", products=(product,))).hears("couldn't find “Blue mug” here")


def test_what_is_gone_is_said() -> None:
    chat = Chat(SHOP)
    chat.answers[opening.led_to] = Led(goods=Goods(9, is_sold=False))
    chat.arrives("product_9").hears("no longer sold here")
    chat.answers[opening.led_to] = Led(goods=Goods(9))
    chat.answers[products.product] = UnknownProduct()
    chat.arrives("product_9").hears("no longer sold here")
    chat.answers[opening.led_to] = Led()
    chat.arrives("product_" + "9" * 1990).hears("no longer sold here")
    chat.arrives("promo_GONE").hears("promo is no longer here")
    chat.arrives("category_gone").hears("no longer here")


def test_a_promo_is_there_at_checkout() -> None:
    chat = Chat(SHOP)
    chat.answers[opening.led_to] = Led(promo=PROMO, now_runs=True)
    chat.arrives("promo_WELCOME10").hears("WELCOME10", "at checkout")
    assert chat.draft.promo_code == "WELCOME10"
    chat = Chat(SHOP)
    chat.answers[opening.led_to] = Led(promo=PROMO, now_runs=False)
    chat.arrives("promo_WELCOME10").hears("can't be used right now")
    assert chat.draft == Draft()
    chat.answers[opening.led_to] = Led(goods=Goods(7), promo=PROMO, now_runs=True)
    chat.arrives("product_7_promo_WELCOME10").hears("WELCOME10", "A sturdy mug.")
    assert chat.draft.promo_code == "WELCOME10"


def test_in_checkout_nothing_is_lost() -> None:
    draft = Draft(recipient="Ana", city="Marikina")
    chat = Chat(SHOP, state=AskingPhone(), draft=draft).arrives("facebook_ad_3").hears("Which number")
    chat.says("https://x.example/mug").hears("can't open links", "Which number")
    chat.answers[opening.led_to] = Led(promo=PROMO, now_runs=True)
    chat.arrives("promo_WELCOME10").hears("WELCOME10", "Which number")
    assert chat.draft == msgspec.structs.replace(draft, promo_code="WELCOME10")
    chat.answers[opening.led_to] = Led(goods=Goods(7))
    assert chat.arrives("product_7").state == ViewingProduct(product_id=7)
    assert chat.draft.recipient == "Ana"
    typed(Chat(SHOP, state=AskingPhone(), draft=draft), "0917 123 4567", ReferralDetails(ref="xmas")).hears(
        "house number"
    )


def test_a_cart_is_taken_with_its_note_and_asked_about() -> None:
    cart = SendCart(
        page_id="1", psid="2", sent_at=datetime(2026, 11, 28, tzinfo=UTC), note=" Pa-gift wrap po ",
        products=(OrderedProduct(id="7", retailer_id="KIT-1", name="Blue mug", unit_price="99", quantity=2),),
    )  # fmt: skip
    chat = Chat(SHOP).does(cart).hears("1 piece is ready", "Pa-gift wrap po", "Your cart")
    assert (chat.state, chat.draft.note) == (ReviewingCart(), "Pa-gift wrap po")
    line = SentLine(code="KIT-1", facebook_id="7", title="Blue mug", quantity=2, unit_price="99")
    assert chat.asked(sent_carts.take_cart)["lines"] == (line,)
    chat.answers |= {
        sent_carts.take_cart: TakenCart(
            cart=NO_CART, put=0, differences=(Difference(why="variant", name="Linen shirt", product_id=8, wanted=3),)
        ),
        products.product: SHIRT,
    }
    assert chat.does(cart).hears("please choose", "Which size").state == ChoosingVariant(product_id=8)
    many = tuple(Difference(why="unknown", name=f"Thing number {one} <b>{'x' * 300}") for one in range(100))
    chat.answers[sent_carts.take_cart] = TakenCart(cart=CART, put=1, differences=many)
    chat.does(cart).hears("more")


def test_our_own_card_sent_back_is_its_product() -> None:
    chat = Chat(SHOP)
    ours = msgspec.convert(
        {"type": "template", "cards": [{"title": "Blue mug", "payloads": ["open_product:7"]}]}, Attachment
    )
    shared(chat, ours, text="available pa po?").hears("A sturdy mug.")
    assert chat.asked(products.product)["product_id"] == MUG.id
    chat = Chat(SHOP)
    chat.answers[opening.pictured] = 7
    chat.sends("image", url="https://shop.example/mug.jpg").hears("A sturdy mug.")
    chat.answers[opening.pictured] = None
    chat.sends("image", url="https://scontent.xx.fbcdn.net/v/1.jpg").hears("can't see pictures")
    assert not [asked for asked in chat.asks if asked.function is opening.pictured]


def test_a_referral_with_nothing_in_it_is_a_welcome() -> None:
    Chat(SHOP).does(Referral(page_id="1", psid="2", sent_at=NOON, referral=ReferralDetails())).hears("Welcome")
