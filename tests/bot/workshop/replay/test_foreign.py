"""Conversations of other tools: read as the files beside them say, and refused with their line."""

import json
from pathlib import Path

import pytest

from bot.workshop.replay.carried import carried
from bot.workshop.replay.foreign.reading import Asked, ForeignError, Reading, as_json
from bot.workshop.replay.foreign.recognise import groups, read
from handlers.transcripts.reading import parse
from handlers.transcripts.writing import written
from tests.support.workers.rows import rows

FORMATS = Path(__file__).resolve().parents[5] / "shared" / "data" / "conversation_formats"
KEPT = sorted(FORMATS.glob("*.reading.json"))
COMPARED = {"by", "text", "typing", "quick_replies", "attachments", "attachment", "layout", "button", "assertions"} | {
    *("binds", "uses", "intent", "entities", "slots", "action", "form", "event", "variables", "pause_ms", "delay_ms"),
    *("photos", "sticker", "share", "reactions", "at"),
}


def reading(path: Path, asked: Asked | None = None) -> Reading:
    return read(groups(path)[0], asked or Asked())


def wrote(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@rows("kept", KEPT, ids=lambda kept: kept.name.removesuffix(".reading.json"))
def test_what_other_tools_wrote_reads_as_it_was_meant(kept: Path) -> None:
    file = kept.parent / kept.name.removesuffix(".reading.json")
    if file.suffix == ".blob":
        with pytest.raises(ForeignError, match=r"line 1: .* Export them as JSON"):
            reading(file)
        return
    come = json.loads(as_json(reading(file)))["conversations"]
    meant = json.loads(kept.read_text(encoding="utf-8"))["conversations"]
    assert [_compared(each) for each in come] == [_compared(each) for each in meant]


def _compared(conversation: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    return [{key: value for key, value in turn.items() if key in COMPARED} for turn in conversation["turns"]]


BOTIUM = "Buys a mug\n\n#me\nmug\n\n#bot\n??Really\nsure\n\n#bot\n!Sorry\n\n#me\nfine\nINCLUDE Pays\nTEXT_IC x\n"


def test_marks_and_missing_parts_of_botium_are_said_with_their_line(tmp_path: Path) -> None:
    read_ = reading(wrote(tmp_path, "buys.convo.txt", BOTIUM))
    turns = read_.conversations[0].turns
    assert [(turn.by, turn.text) for turn in turns] == [
        ("shopper", "mug"),
        ("bot", "?Really\nsure"),
        ("bot", "Sorry"),
        ("shopper", "fine"),
    ]
    assert turns[2].check == "negated: ! = must not be this"
    assert [note.line for note in read_.notes] == [1, 16, 13]
    assert "'Pays' is not beside this file" in read_.notes[-1].words


def test_two_stories_of_one_name_stay_two_and_yes_is_a_word(tmp_path: Path) -> None:
    steps = "[{user: Yes}, {bot: 'No'}]"
    text = f"test_cases:\n- test_case: a\n  steps: {steps}\n- test_case: a\n  steps: {steps}\n"
    conversations = reading(wrote(tmp_path, "e2e.yml", text)).conversations
    assert [(each.name, each.turns[0].text) for each in conversations] == [("a", "Yes"), ("a", "Yes")]


ENCRYPTED = {
    "participants": ["Suki", "Ñora"],
    "threadName": "Suki",
    "messages": [
        {"senderName": "Suki", "text": "Ã± po?", "timestamp": 1, "type": "text"},
        {"senderName": "Ñora", "text": "Opo", "timestamp": 2, "type": "text"},
        {"senderName": "Ñora", "text": "oops", "timestamp": 3, "isUnsent": True, "type": "text"},
    ],
}


def test_an_encrypted_chat_is_not_mended_and_an_unsent_message_is_left_out(tmp_path: Path) -> None:
    read_ = reading(wrote(tmp_path, "message_1.json", json.dumps(ENCRYPTED)))
    assert [(turn.by, turn.text) for turn in read_.conversations[0].turns] == [("shopper", "Ã± po?"), ("bot", "Opo")]
    assert read_.ignored == ["an unsent message, no content × 1"]


def test_day_or_month_first_is_asked_where_nothing_tells(tmp_path: Path) -> None:
    chat = wrote(
        tmp_path, "chat.txt", "[02/01/24, 9:05:01\u202fPM] Ana: \u200ehm?\n[02/01/24, 9:06:00\u202fPM] Shop: 5\n"
    )
    with pytest.raises(ForeignError, match="--dates day"):
        reading(chat)
    turns = reading(chat, Asked(shop="Shop", dates="day")).conversations[0].turns
    assert [(turn.by, turn.at) for turn in turns] == [
        ("shopper", "2024-01-02T21:05:01"),
        ("bot", "2024-01-02T21:06:00"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("cut.transcript", '[\n {"type": "message"},\n {"type": "mess', 3, "JSON"),
        ("none.convo.txt", "A name\n\nno section\n", 1, "neither #me nor #bot"),
        ("new.yml", "version: '9.0'\nstories: []\n", 1, "newer"),
        ("bad.yml", "stories:\n- story: a\n  steps: [\n", 4, "YAML"),
        ("round.yml", "stories: &a\n- story: x\n  steps: *a\n", 1, "no turns"),
        ("other.json", "{}", 1, "no form that can be read"),
        ("empty.txt", "\n", 1, "empty"),
        ("binary.txt", "a\0b", 1, "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, says: str
) -> None:
    with pytest.raises(ForeignError, match=says) as refused:
        reading(wrote(tmp_path, name, text))
    assert refused.value.line == line


def test_a_conversation_becomes_a_transcript_that_reads_back(tmp_path: Path) -> None:
    read_ = reading(
        wrote(tmp_path, "buys.convo.txt", "Buys\n#me\n[hi]\nthere\n#bot\nHello\nBUTTONS A|B\n#me\nBUTTONS A\n")
    )
    transcript, notes = carried(tmp_path, read_.conversations[0])
    assert not notes
    again = parse(written(transcript))
    assert [(each.did, each.answers) for each in again.exchanges] == [
        ("[hi]\nthere", [["Hello", "[A] [B]"]]),
        ("[A]", []),
    ]


def spoken(read_: Reading) -> list[tuple[str, object]]:
    return [(turn.by, turn.text) for turn in read_.conversations[0].turns]


def test_botium_sends_pictures_forms_and_payloads_and_puts_parts_in(tmp_path: Path) -> None:
    wrote(tmp_path, "login.pconvo.txt", "login\n#me\nlogin\n\n#bot\nok\n")
    text = (
        "Everything\n\n#begin\nINCLUDE login\n\n#ME\nMEDIA receipt.jpg\n\n#me\nFORM name|Ana\nFORM city|Cebu\n"
        '#me\n{"postback": {"payload": "X"}}\n\n#bot web\nTEXT_REGEXP ^Total\n\n#me\n'
        "BUTTON Shop|SHOP\n\n#bot\n# no head\n"
    )
    read_ = reading(wrote(tmp_path, "all.convo.txt", "\ufeff" + text.replace("\n", "\r\n")))
    said: list[tuple[str, object]] = [("shopper", "login"), ("bot", "ok"), *[("shopper", None)] * 3, ("bot", None)]
    assert spoken(read_) == [*said, ("shopper", "Shop"), ("bot", "# no head")]
    picture, form, payload, total = read_.conversations[0].turns[2:6]
    assert (picture.attachments, form.form, payload.value) == (
        ["receipt.jpg"],
        "name: Ana; city: Cebu",
        {"postback": {"payload": "X"}},
    )
    assert total.check == 'text_regexp "^Total"'
    assert carried(tmp_path, read_.conversations[0])[0].exchanges[1].did == "(picture)"


ACCOUNTS = {"from": {"id": "u1"}, "recipient": {"id": "shopbot", "name": "Bot"}}
A_OR_B = {"actions": ["A", {"title": "B"}]}
ANSWERS = {"from": ACCOUNTS["recipient"], "recipient": ACCOUNTS["from"]}


def test_who_speaks_in_a_transcript_without_roles_is_told_by_the_others(tmp_path: Path) -> None:
    activities = [
        {"type": "message", "id": "1", "text": "hi", **ACCOUNTS},
        {
            "type": "message",
            "id": "2",
            "text": "A or B?",
            "suggestedActions": {"actions": ["A", {"title": "B"}]},
            **ANSWERS,
        },
        {"type": "messageReaction", "replyToId": "2", "reactionsAdded": [{"type": "like"}], **ACCOUNTS},
        {"type": "message", "id": "3", "text": None, "value": {"x": 1}, **ACCOUNTS},
    ]
    read_ = reading(wrote(tmp_path, "a.transcript", json.dumps(activities)))
    assert spoken(read_) == [("shopper", "hi"), ("bot", "A or B?"), ("shopper", None)]
    assert read_.conversations[0].turns[1].quick_replies == ["A", "B"]
    assert read_.conversations[0].turns[1].reactions == ["like by user"]
    assert not read_.notes


def test_cards_and_comments_of_a_chat(tmp_path: Path) -> None:
    text = "user: hi\n> a remark\nbot: [herocard\n  title=T\n  buttons=Buy | Talk\n]\nuser: is it [50%] off?\n"
    read_ = reading(wrote(tmp_path, "a.chat", text))
    assert spoken(read_) == [("shopper", "hi"), ("bot", ""), ("shopper", "is it [50%] off?")]
    card = read_.conversations[0].turns[1]
    assert (card.attachments, card.buttons) == (["application/vnd.microsoft.card.hero"], ["Buy", "Talk"])
    assert read_.ignored == ["a comment × 1"]


def test_rasa_keeps_the_order_of_the_file_and_takes_the_first_of_several(tmp_path: Path) -> None:
    text = (
        "rules:\n- rule: first\n  steps:\n  - user: hi\n  - action: utter_hi\nstories:\n- story: second\n  steps:\n"
        "  - or:\n    - user: yes\n      intent: affirm\n    - intent: thanks\n  - action: utter_ok\n"
    )
    read_ = reading(wrote(tmp_path, "a.yml", text))
    assert [(each.name, each.turns[0].text) for each in read_.conversations] == [("first", "hi"), ("second", "yes")]
    assert "left out: thanks" in read_.notes[0].words


def test_a_chat_in_several_files_is_one_with_its_pictures_beside_it(tmp_path: Path) -> None:
    people = [{"name": "Ni\u00c3\u00b1a"}, {"name": "Shop"}]
    older = [
        {"sender_name": "Ni\u00c3\u00b1a", "timestamp_ms": 1, "content": "Magkano \u00e2\u0082\u00b1?"},
        {"sender_name": "Shop", "timestamp_ms": 2, "call_duration": 3, "type": "Call", "content": "You called"},
    ]
    newer = [{"sender_name": "Shop", "timestamp_ms": 3, "photos": [{"uri": "a.jpg"}], "reactions": REACTIONS}]
    for number, listed in ((1, newer), (2, older[::-1])):
        held = {"participants": people, "title": "Ni\u00c3\u00b1a", "messages": listed}
        wrote(tmp_path, f"message_{number}.json", json.dumps(held))
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\0")
    for path in (tmp_path, tmp_path / "message_1.json"):
        assert len(groups(path)) == 1
        read_ = reading(path)
        assert spoken(read_) == [("shopper", "Magkano ₱?"), ("bot", None)]
        assert read_.conversations[0].turns[1].reactions == ["❤ by Niña"]
        assert read_.ignored == ["a call × 1"]


REACTIONS = [{"reaction": "\u00e2\u009d\u00a4", "actor": "Ni\u00c3\u00b1a"}]


ACTIVITIES = (
    '{"type":"message","text":"hi","from":{"id":"u","role":"user"}}',
    '{"type":"message","text":"hello","from":{"id":"b","role":"bot"}}',
)
CX_TURN = {
    "userInput": {"input": {"text": {"text": "hi"}}},
    "virtualAgentOutput": {"textResponses": [{"text": ["hello", "again"]}, {"text": {"text": ["nested"]}}]},
}
CX = {"testCases": [{"displayName": "one", "testCaseConversationTurns": [CX_TURN]}]}
CONVOS = {"convos": [{"name": "n", "steps": [{"me": ["hi"]}, {"bot": ["hello", {"BUTTONS": ["a", "b"]}]}]}]}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("lines.transcript", "\n".join(ACTIVITIES) + "\n", ["hi", "hello"]),
        ("held.transcript", '{"activities":[' + ",".join(ACTIVITIES) + "]}", ["hi", "hello"]),
        ("cx.json", json.dumps(CX), ["hi", "hello", "again", "nested"]),
        ("botium.json", json.dumps(CONVOS), ["hi", "hello"]),
        ("wa.txt", "[12/31/23, 11:59:01\u202fPM] Ana: hi\n[12/31/23, 11:59:05\u202fPM] Shop: hello\n", ["hi", "hello"]),
    ],
)
def test_other_shapes_of_the_same_forms_are_read(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    read_ = reading(wrote(tmp_path, name, text), Asked(shop="Shop"))
    assert [turn.text for turn in read_.conversations[0].turns] == said
