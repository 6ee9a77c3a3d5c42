"""What a shopper does, as the steps hear it."""

import msgspec
import pytest

from bot.language.texts import is_filipino, is_question, is_yes
from bot.messenger.event import Event
from bot.messenger.events import (
    AttachmentMessage,
    CustomerInformation,
    MessageEdit,
    Optin,
    Postback,
    QuickReply,
    Reaction,
    Referral,
    SendCart,
    TextMessage,
    Unsend,
    Unsupported,
)
from bot.messenger.parts import Attachment, Booking, OrderedProduct, ReferralDetails, SharedCard, SharedProduct
from bot.messenger.referring import Shared
from dialogs.engine.claimed import Gives
from dialogs.engine.heard import SentLike, SentPictures, SentSomethingElse, TappedUnknown, Typed, WhichOne, Wished
from dialogs.engine.sent import Arrived, Booked, Edited, FilledIn, Reacted, SentCart, SentPlace, TookBack
from dialogs.engine.state import Idle
from dialogs.reading.commands import COMMANDS, find
from dialogs.reading.context import Context, Offered
from dialogs.reading.hear import hear
from dialogs.states import AskingPhone
from replies.codec import Tap
from replies.payloads import CODEC
from replies.taps import (
    AddToCart,
    BrowseCategories,
    Cancel,
    Checkout,
    EmptyCart,
    GetStarted,
    GoBack,
    Help,
    MyOrders,
    OpenCart,
    OpenMenu,
    OpenProduct,
    PickLine,
    SetLanguage,
    Skip,
    TalkToPerson,
)
from tests.support.chat import NOON
from tests.support.workers.rows import rows


def an_event(kind: type[Event], **fields: object) -> Event:
    return kind(page_id="1", psid="2", sent_at=NOON, **fields)  # type: ignore[arg-type]  # each test gives its kind's own


def typed(text: str, *offered: Offered) -> msgspec.Struct:
    return hear(an_event(TextMessage, text=text), Context(offered=offered))


def on_offer(*taps: tuple[str, Tap]) -> tuple[Offered, ...]:
    return tuple(Offered(title=title, payload=CODEC.pack(tap)) for title, tap in taps)


@rows(
    ("text", "tap"),
    [
        ("menu", OpenMenu()), ("  MENU!! ", OpenMenu()), ("menu po", OpenMenu()), ("mneu", OpenMenu()),
        ("menuu", OpenMenu()), ("back to menu", OpenMenu()), ("cancle", Cancel()), ("wag na", Cancel()),
        ("never mind", Cancel()),
        ("help", Help()), ("hlep", Help()), ("tulong po", Help()), ("?", Help()), ("back", GoBack()),
        ("balik po", GoBack()),
        ("bcak", GoBack()), ("cart", OpenCart()), ("show my cart please", OpenCart()), ("cart ko", OpenCart()),
        ("edit my cart po", PickLine()),
        ("alisin lahat", EmptyCart()), ("check out", Checkout()),
        ("chekout", Checkout()), ("checkout na po", Checkout()),
        ("my orders", MyOrders()),
        ("my order", MyOrders()), ("ordres", MyOrders()), ("mga order ko", MyOrders()),
        ("products", BrowseCategories()),
        ("ano po tinda nyo?", BrowseCategories()), ("catgories", BrowseCategories()),
        ("get started", GetStarted(typed=True)),
        ("tagalog", SetLanguage(language="fil")), ("Filipino please", SetLanguage(language="fil")),
        ("english", SetLanguage(language="en")), ("in English po", SetLanguage(language="en")),
    ],
)  # fmt: skip
def test_command_words_in_two_languages_and_with_slips(text: str, tap: Tap) -> None:
    assert typed(text) == tap


@pytest.mark.parametrize("text", ["cancel", "Cancel po", "cancel na lang po", "kansela"])
def test_cancel_is_of_an_order_where_nothing_else_is_under_way(text: str) -> None:
    assert typed(text) == Wished(text=text, wish="cancel")
    event = an_event(TextMessage, text=text)
    assert hear(event, Context(state=AskingPhone())) == Cancel()


@rows(
    "text",
    [
        "menu board",
        "bank",
        "card",
        "care",
        "men",
        "kelp",
        "black",
        "candle",
        "chart",
        "hello",
        "12 Mabini St",
        "Carlo Back",
        "cart for groceries",
        "helper",
        "order number 5",
        "COD",
        "yes",
        "San Roque",
        "pack",
        "bag",
        "shoes",
    ],
)
def test_other_words_are_no_commands(text: str) -> None:
    assert typed(text) == Typed(text=text)


def test_every_command_is_found_by_its_own_words() -> None:
    for words, tap in COMMANDS.items():
        assert find(words) == tap


def test_typing_what_stands_on_a_button_is_tapping_it() -> None:
    offered = on_offer(("🛒 My cart", OpenCart()), ("Yes, empty it", Skip()), ("‹ Back", GoBack()))
    assert typed("yes empty it", *offered) == Skip()
    assert typed("2", *offered) == Skip()
    assert typed("#3", *offered) == GoBack()
    assert typed("4", *offered) == Typed(text="4")


def test_a_number_counts_the_products_where_some_are_shown() -> None:
    offered = on_offer(
        ("More ›", OpenMenu()), ("Add to cart", AddToCart(7)), ("Details", OpenProduct(7)),
        ("Add to cart", AddToCart(8)),
        ("Details", OpenProduct(8)),
    )  # fmt: skip
    assert typed("2", *offered) == OpenProduct(8)
    assert isinstance(typed("add to cart", *offered), WhichOne), "which of them is not said"


def test_a_number_is_itself_where_numbers_are_offered() -> None:
    offered = on_offer(("1", Skip()), ("5", GoBack()), ("10", Help()))
    assert typed("5", *offered) == GoBack()
    assert typed("2", *offered) == Typed(text="2")


def test_taps() -> None:
    assert hear(an_event(Postback, payload="open_product:7", title="Details")) == OpenProduct(7)
    assert hear(an_event(QuickReply, payload="PRODUCT_7", text="Blue mug")) == OpenProduct(7)
    assert hear(an_event(Postback, payload="gone", title="Big sale")) == TappedUnknown(title="Big sale")
    assert hear(an_event(Postback, payload="gone", title="Main menu")) == OpenMenu()
    assert hear(an_event(Postback)) == TappedUnknown(title="")
    assert hear(an_event(QuickReply, payload="gone", text="Big sale")) == TappedUnknown(title="Big sale")


def test_a_phone_or_email_reply_is_what_it_holds() -> None:
    assert hear(an_event(QuickReply, payload="+639171234567", text="+639171234567")) == Gives(text="+639171234567")
    assert hear(an_event(QuickReply, payload="ana@mail.example", text="ana@mail.example")) == Typed(
        text="ana@mail.example"
    )
    assert hear(an_event(QuickReply, payload="", text="Blue")) == Typed(text="Blue")


def test_links() -> None:
    came = ReferralDetails(ref="p7")
    assert hear(an_event(Referral, referral=came)) == Arrived(ref="p7")
    assert hear(an_event(Postback, payload="get_started", referral=came)) == Arrived(ref="p7")
    assert hear(an_event(Postback, payload="get_started")) == GetStarted()
    assert hear(an_event(Postback, payload="X1", title="I'm interested", referral=came)) == Arrived(
        ref="p7", text="I'm interested"
    )
    assert hear(an_event(Postback, payload="open_menu", title="Menu", referral=came)) == OpenMenu()
    for text in ("is this available?", "menu", "yes", "hi, interested", "👍"):
        assert hear(an_event(TextMessage, text=text, referral=came)) == Arrived(ref="p7", text=text)
    assert hear(an_event(TextMessage, text="talk to a person", referral=came)) == TalkToPerson()
    assert hear(an_event(TextMessage, text="menu", referral=ReferralDetails(ref="xmas"))) == OpenMenu()
    assert hear(an_event(Optin, ref="p7")) == Arrived(ref="p7")


def test_attachments() -> None:
    def sent(*kinds: str, text: str = "") -> msgspec.Struct:
        attachments = tuple(Attachment(type=kind, url="https://x.example/1") for kind in kinds)
        return hear(an_event(AttachmentMessage, attachments=attachments, text=text))

    assert sent("image", "image") == SentPictures(urls=("https://x.example/1",) * 2)
    assert sent("sticker") == SentLike(is_sticker=True)
    like = Attachment(type="sticker", sticker_id="369239263222822")
    assert hear(an_event(AttachmentMessage, attachments=(like,))) == SentLike()
    assert sent("audio") == SentSomethingElse(kind="audio")
    assert sent("location") == SentSomethingElse(kind="location")
    assert sent("image", text="meron kayo nito?") == Typed(text="meron kayo nito?")
    assert sent() == SentSomethingElse(kind="unsupported")
    shared = Attachment(type="template", products=(SharedProduct(retailer_id="KIT-1"), SharedProduct(id="9")))
    goods = (Shared(code="KIT-1"), Shared(code="9"))
    assert hear(an_event(AttachmentMessage, attachments=(shared,))) == Arrived(goods=goods)
    place = Attachment(type="location", latitude=14.599512, longitude=120.984222)
    assert hear(an_event(AttachmentMessage, attachments=(place,))) == SentPlace(pin="14.599512,120.984222")
    booking = Booking(id="b1", status="requested", starts=1_765_000_000)
    booked = Attachment(type="appointment_booking", booking=booking)
    assert hear(an_event(AttachmentMessage, attachments=(booked,))) == Booked(booking=booking)
    card = SharedCard(title="Blue mug", payloads=(CODEC.pack(OpenProduct(product_id=7)),))
    ours = Attachment(type="template", cards=(card,))
    assert hear(an_event(AttachmentMessage, attachments=(ours,), text="hm?")) == Arrived(
        goods=(Shared(title="Blue mug"),), products=(7,), text="hm?"
    )


def test_the_rest() -> None:
    cart = SendCart(
        page_id="1", psid="2", sent_at=NOON, products=(OrderedProduct(retailer_id="KIT-1"), OrderedProduct())
    )
    assert hear(cart) == SentCart(lines=cart.products)
    assert hear(an_event(Unsupported)) == SentSomethingElse(kind="unsupported")
    assert hear(an_event(CustomerInformation, answers=())) == FilledIn(answers=())
    for name, emoji, is_bad in (
        ("love", "❤", False),
        ("dislike", "👎", True),
        ("other", "👎🏽", True),
        ("", "", False),
    ):
        assert hear(an_event(Reaction, mid="m", reaction=name, emoji=emoji)) == Reacted(is_bad=is_bad)
    assert hear(an_event(MessageEdit, mid="m", text=" mugs "), Context(edited=Idle())) == Edited("mugs", Idle())
    assert hear(an_event(Unsend, mid="m")) == TookBack()
    assert typed("👍🏽") == SentLike()
    assert typed("   ") == SentSomethingElse(kind="unsupported")
    assert typed("😂") == Typed(text="😂")
    assert typed("x" * 5000) == Typed(text="x" * 2000)
    assert hear(an_event(TextMessage, text="", command="menu")) == OpenMenu()


@pytest.mark.parametrize(
    "text", ["yes", "Oo po", "sige na po", "OK confirm!", "go", "confirm my order please", "oo sige go"]
)
def test_yes(text: str) -> None:
    assert is_yes(text)


@pytest.mark.parametrize(
    "text", ["no", "hindi po", "yes but change the address", "okra", "po", "", "yes yes yes yes yes yes yes yes"]
)
def test_not_yes(text: str) -> None:
    assert not is_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "magkano po shipping",
        "hm",
        "May COD ba kayo",
        "How much",
        "pwede ba gcash",
        "ok?",
        "do you ship",
        "asan na po yung order ko",
    ],
)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "12 Mabini St, Brgy San Roque",
        "Ana Bautista",
        "Purok 3 sa may kanto",
        "Barangay Bagumbayan",
        "Asan Norte",
        "San Roque",
        "",
    ],
)
def test_no_questions(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text", ["Magkano po ang mug?", "meron kayong tsinelas", "salamat po", "pwede ba cod", "kumusta"]
)
def test_filipino(text: str) -> None:
    assert is_filipino(text)


@pytest.mark.parametrize("text", ["how much is the mug", "blue mug", "tsinelas", "ang", "hello", "Sa", "thanks", ""])
def test_not_clearly_filipino(text: str) -> None:
    assert not is_filipino(text)
