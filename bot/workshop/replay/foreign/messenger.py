"""Facebook's "download your information": a chat of Messenger as JSON, in its two forms."""

import re
from collections import Counter
from pathlib import Path

from bot.workshop.replay.foreign.reading import Asked, Conversation, ForeignError, Note, Reading, Turn, Value
from bot.workshop.replay.foreign.source import json_of, lines_of_items, text_of

_MEDIA = ("videos", "audio_files", "files", "gifs")
_SYSTEM = {"Call": "a call", "Subscribe": "somebody came in", "Unsubscribe": "somebody left"}
_TOLD = (
    (re.compile(r"(?:Reacted \S+ to|Liked) (?:your|a) message\s*"), "a reaction as a line of its own"),
    (re.compile(r".+ unsent a message\.?"), "an unsent message, no content"),
    (re.compile(r".+ (?:called|missed (?:a|your)(?: video)? call)\b.*"), "a call"),
    (re.compile(r"The video chat (?:ended|started)\."), "a call"),
    (re.compile(r"Say hi to your new Facebook friend, .+"), "a line of Facebook's"),
    (re.compile(r"You can now (?:message and )?call each other .+"), "a line of Facebook's"),
)
_SET = re.compile(
    r" (?:(?:set|changed|cleared|removed|turned) (?:the|your|his|her|their|.+'s) (?:own )?(?:emoji|quick reaction"
    r"|nickname|theme|chat theme|colors|group photo|disappearing messages|name).*|(?:pinned|unpinned) a message\.?"
    r"|(?:named|created) the group.*|left the group\.?|(?:added|removed) .+ (?:to|from) the group\.?"
    r"|joined the (?:video )?(?:chat|call)\.?|started (?:a|sharing) .+|created a poll: .*|waved at .+"
    r"|replied to (?:an|your) (?:ad|story)\.?)",
    re.DOTALL,
)
"""What Facebook tells behind somebody's name, as if they had written it."""
"""What Facebook writes in somebody's place, where the file gives nothing else."""
_SENT = re.compile(r".+ sent (?:an attachment|a (?:photo|video|sticker|link|voice message|location))\.")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic")
_LISTED = re.compile(r'"messages"\s*:\s*(?=\[)')

Message = dict[str, Value]


def read(paths: list[Path], asked: Asked) -> Reading:
    """The chat that lies in `message_1.json`, `message_2.json` and so on, which are older from one to the next.

    Args:
        paths: The files of one chat.
        asked: Who is the shop, where the file does not tell.

    Raises:
        ForeignError: One is none, or it is open who is the shop.
    """
    messages: list[tuple[int, Message]] = []
    notes: list[Note] = []
    head: Message = {}
    for path in sorted(paths, key=_number):
        text = text_of(path)
        held = json_of(path, text)
        if not isinstance(held, dict) or not isinstance(held.get("messages"), list):
            raise ForeignError(path, 1, "This is no chat from Facebook: it has no list of messages.")
        start = found_at.end() if (found_at := _LISTED.search(text)) else 0
        lines = [text.count("\n", 0, start) + line for line in lines_of_items(text[start:])]
        listed = held["messages"]
        assert isinstance(listed, list)
        found = [each for each in listed if isinstance(each, dict)]
        placed = list(zip(lines if len(lines) == len(found) else [1] * len(found), found, strict=True))
        head = head or held
        # The older form lists the newest first; end-to-end encrypted chats come oldest first.
        messages = [*(placed if _is_encrypted(held) else placed[::-1]), *messages]
    messages.sort(key=lambda one: _stamp(one[1]))
    encrypted = _is_encrypted(head)
    names = _participants(head, encrypted)
    title = _mend(head.get("threadName" if encrypted else "title"), encrypted)
    shop = _shop(min(paths, key=_number), names, title, asked)
    turns: list[Turn] = []
    ignored: Counter[str] = Counter()
    for line, message in messages:
        turn = None if _told(message, encrypted, names) else _turn(line, message, encrypted, shop)
        if turn is None:
            ignored[_told(message, encrypted, names) or "an unsent message, no content"] += 1
        else:
            turns.append(turn)
            if turn.sticker:
                notes.append(
                    Note(paths[0], line, "Which sticker it is cannot be carried over: it becomes a thumbs-up.")
                )
    if not turns:
        raise ForeignError(paths[0], 1, "Nobody says anything in this chat.")
    return Reading(
        format="Facebook Messenger download" + (" (end-to-end encrypted)" if encrypted else ""),
        conversations=[Conversation(name=title or names[0], turns=turns)],
        ignored=[f"{kind} × {count}" for kind, count in ignored.items()],
        notes=notes,
    )


def _number(path: Path) -> tuple[int, str]:
    found = re.search(r"(\d+)\.json$", path.name)
    return (int(found[1]) if found else 0, path.name)


def _is_encrypted(held: Message) -> bool:
    return "threadName" in held or any(
        "senderName" in each for each in _list(held.get("messages")) if isinstance(each, dict)
    )


def _participants(head: Message, encrypted: bool) -> list[str]:
    found = [each.get("name") if isinstance(each, dict) else each for each in _list(head.get("participants"))]
    return [_mend(each, encrypted) for each in found]


def _shop(path: Path, names: list[str], title: str, asked: Asked) -> str:
    """Whose messages are the bot's: whom a person named, or who is not the one that the chat is called after."""
    if asked.shop:
        if asked.shop not in names:
            raise ForeignError(path, 1, f"Nobody here is called {asked.shop!r}: there are {', '.join(names)}.")
        return asked.shop
    others = [
        name for name in names if name not in (title, re.sub(r"_\d+$", "", title))
    ]  # encrypted chats are numbered
    if len(names) == 2 and len(others) == 1:
        return others[0]
    raise ForeignError(path, 1, f"Who of these is the shop? Say it with --shop NAME: {', '.join(names) or 'nobody'}.")


def _turn(line: int, message: Message, encrypted: bool, shop: str) -> Turn | None:
    sender = _mend(message.get("senderName" if encrypted else "sender_name"), encrypted)
    content = message.get("text" if encrypted else "content")
    media = [_ending(each) for each in _list(message.get("media"))] if encrypted else []
    photos = len(_list(message.get("photos"))) + sum(ending in ("", *_PICTURES) for ending in media)
    files = [name for name in _MEDIA for _ in _list(message.get(name))]
    files += [ending.removeprefix(".") for ending in media if ending not in ("", *_PICTURES)]
    share = message.get("share")
    sticker = isinstance(message.get("sticker"), dict)
    said = isinstance(content, str) and bool(content) and not _SENT.fullmatch(content)
    gone = message.get("isUnsent") is True or message.get("is_unsent") is True
    if gone or not (content or photos or files or share or sticker):
        return None
    turn = Turn(by="bot" if sender == shop else "shopper", text=None, at_ms=_stamp(message), line=line)
    turn.speaker = "" if sender == shop else sender
    if said:
        turn.text = _mend(content, encrypted).replace("\r\n", "\n")
    turn.photos, turn.attachments, turn.sticker = photos, files, sticker
    if isinstance(share, dict):
        turn.share = _mend(share.get("link") or share.get("share_text"), encrypted)
    turn.reactions = [
        f"{_mend(each.get('reaction'), encrypted)} by {_mend(each.get('actor'), encrypted)}"
        for each in _list(message.get("reactions"))
        if isinstance(each, dict)
    ]
    return turn


def _told(message: Message, encrypted: bool, names: list[str]) -> str:
    """What Facebook tells in a line that nobody wrote; empty where somebody did."""
    if kind := _SYSTEM.get(str(message.get("type"))):
        return kind
    if "call_duration" in message:
        return "a call"
    if any(message.get(name) for name in ("photos", "share", "sticker", *_MEDIA)):
        return ""
    content = _mend(message.get("text" if encrypted else "content"), encrypted)
    begins = next((name for name in (*names, "You") if content.startswith(f"{name} ")), "")
    if begins and _SET.fullmatch(content.removeprefix(begins)):
        return "a line of Facebook's"
    is_marked = encrypted or str(message.get("type", "Generic")) == "Generic"
    return next((words for form, words in _TOLD if is_marked and form.fullmatch(content)), "")


def _ending(media: Value) -> str:
    """How the name of a file ends, in small letters; empty where it does not tell."""
    uri = media.get("uri") if isinstance(media, dict) else media
    return Path(str(uri or "")).suffix.lower()


def _stamp(message: Message) -> int:
    stamp = message.get("timestamp_ms", message.get("timestamp"))
    return int(stamp) if isinstance(stamp, int | float) else 0


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _mend(value: Value, encrypted: bool) -> str:
    """A text whose UTF-8 was read as Latin-1, set right; one that is right already stays."""
    text = value if isinstance(value, str) else ""
    if encrypted:
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
