"""What the tools write besides words: cards, taps, wordings, calls; each carried over, or told of with its line."""

import json
from pathlib import Path

import pytest

from bot.workshop.replay.carried import carried
from bot.workshop.replay.foreign.reading import Asked, ForeignError, Reading
from bot.workshop.replay.foreign.recognise import groups, read
from handlers.transcripts.reading import parse
from handlers.transcripts.writing import written

ANA, SHOP = {"id": "u1", "name": "Ana", "role": "user"}, {"id": "b1", "name": "Shop", "role": "bot"}
CARDS = [
    {
        "contentType": "application/vnd.microsoft.card.hero",
        "content": {
            "title": "Mug",
            "subtitle": "P120",
            "buttons": [{"type": "postBack", "title": "Add", "value": "ADD:1"}],
        },
    },
    {"contentType": "application/vnd.microsoft.card.thumbnail", "content": {"title": "Plate"}},
]
PICTURE = {"contentType": "image/jpeg", "contentUrl": "https://x.test/1.jpg"}


def brought(folder: Path, name: str, text: str) -> tuple[Reading, list[tuple[str, list[list[str]]]], list[str]]:
    """A file's reading, what becomes of its first conversation, and all that is told of it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    reading = read(groups(file)[0], Asked())
    transcript, notes = carried(file, reading.conversations[0])
    exchanges = parse(written(transcript)).exchanges
    told = [note.shown().removeprefix(f"{file}, ") for note in (*reading.notes, *notes)]
    return reading, [(each.did, each.answers) for each in exchanges], told


def test_cards_and_taps_of_bot_framework(tmp_path: Path) -> None:
    said = [
        {"type": "message", "from": ANA, "text": "mug"},
        {"type": "message", "from": SHOP, "attachments": CARDS, "attachmentLayout": "carousel"},
        {"type": "message", "from": ANA, "text": "ADD:1", "channelData": {"postBack": True}},
        {"type": "message", "from": SHOP, "text": "Added"},
        {"type": "message", "from": ANA, "attachments": [PICTURE, PICTURE]},
        {"type": "message", "from": ANA, "text": "resibo", "attachments": [{"contentType": "application/pdf"}]},
        {"type": "messageReaction", "from": ANA, "reactionsAdded": [{"type": "like"}]},
    ]
    reading, exchanges, told = brought(tmp_path, "a.transcript", json.dumps({"activities": said}, indent=1))
    assert [turn.text for turn in reading.conversations[0].turns] == ["mug", None, "ADD:1", "Added", None, "resibo"]
    assert exchanges == [
        ("mug", [["(card) Mug · P120", "[Add]", "(card) Plate"]]),
        ("[Add]", [["Added"]]),
        ("(pictures 2)", []),
        ("(file) resibo", []),
    ]
    assert told == ["line 96: messageReaction is not carried over: the turn before it stands as it was sent."]


BOTIUM = (
    "Asks\n\n#me\nUTT_HI\n\n#bot\nHello\n\n#bot\n!Sorry\n\n#bot\n?By the way\n\n#me\nBUTTON Menu\n\n#me\nMEDIA a.mp3\n"
)


def test_wordings_marks_and_media_of_botium(tmp_path: Path) -> None:
    (tmp_path / "hi.utterances.txt").write_text("UTT_HI\nmagandang araw po\nhi\n", encoding="utf-8")
    _, exchanges, told = brought(tmp_path, "a.convo.txt", BOTIUM)
    assert exchanges == [
        ("magandang araw po", [["Hello"], ["By the way"]]),
        ("[Menu]", []),
        ("(voice)", []),
    ]
    assert [each.partition(":")[0] for each in told] == ["line 1", "line 3", "line 9", "line 12"]
    assert "several wordings" in told[1]
    assert "must not be said" in told[2]
    assert "stricter" in told[3]


def test_botium_as_json_has_buttons_in_small_letters(tmp_path: Path) -> None:
    convo = {"name": "a", "steps": [{"me": ["hi"]}, {"bot": ["Hello", {"buttons": ["Menu", "Cart"]}]}]}
    reading, exchanges, _ = brought(tmp_path, "a.json", json.dumps({"convos": [convo]}))
    assert reading.format == "BotiumScript in JSON"
    assert exchanges == [("hi", [["Hello", "[Menu] [Cart]"]])]


STORIES = """## buys
<!-- two
lines -->
* greet: hello po
  - utter_greet
* order{"product": "mug"}: isang [mug](product)
  - order_form
  - form{"name": "order_form"}
  - slot{"size": "L"}
  - form{"name": null}
> paid
* affirm OR thank
  - utter_bye
"""


def test_stories_of_rasa_in_markdown(tmp_path: Path) -> None:
    reading, exchanges, told = brought(tmp_path, "stories.md", STORIES)
    turns = reading.conversations[0].turns
    assert [(turn.by, turn.text, turn.intent or turn.action) for turn in turns] == [
        ("shopper", "hello po", "greet"),
        ("bot", None, "utter_greet"),
        ("shopper", "isang mug", "order"),
        ("bot", None, "order_form"),
        ("shopper", None, "affirm"),
        ("bot", None, "utter_bye"),
    ]
    assert turns[2].slots == {"product": "mug", "size": "L"}
    assert turns[3].form == "order_form opens, then closes"
    assert [did for did, _ in exchanges] == ["hello po", "isang mug"]
    assert [each.partition(":")[0] for each in told] == ["line 11", "line 12", "line 12", "line 12", "line 5"]
    (tmp_path / "README.md").write_text("## Stories\n\nThese are stories.\n", encoding="utf-8")
    assert groups(tmp_path) == [[tmp_path / "stories.md"]]


def test_what_facebook_writes_in_somebodys_place_is_no_turn(tmp_path: Path) -> None:
    def says(seconds: int, who: str, **more: object) -> dict[str, object]:
        return {"sender_name": who, "timestamp_ms": seconds * 1000, **more}

    ana = "Ana Ñora".encode().decode("latin-1")
    chat = {
        "participants": [{"name": ana}, {"name": "Tindahan"}],
        "title": ana,
        "messages": [
            says(9, ana, content="Ana missed your call.", call_duration=0),
            says(8, ana, content="Reacted \u00e2\u009d\u00a4 to your message "),
            says(7, ana, content=f"{ana} unsent a message"),
            says(6, ana, content=f"{ana} sent a photo.", photos=[{"uri": "1.jpg"}]),
            says(5, ana, audio_files=[{"uri": "1.mp4"}]),
            says(4, "Tindahan", content="Opo"),
            says(3, ana, content="may mug po?", photos=[{"uri": "2.jpg"}]),
        ],
    }
    reading, exchanges, _ = brought(tmp_path, "message_1.json", json.dumps(chat))
    assert exchanges == [("(picture) may mug po?", [["Opo"]]), ("(voice)", []), ("(picture)", [])]
    assert reading.ignored == [
        "an unsent message, no content × 1",
        "a reaction as a line of its own × 1",
        "a call × 1",
    ]


def test_a_download_as_pages_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "start_here.html").write_text("<html></html>", encoding="utf-8")
    page = tmp_path / "message_1.html"
    page.write_text("<html><body>Ana</body></html>", encoding="utf-8")
    assert groups(tmp_path) == [[page]]
    with pytest.raises(ForeignError, match="in the format JSON"):
        read([page], Asked())
