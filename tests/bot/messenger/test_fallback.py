"""What is said where Facebook cannot fetch a picture."""

from bot.messenger.fallback import without_media

QUICK = [{"content_type": "text", "title": "Menu", "payload": "m"}]


def test_a_picture_becomes_its_address_and_keeps_what_can_be_tapped() -> None:
    message = {"attachment": {"type": "image", "payload": {"url": "https://x.example/1.jpg"}}, "quick_replies": QUICK}
    assert without_media(message) == {"text": "https://x.example/1.jpg", "quick_replies": QUICK}


def test_cards_lose_their_pictures_only() -> None:
    cards = [{"title": "Mug", "image_url": "https://x.example/1.jpg", "buttons": []}, {"title": "Pan"}]
    message = {"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": cards}}}
    said = without_media(message)
    assert said is not None
    assert said["attachment"] == {
        "type": "template",
        "payload": {"template_type": "generic", "elements": [{"title": "Mug", "buttons": []}, {"title": "Pan"}]},
    }
    assert without_media(said) is None


def test_what_holds_nothing_to_fetch_has_no_other_form() -> None:
    for message in (
        {"text": "hi"},
        {"attachment": {"type": "image", "payload": {"attachment_id": "1"}}},
        {"attachment": {"type": "template", "payload": {"template_type": "button", "text": "x"}}},
        {"attachment": "odd"},
        {"attachment": {"type": "template", "payload": {"elements": ["odd"]}}},
    ):
        assert without_media(message) is None
