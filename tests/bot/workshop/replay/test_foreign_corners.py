"""Corners of the other tools' forms: read as their own programs read them, and what is lost is told with its line."""

import json
from pathlib import Path

import pytest

from bot.workshop.replay.carried import carried
from bot.workshop.replay.foreign.reading import Asked, Reading
from bot.workshop.replay.foreign.recognise import groups, read
from handlers.transcripts.reading import parse
from handlers.transcripts.writing import written

ANA, BEN = ({"id": name, "name": name, "role": "user"} for name in ("Ana", "Ben"))
SHOP = {"id": "b1", "name": "Shop", "role": "bot"}
HERO = "application/vnd.microsoft.card.hero"

Acts = list[tuple[str, str, list[list[str]]]]


def brought(folder: Path, files: dict[str, str], shop: str = "") -> tuple[Reading, Acts, list[str]]:
    """The reading of the first conversation in some files, what becomes of it, and what is told of it."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = groups(folder)[0]
    reading = read(paths, Asked(shop=shop))
    transcript, notes = carried(paths[0], reading.conversations[0])
    exchanges = parse(written(transcript)).exchanges
    told = [f"{note.line}: {note.words}" for note in (*reading.notes, *notes)]
    return reading, [(each.who, each.did, each.answers) for each in exchanges], told


def activities(*some: dict[str, object]) -> dict[str, str]:
    return {"a.transcript": "\n".join(json.dumps(each) for each in some) + "\n"}


def test_bot_framework_two_shoppers_untitled_cards_and_pictures(tmp_path: Path) -> None:
    card = {
        "text": "Which?",
        "buttons": [{"type": "messageBack", "title": "Red", "text": "red po", "value": {"id": 1}}],
    }
    picture = {"contentType": "image/png", "contentUrl": "data:image/png;base64,AA"}
    _, acts, told = brought(
        tmp_path,
        activities(
            {"type": "message", "from": ANA, "text": "mug"},
            {"type": "message", "from": SHOP, "attachments": [{"contentType": HERO, "content": card}]},
            {"type": "message", "from": BEN, "text": "red po", "value": {"id": 1}},
            {"type": "delay", "value": 2000, "from": SHOP},
            {"type": "message", "from": SHOP, "attachments": [picture, {"contentType": "audio/mpeg"}]},
            {"type": "message", "from": SHOP, "text": "k", "channelData": {"attachment": {"type": "template"}}},
            {"type": "message", "from": ANA, "attachments": [{"contentType": "image"}]},
        ),
    )
    assert acts == [
        ("", "mug", [["Which?", "[Red]"]]),
        ("Ben", "[Red]", [["(picture)"], ["k"]]),
        ("", "(picture)", []),
    ]
    assert told == [
        "6: What is sent by channelData only (attachment) is left out.",
        "5: What the bot sends (voice) is a remark, not compared.",
    ]


def test_bot_framework_of_the_emulators_log_and_of_facebooks_quick_replies(tmp_path: Path) -> None:
    said = {"type": "message", "from": SHOP, "text": "Size?", "channelData": {"quick_replies": [{"title": "S"}]}}
    log = [
        {"type": "activity add", "activity": {"type": "message", "from": ANA, "text": "hi"}},
        {"type": "activity add", "activity": said},
    ]
    reading, acts, told = brought(tmp_path, {"a.transcript": json.dumps(log)})
    assert acts == [("", "hi", [["Size?", "[S]"]])]
    assert not told
    assert not reading.ignored


BOTIUM = (
    "Buys\nwhat it tests\n\n#me\nUTT_HI\n\n#bot\nUTT_HELLO\n?BUTTONS A|B\nMEDIA a.jpg\n\n#me\nBUTTON PAY:1|Pay now\n\n"
    "#bot\nYours: $code of $now\n\n#me\n$code from $city\nMEDIA a\\|b.jpg\n"
)


def test_botium_marks_bars_wordings_and_variables(tmp_path: Path) -> None:
    beside = {
        "h.utterances.txt": "UTT_HI\nhi po\nhello\n",
        "i.utterances.txt": "UTT_HELLO\nHello!\nHi!\n",
        "m.scriptingmemory.txt": "     |$city\none  |Cebu\n",
        "z.convo.txt": BOTIUM,
    }
    reading, acts, told = brought(tmp_path, beside)
    assert acts == [
        ("", "hi po", [["Hello!"]]),
        ("", "[Pay now]", [["Yours: $code of $now"]]),
        ("", "(picture) $code from $city", []),
    ]
    turns = reading.conversations[0].turns
    assert (turns[2].text, turns[2].button) == ("PAY:1", True)
    assert (turns[3].binds, turns[4].uses, turns[4].attachments) == (["code"], ["code", "city"], ["a|b.jpg"])
    lines = [each.partition(":")[0] for each in told]
    assert lines == ["1", "1", "4", "9", "10", "7", "15", "15", "18"]
    assert "Botium itself puts something in for $now" in "".join(told)


PARTS = "partialConvos:\n- name: pays\n  steps:\n  - me: [gcash]\n  - bot: [Paid]\nutterances:\n  HI: [hi po, hello]\n"
CONVO = """convos:
- name: buys
  steps:
  - me: [HI]
  - bot:
    - Hello
    - asserter: BUTTONS
      args: [Menu, Cart]
    - asserter: TEXT
      args: [Sorry]
      not: true
      optional: true
  - include: [pays]
  - me:
    - userinput: MEDIA
      args: [a.jpg]
    - logichook: PAUSE
      args: [50]
"""


def test_botium_in_yaml_with_parts_and_wordings_in_another_file(tmp_path: Path) -> None:
    reading, acts, told = brought(tmp_path, {"convos.yml": CONVO, "more.yml": PARTS})
    assert acts == [
        ("", "hi po", [["Hello", "[Menu] [Cart]"]]),
        ("", "gcash", [["Paid"]]),
        ("", "(picture)", []),
    ]
    turns = reading.conversations[0].turns
    assert turns[1].check == 'optional: not the text "Sorry"'
    assert turns[-1].pause_ms == 50
    assert any(each.startswith("9: ?!TEXT Sorry cannot be carried over") for each in told)
    assert groups(tmp_path) == [[tmp_path / "convos.yml"]]


STORIES = """version: '3.1'
rules:
- rule: first
  condition:
  - slot_was_set: [{open: true}]
  wait_for_user_input: false
  steps:
  - action: ...
  - user: |
      hi from [cebu]{"entity": "city", "role": "from", "value": "Cebu"}
    intent: greet
    entities:
    - city: Cebu
    - mood: glad
    - name
  - checkpoint: told
    slot_was_set: [{x: 1}]
  - or:
    - slot_was_set: [{a: 1}]
    - slot_was_set: [{a: 2}]
  - bot: |
      two
      lines
"""


def test_rasa_conditions_checkpoints_and_entities_beside_the_words(tmp_path: Path) -> None:
    reading, acts, told = brought(tmp_path, {"a.yml": STORIES})
    assert acts == [("", "hi from cebu", [["two", "lines"]])]
    turn = reading.conversations[0].turns[0]
    assert turn.entities == [["city", "cebu", "Cebu"], ["mood", "glad", "glad"], ["name", "", ""]]
    assert turn.slots == {"x": 1, "a": 1}
    assert told == [
        "8: What may go before is not told (...): left out.",
        "16: The checkpoint 'told' joins stories, which stay apart here: left out.",
        "18: Of several that may stand here the first was taken; left out: a = 2.",
        "3: condition, wait_for_user_input cannot be carried over: left out.",
    ]


def test_a_test_case_of_rasa_pro_is_typed_as_it_stands(tmp_path: Path) -> None:
    steps = (
        "  - user: see [this](https://x.test) po\n    metadata: m\n  - utter: utter_ok\n"
        "  - user: /yes\n    assertions:\n    - bot_uttered: {utter_name: utter_yes}\n"
    )
    _, acts, told = brought(tmp_path, {"e2e.yml": f"test_cases:\n- test_case: a\n  steps:\n{steps}"})
    assert acts == [("", "see [this](https://x.test) po", [])]
    assert [each.partition(":")[0] for each in told] == ["2", "7", "6", "7"]
    assert "names only, such as 'utter_ok'" in "".join(told)


def facebook(who: str, content: str, second: int, **more: object) -> dict[str, object]:
    """A message as Facebook writes it: UTF-8 as Latin-1 letters."""
    wrong = {"sender_name": who.encode().decode("latin-1"), "content": content.encode().decode("latin-1")}
    return {**wrong, "timestamp_ms": second * 1000, "is_geoblocked_for_viewer": False, **more}


@pytest.mark.parametrize(
    "told",
    [
        "Niña Cruz set the emoji to 🌸.",
        "Niña Cruz set your nickname to Suki.",
        "Niña Cruz changed the theme to Love.",
        "Niña Cruz pinned a message.",
        "You named the group Suki.",
        "Niña Cruz replied to an ad.",
        "The video chat ended.",
        "Say hi to your new Facebook friend, Niña.",
        "Liked a message",
    ],
)
def test_what_facebook_tells_in_somebodys_name_is_no_turn(tmp_path: Path, told: str) -> None:
    said = [
        facebook("Tindahan", "Opo", 3, reactions=[{"reaction": "x", "actor": "y", "timestamp": 5}]),
        facebook("Niña Cruz", told, 2),
        facebook("Niña Cruz", "Niña Cruz po ito, changed na number ko", 1),
    ]
    people = [{"name": "Niña Cruz".encode().decode("latin-1")}, {"name": "Tindahan"}]
    chat = {"participants": people, "title": people[0]["name"], "messages": said}
    reading, acts, _ = brought(tmp_path, {"message_1.json": json.dumps(chat, indent=1)})
    assert acts == [("", "Niña Cruz po ito, changed na number ko", [["Opo"]])]
    assert len(reading.ignored) == 1
    assert [turn.line for turn in reading.conversations[0].turns] == [31, 12]


def test_a_group_and_an_encrypted_chat_with_a_number_behind_its_name(tmp_path: Path) -> None:
    def says(who: str, text: str, second: int, **more: object) -> dict[str, object]:
        return {"senderName": who, "text": text, "timestamp": second, "type": "text", "isUnsent": False, **more}

    said = [
        says("Niña", "hi po", 1),
        says("Shop", "Opo", 2),
        says("Niña", "", 3, media=[{"uri": "./media/a.mp4"}]),
    ]
    two = {"participants": ["Niña", "Shop"], "threadName": "Niña_12", "messages": said}
    assert brought(tmp_path, {"nina.json": json.dumps(two)})[1] == [("", "hi po", [["Opo"]]), ("", "(video)", [])]
    (tmp_path / "nina.json").unlink()
    group = {**two, "participants": ["Niña", "Ben", "Shop"], "messages": [*said, says("Ben", "ako rin", 4)]}
    acts = brought(tmp_path, {"group.json": json.dumps(group)}, shop="Shop")[1]
    assert acts[-1] == ("Ben", "ako rin", [])
