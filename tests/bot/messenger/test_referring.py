"""Where an event comes from, read from webhook bodies as Facebook writes them."""

from datetime import UTC, datetime

import msgspec
import pytest

from bot.messenger.decode import decode_body
from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage
from bot.messenger.referring import Came, Shared, came_from
from tests.support.workers.rows import rows

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
AD = {
    "ref": "mug", "ad_id": 6045, "source": "ADS", "type": "OPEN_THREAD",
    "ads_context_data": {"ad_title": "Blue mug", "photo_url": "https://x.example/1.jpg", "post_id": "1_77"},
}  # fmt: skip


def told(**item: object) -> Event:
    whole = {"sender": {"id": "2"}, "recipient": {"id": "1"}, "timestamp": 1764331200000, **item}
    body = msgspec.json.encode({"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [whole]}]})
    (event,) = decode_body(body, NOW)
    return event


def a_message(**fields: object) -> Event:
    return told(message={"mid": "m", **fields})


def attached(kind: str, text: str = "", **payload: object) -> Event:
    return a_message(attachments=[{"type": kind, "payload": payload}], **({"text": text} if text else {}))


FROM_AD = Came(kind="ad", ref="mug", ad_id="6045", ad_title="Blue mug", post_id="77", titles=("Blue mug",))
POST = {"url": "https://facebook.com/1/posts/555", "title": "Payday sale"}


@rows(
    ("event", "came"),
    [
        (told(referral=AD), FROM_AD),
        (told(message={"mid": "m", "text": "hi", "referral": AD}), FROM_AD),
        (told(message={"mid": "m", "text": "hi"}, referral=AD), FROM_AD),
        (told(postback={"mid": "m", "title": "Get Started", "payload": "x", "referral": AD}), FROM_AD),
        (told(referral={"ref": "mug", "source": "SHORTLINK"}), Came(kind="link", ref="mug")),
        (a_message(text="hi", referral={"product": {"id": 99}}), Came(kind="shop", goods=(Shared("99"),))),
        (attached("post", **POST, id=5), Came(kind="post", post_id="5", titles=("Payday sale",))),
        (attached("reel", title="A reel", reel_video_id=6), Came(kind="post", post_id="6", titles=("A reel",))),
        (attached("reel", title="https://x.example/a", reel_video_id="6"), Came(kind="post", post_id="6")),
        (attached("fallback", **POST), Came(kind="post", post_id="555", titles=("Payday sale",))),
        (attached("fallback", url="https://x.example", title="A lamp"), Came(titles=("A lamp",))),
        (
            attached("template", product={"elements": [{"retailer_id": "KIT-1", "title": "Mug"}, {"id": 2}]}),
            Came(kind="product", goods=(Shared("KIT-1", "Mug"), Shared("2"))),
        ),
        (
            attached("template", template_type="generic", elements=[{"title": "Mug", "buttons": None}]),
            Came(kind="card", goods=(Shared(title="Mug"),)),
        ),
        (a_message(text="hm https://www.facebook.com/t/posts/123456"), Came(kind="post", post_id="123456")),
        (a_message(text="m.me/t?ref=mug"), Came(kind="link", ref="mug")),
        (a_message(text="https://x.example/mug"), Came()),
        (told(order={"products": [{"retailer_id": "KIT-1"}]}), Came(kind="cart")),
        (told(optin={"ref": "mug"}), Came(kind="link", ref="mug")),
    ],
)  # fmt: skip
def test_each_way_in(event: Event, came: Came) -> None:
    assert came_from(event) == came


@pytest.mark.parametrize(
    "event",
    [
        a_message(text="hi"),
        a_message(text="https://maps.app.goo.gl/abCd"),
        attached("image", url="https://x.example/1.jpg"),
        told(referral={}),
        told(referral={"source": None, "ads_context_data": None}),
        told(postback={"title": "Menu", "payload": "x"}),
        told(read={"watermark": 1}),
    ],
)
def test_what_says_nothing_of_it(event: Event) -> None:
    assert came_from(event) is None


def test_a_sticker_in_two_shapes_is_one() -> None:
    payload = {"url": "https://x.example/s.png", "sticker_id": 369239263222822}
    both = [{"type": kind, "payload": payload} for kind in ("image", "sticker")]
    event = a_message(attachments=both)
    assert isinstance(event, AttachmentMessage)
    assert [one.type for one in event.attachments] == ["sticker"]
    assert event.is_like


def test_a_booking_has_its_times_in_seconds() -> None:
    event = attached("appointment_booking", booking_id=7, status="requested", start_time=1_765_000_000, timezone="X")
    assert isinstance(event, AttachmentMessage)
    booking = event.attachments[0].booking
    assert booking is not None
    assert (booking.id, booking.starts, booking.ends) == ("7", 1_765_000_000, 0)
