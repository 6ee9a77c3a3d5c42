"""Webhook bodies become the events that they stand for."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.messenger.decode import NotAPage, NotJsonObject, decode_body
from bot.messenger.events import (
    AttachmentMessage,
    Comment,
    CustomerInformation,
    DashboardTest,
    Delivery,
    Echo,
    Event,
    Feedback,
    MessageEdit,
    Optin,
    PolicyEnforcement,
    Postback,
    QuickReply,
    Reaction,
    Read,
    Referral,
    SendCart,
    TextMessage,
    ThreadControl,
    Unknown,
    Unsend,
    Unsupported,
)
from tests.bot.messenger.bodies import OWN

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PAGE = "104512236677889"
ANA = "7301928374650192"


def only(name: str) -> Event:
    (event,) = decode_body(OWN[name], NOW)
    return event


def test_a_text_has_its_words_and_its_time() -> None:
    event = only("text")
    assert isinstance(event, TextMessage)
    assert (event.page_id, event.psid, event.standby, event.undated) == (PAGE, ANA, False, False)
    assert event.text == "Magkano po yung blue mug? <3 100% cute 😍 ana@example.com"
    assert event.sent_at == datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)


def test_a_reply_an_ad_and_a_shop_page_say_what_the_text_is_about() -> None:
    reply, ad, shop, command = map(only, ("text_reply", "text_from_ad", "text_from_shop_page", "text_command"))
    assert isinstance(reply, TextMessage)
    assert reply.reply_to == "m_QS_card"
    assert isinstance(ad, TextMessage)
    assert ad.referral is not None
    assert (ad.referral.source, ad.referral.ad_id, ad.referral.product_id) == ("ADS", "120200000000000001", "55001")
    assert isinstance(shop, TextMessage)
    assert shop.referral is not None
    assert shop.referral.product_id == "55002"
    assert isinstance(command, TextMessage)
    assert command.command == "orders"


def test_a_text_with_a_link_stays_a_text() -> None:
    event = only("text_with_link")
    assert isinstance(event, TextMessage)
    assert event.text == "eto po https://example.com/mug"
    assert [attachment.url for attachment in event.attachments] == ["https://example.com/mug"]


def test_taps_carry_their_payload() -> None:
    quick_reply, phone, postback, started = map(
        only, ("quick_reply", "quick_reply_phone", "postback", "get_started_from_link")
    )
    assert isinstance(quick_reply, QuickReply)
    assert (quick_reply.text, quick_reply.payload) == ("Menu", "menu")
    assert isinstance(phone, QuickReply)
    assert phone.payload == "+639171234567"
    assert isinstance(postback, Postback)
    assert (postback.title, postback.payload) == ("Add to cart", "add_to_cart:7")
    assert isinstance(started, Postback)
    assert started.referral is not None
    assert started.referral.ref == "mugs-sale"


def test_attachments_keep_what_they_show() -> None:
    images, location, link = map(only, ("images", "location_old_shape", "link_null_payload"))
    assert isinstance(images, AttachmentMessage)
    assert images.text == "bayad na po"
    assert [attachment.type for attachment in images.attachments] == ["image", "image"]
    assert images.attachments[0].url == "https://cdn.example.com/proof-1.jpg?oh=1"
    assert isinstance(location, AttachmentMessage)
    assert (location.attachments[0].latitude, location.attachments[0].longitude) == (14.5547, 121.0244)
    assert isinstance(link, AttachmentMessage)
    assert (link.attachments[0].url, link.attachments[0].title) == ("https://example.com/", "A page")


def test_a_sticker_is_a_sticker_in_both_shapes_and_a_like_is_known() -> None:
    sticker, like = only("sticker"), only("like_old_shape")
    assert isinstance(sticker, AttachmentMessage)
    assert isinstance(like, AttachmentMessage)
    assert [sticker.attachments[0].type, like.attachments[0].type] == ["sticker", "sticker"]
    assert (sticker.is_like, like.is_like) == (False, True)


def test_shared_products_name_our_articles() -> None:
    event = only("products")
    assert isinstance(event, AttachmentMessage)
    assert [(product.id, product.retailer_id) for product in event.products] == [
        ("55001", "MUG-BLU"),
        ("55003", "MUG-RED"),
    ]


def test_a_cart_from_facebooks_shop_has_its_lines() -> None:
    event = only("send_cart")
    assert isinstance(event, SendCart)
    assert [(line.retailer_id, line.unit_price, line.quantity) for line in event.products] == [
        ("MUG-BLU", "120", 2),
        ("MUG-RED", "99.50", 1),
    ]
    assert event.note == "pa-gift wrap po"


def test_forms_have_their_answers() -> None:
    form, feedback, verdict = map(only, ("customer_information", "messaging_feedback", "response_feedback"))
    assert isinstance(form, CustomerInformation)
    assert {answer.key: answer.value for answer in form.answers}["locality"] == "Makati"
    assert isinstance(feedback, Feedback)
    assert [(a.key, a.type, a.value, a.comment) for a in feedback.answers] == [("q1", "csat", "4", "ang bilis")]
    assert isinstance(verdict, Feedback)
    assert (verdict.mid, verdict.verdict) == ("m_QS_out_1", "Good response")


def test_echoes_tell_who_wrote_and_to_whom() -> None:
    ours, persons, shown = map(only, ("echo", "echo_of_a_person", "echo_template"))
    assert isinstance(ours, Echo)
    assert (ours.page_id, ours.psid, ours.app_id, ours.metadata) == (PAGE, ANA, "900100200300400", "out-17")
    assert isinstance(persons, Echo)
    assert (persons.app_id, persons.metadata) == ("263902037430900", "")
    assert isinstance(shown, Echo)
    assert shown.attachments[1].attachment_id == "88001"


def test_a_message_from_the_page_itself_is_never_a_turn() -> None:
    body = OWN["text"].replace(ANA.encode(), PAGE.encode())
    (event,) = decode_body(body, NOW)
    assert isinstance(event, Echo)
    assert event.psid == ""


def test_changes_of_a_message_name_it() -> None:
    edit, unsend, reaction = map(only, ("edit", "unsend", "reaction"))
    assert isinstance(edit, MessageEdit)
    assert (edit.mid, edit.num_edit, edit.text) == ("m_QS_edited", 2, "2 po pala")
    assert isinstance(unsend, Unsend)
    assert unsend.mid == "m_QS_taken_back"
    assert isinstance(reaction, Reaction)
    assert (reaction.mid, reaction.action, reaction.reaction, reaction.emoji) == ("m_QS_card", "react", "love", "❤️")


def test_receipts_of_messages_have_a_watermark() -> None:
    delivery, read = only("delivery"), only("read")
    watermark = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert isinstance(delivery, Delivery)
    assert delivery.mids == ("m_QS_out_1", "m_QS_out_2")
    assert delivery.watermark == watermark + timedelta(milliseconds=800)
    assert isinstance(read, Read)
    assert read.watermark == watermark + timedelta(milliseconds=900)


def test_conversations_change_hands() -> None:
    passed, taken, asked, roles = map(
        only, ("pass_thread_control", "take_thread_control", "request_thread_control", "app_roles")
    )
    assert isinstance(passed, ThreadControl)
    assert (passed.action, passed.new_owner_app_id, passed.previous_owner_app_id) == ("pass", "900100200300400", "")
    assert isinstance(taken, ThreadControl)
    assert (taken.action, taken.previous_owner_app_id) == ("take", "900100200300400")
    assert isinstance(asked, ThreadControl)
    assert (asked.action, asked.requested_owner_app_id) == ("request", "900100200300400")
    assert isinstance(roles, ThreadControl)
    assert [(role.app_id, role.role) for role in roles.roles] == [("900100200300400", "primary_receiver")]


def test_the_merchants_news_arrives() -> None:
    policy, comment, test, referral, optin = map(
        only, ("policy_enforcement_hyphen", "comment", "dashboard_test", "referral", "optin_one_time")
    )
    assert isinstance(policy, PolicyEnforcement)
    assert (policy.action, policy.reason) == ("block", "Spam.")
    assert isinstance(comment, Comment)
    assert (comment.verb, comment.comment_id, comment.post_id, comment.text) == ("add", "1_2", "9_1", "hm po")
    assert isinstance(test, DashboardTest)
    assert test.field == "messages"
    assert isinstance(referral, Referral)
    assert referral.referral.ref == "mugs-sale"
    assert isinstance(optin, Optin)
    assert (optin.type, optin.token, optin.payload) == ("one_time_notif_req", "tok-1", "notify:7")


def test_numbers_where_strings_belong_and_seconds_are_understood() -> None:
    event = only("numbers_and_seconds")
    assert isinstance(event, TextMessage)
    assert (event.page_id, event.psid, event.mid, event.text) == (PAGE, ANA, "12345", "2026")
    assert event.sent_at == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def test_half_an_emoji_is_replaced_and_the_rest_of_the_text_kept() -> None:
    event = only("half_emoji")
    assert isinstance(event, TextMessage)
    assert event.text == "kalahati \ufffd lang"


def test_an_unknown_item_keeps_its_json() -> None:
    event = only("unknown_kind")
    assert isinstance(event, Unknown)
    assert '"calls":{"call_id":"c1","event":"terminate"}' in event.item
    assert event.psid == ANA


def test_a_bad_item_keeps_its_json_too() -> None:
    events = decode_body(OWN["batch_with_bad_items"], NOW)
    kept = [event.item for event in events if isinstance(event, Unknown)]
    assert kept[:6] == ["null", "7", '"x"', "[]", "{}", '{"sender":"nobody","message":"nothing"}']
    assert kept[-1] == '"not an entry"'
    assert [type(event) for event in events if event.is_turn] == [TextMessage, Unsupported]


@pytest.mark.parametrize(
    ("item", "entry", "expected"),
    [
        (1795492801000, 1795492800000, datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)),
        (1795492801, 1795492800000, datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)),
        ("1795492801000", 1795492800000, datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)),
        (None, 1795492800000, datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        (0, 1795492800, datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        ("soon", "1795492800", datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        (-5, None, NOW),
        (True, [], NOW),
        (10**30, 10**400, NOW),
        (9_999_999_999_999, "1e400", NOW),
    ],
)
def test_the_time_is_the_items_else_the_entrys_else_that_of_receipt(
    item: object, entry: object, expected: datetime
) -> None:
    one = {"sender": {"id": "1"}, "recipient": {"id": "2"}, "timestamp": item, "message": {"mid": "m", "text": "x"}}
    body = json.dumps({"object": "page", "entry": [{"id": "2", "time": entry, "messaging": [one]}]}).encode()
    (event,) = decode_body(body, NOW)
    assert event.sent_at == expected
    assert event.undated == (expected == NOW)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"7", b'"page"', b"\xff\xfe{}", b'{"object":"page"', b"object=page", b"{}x"]
)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(NotJsonObject):
        decode_body(body, NOW)


@pytest.mark.parametrize(
    "body", [b"{}", b'{"object":null}', b'{"object":"instagram","entry":[]}', b'{"object":["page"]}', OWN["instagram"]]
)
def test_what_is_not_about_a_page_is_refused(body: bytes) -> None:
    with pytest.raises(NotAPage):
        decode_body(body, NOW)


@pytest.mark.parametrize("entry", [b"", b',"entry":null', b',"entry":[]'])
def test_a_page_without_news_has_no_events(entry: bytes) -> None:
    assert decode_body(b'{"object":"page"' + entry + b"}", NOW) == ()
