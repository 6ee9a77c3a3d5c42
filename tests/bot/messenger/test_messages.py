"""What is constructed can be sent: no wording makes Messenger refuse a message."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messenger.checks import check_message
from bot.messenger.messages import (
    Adjustment,
    Buttons,
    Card,
    Cards,
    EmailQuickReply,
    Message,
    PhoneButton,
    PhoneQuickReply,
    Picture,
    PostbackButton,
    QuickReplyOption,
    Receipt,
    ReceiptAddress,
    ReceiptLine,
    Text,
    UrlButton,
    split,
)

LONG = ["", " ", "x" * 3000, "₱" * 900, "👨‍👩‍👧‍👦" * 90]
words = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(LONG)
payloads = st.from_regex(r"[a-z]{1,9}(:\d{1,4})?", fullmatch=True)
urls = st.just("https://shop.example.com/a?b=c")
options = st.builds(QuickReplyOption, words, payloads, st.just("") | urls) | st.just(PhoneQuickReply())
choices = st.lists(options | st.just(EmailQuickReply()), max_size=15).map(tuple)
button = (
    st.builds(UrlButton, words, urls, st.sampled_from(["", "tall"]))
    | st.builds(PostbackButton, words, payloads)
    | st.builds(PhoneButton, words, st.just("+639171234567"))
)
buttons = st.lists(button, max_size=5).map(tuple)
cards = st.builds(Card, words, words, urls, buttons, st.just("") | urls)
money = st.decimals(0, 10**8, places=3)
lines = st.builds(ReceiptLine, words, money, words, st.integers(1, 99), st.just("") | urls)
receipts = st.builds(
    Receipt,
    recipient_name=words,
    order_number=payloads,
    currency=st.just("PHP"),
    payment_method=words,
    total_cost=money,
    lines=st.lists(lines, max_size=4).map(tuple) | lines.map(lambda line: (line,) * 120),
    subtotal=st.none() | money,
    shipping_cost=st.none() | money,
    total_tax=st.none() | money,
    adjustments=st.lists(st.builds(Adjustment, payloads, money), max_size=2).map(tuple),
    address=st.none() | st.builds(ReceiptAddress, words, words, words, st.just("PH"), words, words),
    ordered_at=st.none() | st.just(datetime(2026, 11, 25, tzinfo=UTC)),
    order_url=st.just("") | urls,
    merchant_name=words,
)
messages = (
    st.builds(Text, words, choices)
    | st.builds(Buttons, words, buttons, choices)
    | st.builds(Cards, st.lists(cards, min_size=1, max_size=12).map(tuple), choices)
    | st.builds(Picture, url=urls, quick_replies=choices, reusable=st.booleans())
    | st.builds(Picture, attachment_id=st.just("88001"))
    | receipts
)


@given(messages)
@settings(max_examples=300)
def test_every_message_is_within_messengers_limits(message: Message) -> None:
    payload = message.payload()
    assert check_message(payload) == []
    assert msgspec.json.decode(msgspec.json.encode(payload)) == payload


def test_a_text_with_choices() -> None:
    message = Text(
        "Anong hanap mo?", (QuickReplyOption("Mugs", "category:1", "https://x.example/m.png"), PhoneQuickReply())
    )
    assert message.payload() == {
        "text": "Anong hanap mo?",
        "quick_replies": [
            {
                "content_type": "text",
                "title": "Mugs",
                "payload": "category:1",
                "image_url": "https://x.example/m.png",
            },
            {"content_type": "user_phone_number"},
        ],
    }
    assert Text(text="hi").payload() == {"text": "hi"}


def test_buttons_below_a_text() -> None:
    message = Buttons(
        "Your cart", (PostbackButton("Checkout", "checkout"), UrlButton("Track", "https://x.example/", "tall"))
    )
    assert message.payload() == {
        "attachment": {
            "type": "template",
            "payload": {
                "template_type": "button",
                "text": "Your cart",
                "buttons": [
                    {"type": "postback", "title": "Checkout", "payload": "checkout"},
                    {
                        "type": "web_url",
                        "title": "Track",
                        "url": "https://x.example/",
                        "webview_height_ratio": "tall",
                    },
                ],
            },
        }
    }
    assert Buttons("Your cart", ()).payload() == {"text": "Your cart"}


def test_a_card_keeps_its_default_action() -> None:
    card = Card(
        "Blue mug", "₱120.00", "https://x.example/m.png", (PostbackButton("Add", "add:7"),), "https://x.example/7"
    )
    (element,) = msgspec.to_builtins(Cards((card,)).payload())["attachment"]["payload"]["elements"]
    assert element == {
        "title": "Blue mug",
        "subtitle": "₱120.00",
        "image_url": "https://x.example/m.png",
        "default_action": {"type": "web_url", "url": "https://x.example/7"},
        "buttons": [{"type": "postback", "title": "Add", "payload": "add:7"}],
    }


def test_a_receipt_adds_up_in_messengers_words() -> None:
    receipt = Receipt(
        recipient_name="Ana Reyes",
        order_number="ORD-20261125-7KQ2",
        currency="PHP",
        payment_method="Cash on delivery",
        total_cost=Decimal("339.50"),
        subtotal=Decimal("259.5"),
        shipping_cost=Decimal(100),
        adjustments=(Adjustment("MUGS20", Decimal("20.00")),),
        lines=(ReceiptLine("Blue mug", Decimal(240), "2 pieces", 2), ReceiptLine("Coaster", Decimal("19.50"))),
        address=ReceiptAddress("12 Mabini", "Makati", "Metro Manila", "PH", street_2="Poblacion"),
        ordered_at=datetime(2026, 11, 25, 4, 0, 0, 999_999, tzinfo=UTC),
    )
    payload = msgspec.to_builtins(receipt.payload())["attachment"]["payload"]
    assert payload["summary"] == {"subtotal": 259.5, "shipping_cost": 100.0, "total_cost": 339.5}
    assert payload["adjustments"] == [{"name": "MUGS20", "amount": 20.0}]
    assert payload["elements"][0] == {
        "title": "Blue mug",
        "subtitle": "2 pieces",
        "quantity": 2,
        "price": 240.0,
        "currency": "PHP",
    }
    assert payload["address"]["postal_code"] == "-"
    assert payload["timestamp"] == "1795579200"


def test_a_long_text_becomes_several_and_the_last_keeps_the_choices() -> None:
    choices = (QuickReplyOption("Menu", "menu"),)
    parts = split(Text("Kumusta po kayo ngayon? " * 200, choices))
    assert len(parts) == 3
    assert [part.quick_replies for part in parts] == [(), (), choices]
    assert all(check_message(part.payload()) == [] and not str(part.payload()["text"]).endswith("…") for part in parts)
    assert split(Text("short", choices)) == [Text("short", choices)]


def test_what_could_not_be_shown_cannot_be_constructed() -> None:
    with pytest.raises(ValueError, match="more than a title"):
        Card("Blue mug", " ")
    with pytest.raises(ValueError, match="needs a card"):
        Cards(())
    with pytest.raises(ValueError, match="either"):
        Picture()
    with pytest.raises(ValueError, match="either"):
        Picture(url="https://x.example/m.png", attachment_id="1")
    with pytest.raises(ValueError, match="1001 bytes"):
        PostbackButton("Add", "x" * 1001)
    with pytest.raises(ValueError, match="1200 bytes"):
        QuickReplyOption("Add", "₱" * 400)
