"""Every limit of Messenger's reference: the largest that passes, the smallest that does not."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messenger.checks import check_send, violations
from tests.bot.messenger.sendable import (
    POSTBACK,
    URL,
    Message,
    attached,
    button,
    card,
    lines,
    link,
    quick,
    receipt,
    send,
    template,
    text,
)
from tests.support.workers.rows import rows

PRIVACY = {"url": URL}
TWO: list[object] = [{"url": URL}, {"url": URL}]
QUESTIONS = [{"questions": [{"id": "q", "type": "csat"}]}]


def grid(**element: object) -> Message:
    """An image grid whose one element holds two pictures, and whatever is given."""
    return template("image_grid", elements=[{"images": TWO, **element}])


def acting(**action: object) -> Message:
    """An image grid with a picture that does something."""
    return grid(images=[*TWO, {"url": URL, "action": action}])


LIMITS: list[tuple[str, Callable[[int], Message], int]] = [
    ("text: fewer than 2000 characters", lambda n: text("₱" * n), 1999),
    ("metadata: fewer than 1000 characters", lambda n: text(metadata="x" * n), 999),
    ("13 quick replies", lambda n: text(quick_replies=quick()["quick_replies"][:1] * n), 13),  # type: ignore[index]
    ("quick reply title: 20", lambda n: quick(title="ñ" * n), 20),
    ("quick reply payload: 1000", lambda n: quick(payload="x" * n), 1000),
    ("10 cards", lambda n: template("generic", elements=[{"title": "Mug", "image_url": URL}] * n), 10),
    ("card title: 80", lambda n: card(title="x" * n), 80),
    ("card subtitle: 80", lambda n: card(subtitle="x" * n), 80),
    ("3 buttons on a card", lambda n: card(buttons=[POSTBACK] * n), 3),
    ("button template text: 640", lambda n: template("button", text="x" * n, buttons=[POSTBACK]), 640),
    ("3 buttons below a text", lambda n: template("button", text="x", buttons=[POSTBACK] * n), 3),
    ("button title: 20", lambda n: button(title="😍" * n), 20),
    ("button payload: 1000", lambda n: button(payload="x" * n), 1000),
    ("30 images", lambda n: {"attachments": [{"type": "image", "payload": {"url": URL}}] * n}, 30),
    ("1 element of media", lambda n: template("media", elements=[{"media_type": "image", "attachment_id": 5}] * n), 1),
    ("100 receipt lines", lambda n: receipt(elements=lines(n)), 100),
    ("10 catalogue products", lambda n: template("product", elements=[{"id": "1"}] * n), 10),
    ("6 images in a grid", lambda n: grid(images=[{"url": URL}] * n), 6),
    ("title of a grid: 45", lambda n: grid(title="x" * n), 45),
    ("one-time notification title: 65", lambda n: template("one_time_notif_req", title="x" * n, payload="p"), 65),
    (
        "a form open for 7 days",
        lambda n: template("customer_information", countries=["PH"], business_privacy=PRIVACY, expires_in_days=n),
        7,
    ),
]

GOOD: list[Message] = [
    text(),
    quick(image_url=URL, title="", payload=""),
    quick(image_url=URL),
    text(quick_replies=[{"content_type": "user_phone_number"}, {"content_type": "user_email"}]),
    attached("image", url=URL),
    attached("image", url="http://127.0.0.1:8080/mug.png", is_reusable=True),
    attached("file", attachment_id="88001"),
    attached("video", attachment_id=88001),
    card(default_action={"type": "web_url", "url": URL}),
    link(webview_height_ratio="compact", webview_share_button="hide"),
    link(messenger_extensions=True, fallback_url=URL),
    button(type="phone_number", payload="+639171234567"),
    button(type="account_unlink"),
    button(type="account_link", url=URL),
    template("media", elements=[{"media_type": "video", "url": "https://www.facebook.com/v/1", "buttons": [POSTBACK]}]),
    receipt(),
    receipt(summary={"total_cost": "339.50", "subtotal": 0, "shipping_cost": 59.99, "total_tax": 1}),
    receipt(timestamp="1795579200", order_url=URL, elements=[{"title": "x", "price": 0, "image_url": URL}]),
    receipt(adjustments=[{"name": "PROMO", "amount": 20}]),
    receipt(address={"street_1": "a", "city": "b", "postal_code": "c", "state": "d", "country": "PH"}),
    receipt(adjustments=[{"name": "PROMO", "amount": -20}, {"name": "PROMO", "amount": "-20.50"}]),
    template("coupon", title="10 off", coupon_code="TEN"),
    {"sticker_id": 767226160478561},
    grid(),
    grid(title="Mugs", subtitle="In three colours", buttons=[POSTBACK]),
    grid(images=[{"url": URL, "is_hero_image": True}, *TWO]),
    acting(type="web_url", url=URL),
    acting(type="postback", payload="P", text="This one"),
    template("customer_feedback", title="How?", feedback_screens=QUESTIONS, business_privacy=PRIVACY),
]

BAD: list[Message] = [
    {},
    text(""),
    text(" \n"),
    text(7),
    text(None),
    {**text(), **attached("image", url=URL)},
    text(metadata=7),
    text(quick_replies=[]),
    text(quick_replies="menu"),
    text(quick_replies=[None]),
    quick(title=""),
    quick(title=None),
    quick(payload=None),
    quick(payload=""),
    quick(content_type="location"),
    quick(content_type=["text"]),
    quick(image_url="mug.png"),
    attached("image"),
    attached("image", url=URL, attachment_id="1"),
    attached("image", url="ftp://x.example/"),
    attached("image", url="https://"),
    attached("image", url="https://[/"),
    attached("image", url=7),
    attached("image", attachment_id=""),
    attached("sticker", url=URL),
    {"attachment": "image"},
    {"attachments": [{"type": "video", "payload": {"url": URL}}]},
    {"attachments": [{"type": "image", "payload": {}}]},
    template("list", elements=[]),
    template("airline_boardingpass"),
    attached("template", template_type=["generic"]),
    template("generic"),
    template("generic", elements=[]),
    template("generic", elements=["Mug"]),
    template("generic", elements=[{"title": "Mug"}]),
    card(title=""),
    card(subtitle=7),
    card(image_url="mug.png"),
    card(default_action={"type": "web_url", "url": URL, "title": "Open"}),
    card(default_action={"type": "postback"}),
    card(buttons=[]),
    button(title=""),
    button(title=None),
    button(payload=None),
    button(type="element_share"),
    button(type="payment"),
    button(type=["postback"]),
    button(type="phone_number", payload="09171234567"),
    button(type="account_link", url="http://x.example/"),
    link(url=None),
    link(url="javascript:alert(1)"),
    link(webview_height_ratio="huge"),
    link(webview_share_button="show"),
    link(fallback_url=URL),
    template("button", text="x", buttons=[]),
    template("button", text="", buttons=[POSTBACK]),
    template("media", elements=[{"media_type": "audio", "attachment_id": "1"}]),
    template("media", elements=[{"media_type": "image", "url": "https://evilfacebook.com/x"}]),
    template("media", elements=[{"media_type": "image"}]),
    receipt(recipient_name=""),
    receipt(order_number=None),
    receipt(payment_method=" "),
    receipt(currency="pesos"),
    receipt(summary={}),
    receipt(summary={"total_cost": -1}),
    receipt(summary={"total_cost": 1.005}),
    receipt(summary={"total_cost": "1,200.00"}),
    receipt(summary={"total_cost": float("nan")}),
    receipt(summary={"total_cost": True}),
    receipt(timestamp="1795579200000"),
    receipt(address={"street_1": "a"}),
    receipt(adjustments=[{"name": "PROMO"}]),
    receipt(elements=[{"title": "", "price": 1}]),
    receipt(elements=[{"title": "x"}]),
    template("product", elements=[{}]),
    template("coupon", title="10 off"),
    template("customer_information", countries=[], business_privacy=PRIVACY),
    template("customer_feedback", title="How?", feedback_screens=[{"questions": []}], business_privacy=PRIVACY),
    template("image_grid", elements=[{"image_url": URL}] * 3),
    template("image_grid", elements=[{"images": TWO}] * 2),
    grid(images=TWO[:1]),
    grid(images=[{"url": URL, "is_hero_image": True}] * 2),
    grid(buttons=[{"type": "phone_number", "title": "Call", "payload": "+639171234567"}]),
    acting(type="postback", payload="P"),
    acting(type="web_url", url=URL, text="This one"),
    acting(type="phone_number", payload="+639171234567"),
    {"sticker_id": "thumbs"},
    {"sticker_id": 767226160478561, "metadata": "turn-1"},
    {"sticker_id": 767226160478561, **text()},
    text(colour="red"),
    quick(colour="red"),
    button(colour="red"),
    card(colour="red"),
    receipt(colour="red"),
    receipt(adjustments=[{"name": "PROMO", "amount": "--20"}]),
]


@rows(("make", "most"), [row[1:] for row in LIMITS], ids=[row[0] for row in LIMITS])
def test_each_limit(make: Callable[[int], Message], most: int) -> None:
    assert check_send(send(make(most))) is None
    fault = check_send(send(make(most + 1)))
    assert fault is not None
    assert (fault.code, fault.status) == (100, 400)


@rows("message", GOOD)
def test_what_messenger_takes(message: Message) -> None:
    assert violations(send(message)) == []


@rows("message", BAD)
def test_what_messenger_refuses(message: Message) -> None:
    fault = check_send(send(message))
    assert fault is not None
    assert (fault.code, fault.subcode, fault.status) == (100, 0, 400)
    assert violations(send(message))[0] == fault


def test_a_fault_repeats_nothing_of_what_was_written() -> None:
    for fault in violations(send(text("secret words" * 400), messaging_type="secret", tag="secret")):
        assert "secret" not in fault.message


@st.composite
def bent(draw: st.DrawFn) -> object:
    """A good send with something replaced by anything else."""
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
        max_leaves=4,
    )

    def bend(value: object) -> object:
        if draw(st.integers(0, 9)) == 0:
            return draw(anything)
        if isinstance(value, dict):
            return {key: bend(inner) for key, inner in value.items()}
        return [bend(inner) for inner in value] if isinstance(value, list) else value

    return bend(send(draw(st.sampled_from(GOOD))))


@given(bent())
@settings(max_examples=400)
def test_no_body_upsets_the_checks(body: object) -> None:
    if isinstance(body, dict):
        assert all(fault.code == 100 for fault in violations(body))
