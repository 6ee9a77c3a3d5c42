"""Whatever a shopper does is written down as the act that does it again."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.messenger.event import Event
from bot.messenger.events import (
    AttachmentMessage,
    CustomerInformation,
    MessageEdit,
    Postback,
    QuickReply,
    Reaction,
    Referral,
    SendCart,
    TextMessage,
    Unsend,
    Unsupported,
)
from bot.messenger.page_events import Feedback
from bot.messenger.parts import (
    Answer,
    Attachment,
    Booking,
    OrderedProduct,
    ReferralDetails,
    SharedCard,
    SharedProduct,
)
from handlers.transcripts.acts import act
from handlers.transcripts.deeds import Deeds
from replies.payloads import CODEC
from replies.taps import GetStarted, OpenCart


def made(kind: Callable[..., Event], **facts: object) -> Event:
    return kind(page_id="1", psid="2", sent_at=datetime(2026, 11, 30, tzinfo=UTC), **facts)


def sent(*attachments: Attachment, text: str = "") -> Event:
    return made(AttachmentMessage, mid="m", attachments=attachments, text=text)


def details(**other: str) -> ReferralDetails:
    return ReferralDetails(**other)


@pytest.mark.parametrize(
    ("event", "written"),
    [
        (made(TextMessage, mid="m", text="[mug]"), "\\[mug]"),
        (made(TextMessage, mid="m", text="mine po", reply_to="m1"), '(reply "Blue mug") mine po'),
        (
            made(TextMessage, mid="m", text="hi", referral=details(ad_id="9", ad_title="Sale", post_id="1_2")),
            '(ad "Sale" ad="9" post="1_2") hi',
        ),
        (made(TextMessage, mid="m", text="hi", referral=details(product_id="KIT-001")), "(shop KIT-001) hi"),
        (made(Referral, referral=details(ref="promo_SUKI50")), '(link "promo_SUKI50")'),
        (made(Postback, mid="m", title="Get Started", payload=CODEC.pack(GetStarted())), "[Get Started]"),
        (made(Postback, mid="m", title="Cart", payload=CODEC.pack(OpenCart())), "[menu: Cart]"),
        (made(Postback, mid="m", title="View cart", payload=CODEC.pack(OpenCart())), "[View cart]"),
        (made(QuickReply, mid="m", text="+639171234567", payload="+639171234567"), "+639171234567"),
        (made(MessageEdit, mid="m", text="kettle"), "(edit) kettle"),
        (made(Unsend, mid="m"), "(unsend)"),
        (made(Reaction, mid="m1", emoji="👎"), "(react 👎)"),
        (made(Unsupported, mid="m"), "(unsupported)"),
        (sent(Attachment(type="image"), text="bayad na po"), "(picture) bayad na po"),
        (sent(Attachment(type="image"), Attachment(type="image")), "(pictures 2)"),
        (sent(Attachment(type="audio")), "(voice)"),
        (sent(Attachment(type="sticker", sticker_id="369239263222822")), "(like)"),
        (sent(Attachment(type="sticker", sticker_id="8")), "(sticker)"),
        (sent(Attachment(type="location", latitude=14.5547, longitude=121.0244)), "(location 14.5547 121.0244)"),
        (
            sent(Attachment(type="post", title="Sale (now)", post_id="77"), text="hm?"),
            '(post "Sale (now)" id="77") hm?',
        ),
        (
            sent(Attachment(type="template", products=(SharedProduct(retailer_id="9000", title="Blue mug"),))),
            '(product 9000="Blue mug")',
        ),
        (sent(Attachment(type="template", cards=(SharedCard(title="Blue mug"),)), text="hm"), '(card "Blue mug") hm'),
        (sent(Attachment(type="x", booking=Booking(status="requested", starts=5))), '(booking requested at="5")'),
        (
            made(
                SendCart,
                products=(
                    OrderedProduct(retailer_id="KIT-001", unit_price="149.0", currency="PHP", quantity=2),
                    OrderedProduct(retailer_id="9", name="Lamp", unit_price="12.5", currency="USD"),
                ),
                note="wrap it",
            ),
            '(cart 2xKIT-001@149.00 1x9@12.50USD="Lamp" note="wrap it")',
        ),
        (
            made(
                CustomerInformation, answers=(Answer(key="name", value="Ana Cruz"), Answer(key="phone", value="0917"))
            ),
            '(form name="Ana Cruz" phone="0917")',
        ),
    ],
)
def test_an_event_is_written_as_the_act_that_brings_it(event: Event, written: str) -> None:
    did, remarks = Deeds(frozenset({"Cart"}), {"m1": "Blue mug"}).of(event)
    assert did == written
    assert all("An older message" in each for each in remarks)
    first = written.lstrip("\\[(").split(")")[0].split(" ")[0].split(":")[0]
    assert act(did).kind in (first, "text", "tap", "start")


def test_only_the_newest_message_can_be_changed_without_a_remark() -> None:
    deeds = Deeds(frozenset(), {})
    deeds.of(made(TextMessage, mid="m", text="mug"))
    assert deeds.of(made(MessageEdit, mid="m", text="kettle")) == ("(edit) kettle", [])
    assert deeds.of(made(Unsend, mid="older"))[1] == ["# An older message was taken back than the newest."]


def test_what_no_transcript_can_hold_is_said() -> None:
    did, remarks = Deeds(frozenset(), {}).of(made(Feedback, answers=()))
    assert (did, remarks) == ("(unsupported)", ["# Here came Feedback, which no transcript can hold."])
