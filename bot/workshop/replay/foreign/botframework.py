"""Bot Framework transcripts: a JSON list of activities, and chatdown's `.chat`, from which such a list is made."""

import json
import re
from collections import Counter
from pathlib import Path

from msgspec import UNSET

from bot.workshop.replay.foreign.reading import Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import json_of, lines_of_items, text_of

_NO_TURNS = {
    "conversationUpdate",
    "event",
    "trace",
    "endOfConversation",
    "contactRelationUpdate",
    "installationUpdate",
    "deleteUserData",
    "messageReaction",
    "messageUpdate",
    "messageDelete",
    "invoke",
    "handoff",
    "suggestion",
    "command",
    "commandResult",
}
_LOST = {"messageReaction", "messageUpdate", "messageDelete", "invoke", "handoff"}


def read_transcript(path: Path) -> Reading:
    """The conversation of a `.transcript`.

    Raises:
        ForeignError: It is none, or cut off.
    """
    text, above = text_of(path), 0
    if _is_in_lines(text):
        text = "[" + ",\n".join(text.strip().split("\n")) + "]"
    activities = json_of(path, text)
    if isinstance(activities, dict) and isinstance(activities.get("activities"), list):
        activities = activities["activities"]
        start = text.index('"activities"')
        above, text = text.count("\n", 0, start), text[start:]
    if not isinstance(activities, list) or not all(isinstance(each, dict) for each in activities):
        raise ForeignError(path, 1, "A Bot Framework transcript is a list of activities: this is something else.")
    turns, ignored, notes = list[Turn](), Counter[str](), list[Note]()
    bots = _bots([each for each in activities if isinstance(each, dict)])
    by_id: dict[str, Turn] = {}
    titles: dict[str, str] = {}
    waits = 0
    for inside, each in zip(lines_of_items(text), activities, strict=False):
        assert isinstance(each, dict)
        line = above + inside
        activity = _part(each, "activity") or each  # the Emulator's log holds each in another
        kind = str(activity.get("type") or "")
        if kind.lower() in {"message", "typing"}:
            turns.append(_turn(path, line, activity, kind, notes, bots))
            turns[-1].delay_ms, waits = waits, 0
            if named := activity.get("id"):
                by_id[str(named)] = turns[-1]
            title = titles.get(_key(activity.get("text") or activity.get("value")))
            turns[-1].instead = f"[{title}]" if title and turns[-1].by == "shopper" else ""
            titles |= {_key(sent): _title(tap) for tap in _actions(activity) for sent in _sent(tap)}
        elif kind == "messageReaction" and (meant := by_id.get(str(activity.get("replyToId") or ""))):
            who = str(_part(activity, "from").get("name") or _role(activity, bots) or "shopper")
            meant.reactions += [f"{one.get('type')} by {who}" for one in _parts(activity, "reactionsAdded")]
        elif kind == "delay":
            given = activity.get("value")
            waits += int(given) if isinstance(given, int | float) else 0
        else:
            ignored[kind or "an activity without a type"] += 1
            if kind in _LOST:
                notes.append(Note(path, line, f"{kind} is not carried over: the turn before it stands as it was sent."))
            elif kind not in _NO_TURNS:
                notes.append(Note(path, line, f"The activity {kind!r} is unknown and was left out."))
    if not turns:
        raise ForeignError(path, 1, "Nobody says anything in this transcript.")
    name = path.name.removesuffix(".transcript")
    return Reading(
        format="Bot Framework transcript",
        conversations=[Conversation(name=name, turns=turns)],
        ignored=[f"{kind} × {count}" for kind, count in ignored.items()],
        notes=notes,
    )


def _is_in_lines(text: str) -> bool:
    """Whether each line is an activity of its own, as logs of transcripts are kept."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines)


def _bots(activities: list[dict[str, Value]]) -> set[str]:
    """The ids under which bots speak, where a file says no roles: as far as anything tells."""
    bots: set[str] = set()
    for activity in activities:
        speaker, hearer = _part(activity, "from"), _part(activity, "recipient")
        if _is_bot(speaker):
            bots.add(str(speaker.get("id")))
        if _is_bot(hearer) or str(activity.get("type")) == "conversationUpdate":
            bots.add(str(hearer.get("id")))
    if not bots - {"None"}:
        bots = {str(_part(each, "from").get("id")) for each in activities if each.get("replyToId")}
    return bots - {"None"}


def _is_bot(account: dict[str, Value]) -> bool:
    role = str(account.get("role") or "").lower()
    named = f"{account.get('name') or ''} {account.get('id') or ''}".lower()
    return role in {"bot", "skill"} or (not role and re.search(r"\bbot|bot\b", named) is not None)


def _role(activity: dict[str, Value], bots: set[str]) -> str:
    """Who speaks: what the file says, or what it says of others; empty where nothing tells."""
    speaker, hearer = _part(activity, "from"), _part(activity, "recipient")
    if role := str(speaker.get("role") or "").lower():
        return role
    if str(speaker.get("id")) in bots:
        return "bot"
    if str(hearer.get("role") or "").lower() == "user":
        return "bot"
    return "user" if str(hearer.get("id")) in bots or str(hearer.get("role") or "").lower() == "bot" else ""


def _turn(path: Path, line: int, activity: dict[str, Value], kind: str, notes: list[Note], bots: set[str]) -> Turn:
    role = _role(activity, bots)
    if not role:
        role = "user"
        notes.append(Note(path, line, "It does not say who speaks; taken for the shopper."))
    by = "bot" if role in {"bot", "skill"} else "shopper"
    if kind.lower() == "typing":
        return Turn(by=by, typing=True, line=line)
    said = activity.get("text")
    value = activity.get("value")
    turn = Turn(by=by, text=said.replace("\r\n", "\n") if isinstance(said, str) else None, line=line)
    turn.speaker = str(_part(activity, "from").get("name") or "") if by == "shopper" else ""
    turn.attachments = [_attachment(each) for each in _parts(activity, "attachments")]
    turn.layout = str(activity.get("attachmentLayout") or "")
    channel = _part(activity, "channelData")
    suggested = _part(activity, "suggestedActions").get("actions") or channel.get("quick_replies")
    turn.quick_replies = [
        _title(each) if isinstance(each, dict) else str(each)
        for each in (suggested if isinstance(suggested, list) else [])
        if isinstance(each, dict | str)
    ]
    turn.buttons = [_title(each) for each in _buttons(activity)]
    turn.cards = [lines for each in _parts(activity, "attachments") if (lines := _card(_part(each, "content")))]
    if by == "bot" and (lost := sorted(channel.keys() & {"attachment", "message", "notification_type", "tag"})):
        notes.append(Note(path, line, f"What is sent by channelData only ({', '.join(lost)}) is left out."))
    if by == "shopper" and said and any(channel.get(name) is True for name in ("postBack", "postback")):
        turn.button = True
    if value is not None:
        turn.value, turn.button = value, by == "shopper" and not said
    elif by == "shopper" and not said and not turn.attachments:
        notes.append(Note(path, line, "The shopper sends neither words nor a picture: left without words."))
    if any("adaptive" in kind for kind in turn.attachments):
        notes.append(Note(path, line, "An adaptive card has no likeness on Messenger: only its name is kept."))
    return turn


def _buttons(activity: dict[str, Value]) -> list[dict[str, Value]]:
    """The buttons of an activity's cards."""
    return [
        button
        for each in _parts(activity, "attachments")
        for button in [*_parts(_part(each, "content"), "buttons"), *_parts(_part(each, "content"), "actions")]
    ]


def _card(content: dict[str, Value]) -> list[str]:
    """A card as a transcript has it: one without a title is a text with buttons; nothing where it is another."""
    words = [str(content[name]).replace("\n", " ") for name in ("title", "subtitle", "text") if content.get(name)]
    offered = " ".join(f"[{_title(each)}]" for each in _parts(content, "buttons"))
    head = f"(card) {' · '.join(words)}" if content.get("title") else " ".join(words)
    return [line for line in (head, offered) if line] if words else []


def _actions(activity: dict[str, Value]) -> list[dict[str, Value]]:
    """What can be tapped of an activity and sends something back."""
    offered = [*_buttons(activity), *_parts(_part(activity, "suggestedActions"), "actions")]
    return [each for each in offered if each.get("value") is not None and each.get("type") != "openUrl"]


def _sent(action: dict[str, Value]) -> list[Value]:
    """What a tap may send: its value, or the words that stand for it."""
    return [
        action.get("value"),
        *([action["text"]] if action.get("type") == "messageBack" and action.get("text") else []),
    ]


def _key(value: Value) -> str:
    """What a tap sends, to be known again."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _attachment(attachment: dict[str, Value]) -> str:
    kind = str(attachment.get("contentType") or "unknown")
    return f"{kind} inline" if str(attachment.get("contentUrl") or "").startswith("data:") else kind


def _title(action: dict[str, Value]) -> str:
    return str(action.get("title") or action.get("value") or "")


def _part(of: dict[str, Value], name: str) -> dict[str, Value]:
    part = of.get(name)
    return part if isinstance(part, dict) else {}


def _parts(of: dict[str, Value], name: str) -> list[dict[str, Value]]:
    parts = of.get(name)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


_SPEAKER = re.compile(r"(user|bot)\s*:(.*)", re.IGNORECASE | re.DOTALL)
_NAMES = re.compile(r"(user|bot)\s*=\s*(.+)", re.IGNORECASE)
_COMMAND = re.compile(
    r"\[(Typing|Delay|Attachment|AttachmentLayout|Suggestions|[a-z]*card|ConversationUpdate)\b(?:\s*=\s*([^\]]*)"
    r"|(?<=card)\s+([^\]]*=[^\]]*))?\]",
    re.IGNORECASE,
)
_BUTTONS = re.compile(r"^\s*buttons?\s*=(.*)$", re.IGNORECASE | re.MULTILINE)


def read_chat(path: Path) -> Reading:
    """The conversation of a `.chat`.

    Raises:
        ForeignError: Nobody speaks in it.
    """
    names: dict[str, str] = {}
    blocks: list[tuple[int, str, list[str]]] = []
    notes: list[Note] = []
    comments = 0
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.startswith(">"):
            comments += 1
        elif not blocks and (named := _NAMES.fullmatch(line.strip())):
            names[named[1].lower()] = named[2].strip()
        elif spoken := _SPEAKER.fullmatch(line):
            blocks.append((number, spoken[1].lower(), [spoken[2].strip()]))
        elif blocks:
            blocks[-1][2].append(line.rstrip())
        elif line.strip():
            notes.append(Note(path, number, f"{line.strip()!r} stands before anybody speaks and was left out."))
    if not blocks:
        raise ForeignError(path, 1, "Nobody speaks: there is no line that begins with user: or bot:.")
    turns = [turn for line, who, lines in blocks for turn in _chat_turns(path, line, who, "\n".join(lines), notes)]
    conversation = Conversation(
        name=path.name.removesuffix(".chat"),
        shopper_name=names.get("user", ""),
        bot_name=names.get("bot", ""),
        turns=turns,
    )
    ignored = [f"a comment × {comments}"] if comments else []
    return Reading(format="chatdown (.chat)", conversations=[conversation], ignored=ignored, notes=notes)


def _chat_turns(path: Path, line: int, who: str, text: str, notes: list[Note]) -> list[Turn]:
    turn = Turn(by="bot" if who == "bot" else "shopper", text=UNSET, line=line)
    before: list[Turn] = []
    for name, given, inside in _COMMAND.findall(text):
        value = given or inside
        match name.lower():
            case "typing":
                before.append(Turn(by=turn.by, typing=True, line=line))
            case "delay":
                turn.delay_ms = int(value) if value.strip().isdigit() else 0
            case "attachment":
                turn.attachment = value.strip()
                named = value.strip().split(" ")[0]
                if "://" not in named and not (path.parent / named).exists():
                    notes.append(Note(path, line, f"The file {named} is not beside the chat: only its name is kept."))
            case "attachmentlayout":
                turn.layout = value.strip()
            case "suggestions":
                turn.quick_replies = [each.strip() for each in value.split("|") if each.strip()]
            case "conversationupdate":
                notes.append(Note(path, line, "ConversationUpdate is no turn and was left out."))
            case _:
                turn.attachments.append(f"application/vnd.microsoft.card.{name.lower().removesuffix('card')}")
                for listed in _BUTTONS.findall(value):
                    turn.buttons += [each.strip() for each in listed.split("|") if each.strip()]
    said = _COMMAND.sub("", text).strip()
    if said or turn.attachment or turn.attachments or turn.quick_replies or not before:
        turn.text = said
        before.append(turn)
    return before
