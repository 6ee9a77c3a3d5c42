"""What is said where Facebook does not take something as it is."""

from bot.messenger.fallback import with_plain_facts, without_media
from bot.messenger.utility import message as template_of

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


def test_facts_of_a_template_become_plain_once() -> None:
    message = template_of("on_its_way", "en", {"item": "Tasa ☕ “Navy” ₱799 [XL]", "name": "Niño D'Cruz", "mark": "★"})
    plain = with_plain_facts(message)
    assert plain == template_of(
        "on_its_way", "en", {"item": "Tasa Navy PHP 799 XL", "name": "Niño D'Cruz", "mark": "-"}
    )
    assert with_plain_facts(plain) is None


def test_what_is_no_template_has_no_plainer_form() -> None:
    for message in ({"text": "★"}, {"template": "odd"}, {"template": {"components": ["odd", {"parameters": "odd"}]}}):
        assert with_plain_facts(message) is None
