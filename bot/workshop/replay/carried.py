"""A conversation of another tool as one of our transcripts, and what is lost on the way."""

import re
from pathlib import Path

from msgspec import UNSET

from bot.workshop.replay.foreign.reading import Conversation, Note, Turn
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange, Transcript

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_VOICE = (".mp3", ".m4a", ".aac", ".ogg", ".opus", ".wav")
_VOICE_WORDS = tuple(each[1:] for each in _VOICE)


def carried(path: Path, conversation: Conversation, *, locale: str = "en_US") -> tuple[Transcript, list[Note]]:
    """The transcript of a conversation, and notes on what of it no transcript can hold.

    Args:
        path: Where it was read.
        conversation: What was read.
        locale: The shopper's, as Facebook spells it.
    """
    exchanges: list[Exchange] = []
    notes: list[Note] = []
    remarks: list[str] = []
    first = next((turn.speaker for turn in conversation.turns if turn.speaker), "")
    for turn in conversation.turns:
        remarks += [f"# {line}" for line in _remarks(turn)]
        words = turn.text if isinstance(turn.text, str) else ""
        if turn.by == "bot":
            answer = _answer(path, turn, words, notes)
            check = turn.check if isinstance(turn.check, str) else "; ".join(turn.check)
            if check.startswith(("negated", "optional and negated")):
                notes.append(
                    Note(path, turn.line, f"What must not be said cannot be carried over: {words!r} is a remark.")
                )
                remarks.append(f"# must not be said: {' / '.join(answer)}")
                continue
            if check.startswith("optional: ?"):
                notes.append(Note(path, turn.line, "What may be absent is expected always: stricter."))
            if answer and exchanges:
                exchanges[-1].answers.append(answer)
            elif answer:
                remarks.append(f"# the bot begins: {' / '.join(answer)}")
                notes.append(Note(path, turn.line, "The bot speaks first: kept as a remark, since a shop answers."))
        elif turn.by != "tester":
            did = _did(path, turn, words, notes)
            if did:
                who = _who(turn.speaker) if turn.speaker != first else ""
                exchanges.append(Exchange(turn.line, did, [], remarks, who))
                remarks = []
    if exchanges:  # what stands behind the last that somebody did
        exchanges[-1].remarks += remarks
    notes += _unsaid(path, conversation)
    name = conversation.shopper_name if " " in conversation.shopper_name else "Ana Cruz"
    return Transcript(" ".join(conversation.name.split()), name, locale, exchanges), notes


def _answer(path: Path, turn: Turn, words: str, notes: list[Note]) -> list[str]:
    """What the bot says in a turn, as a transcript expects it."""
    said = turn.instead or words
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    titles = (*(() if turn.cards else turn.buttons), *turn.quick_replies)
    offered = " ".join(f"[{title}]" for title in titles)
    kinds = [kind for each in turn.attachments if (kind := _kind(each.removesuffix(" inline")))]
    pictures = turn.photos + kinds.count("picture")
    if other := [kind for kind in kinds if kind != "picture"]:
        notes.append(Note(path, turn.line, f"What the bot sends ({', '.join(other)}) is a remark, not compared."))
    if turn.value is not UNSET and not lines:
        notes.append(Note(path, turn.line, "The bot's answer is no text but data: it is not compared."))
    return [
        *lines,
        *(line for card in turn.cards for line in card),
        *([offered] if offered else []),
        *["(picture)"] * pictures,
    ]


def _unsaid(path: Path, conversation: Conversation) -> list[Note]:
    """Notes on what is typed or expected as it stands, though it stands for something else."""
    notes = []
    names = [turn for turn in conversation.turns if turn.by == "bot" and turn.text is None and turn.action]
    if names:
        words = f"Of the bot's answers the file has names only, such as {names[0].action!r}: remarks, not compared."
        notes.append(Note(path, names[0].line, words))
    kept = [turn for turn in conversation.turns if turn.assertions]
    if kept:
        notes.append(
            Note(path, kept[0].line, "What is asserted of slots, flows and replies is a remark, not compared.")
        )
    for turn in conversation.turns:
        if named := [f"${name}" for name in (*turn.uses, *turn.binds)]:
            done = "typed" if turn.by == "shopper" else "expected"
            words = f"{', '.join(named)}: {done} as written, though it stands for something else. Put in what is meant."
            notes.append(Note(path, turn.line, words))
    return notes


def _who(speaker: str) -> str:
    """A second shopper's name, as it can stand before `>`; the console's people are called clerk."""
    name = " ".join(re.sub(r"[^\w .'’-]", " ", speaker).split())
    return f"{name} (shopper)" if name.lower() == "clerk" else name


def _did(path: Path, turn: Turn, words: str, notes: list[Note]) -> str:
    if turn.event:
        if turn.event != "launch":
            notes.append(Note(path, turn.line, f"The event {turn.event!r} became Get Started."))
        return "[Get Started]"
    sent = [kind for each in turn.attachments if (kind := _kind(each))]
    pictures = turn.photos + sent.count("picture")
    other = next((kind for kind in sent if kind != "picture"), "")
    if not (turn.button and words) and (pictures or other):
        if len(sent) + turn.photos > max(pictures, 1) or (pictures > 1 and words):
            notes.append(Note(path, turn.line, "Of what was sent with this message only the first is carried over."))
        if pictures > 1 and not words:
            return f"(pictures {pictures})"
        return f"({'picture' if pictures else other}) {words}".strip() if _is_one_line(words) else typed(words)
    if turn.sticker and not words:
        return "(like)"
    if turn.instead:
        return turn.instead
    if turn.button and words and not words.startswith("/"):
        return f"[{words}]"
    if turn.button:
        notes.append(
            Note(path, turn.line, f"A tap on {words or turn.value!r}: its title is not in the file; left out.")
        )
        return ""
    if not words.strip():
        notes.append(Note(path, turn.line, "The shopper has no words here: the turn was left out."))
        return ""
    return typed(words)


def _kind(attachment: str) -> str:
    """How a transcript writes that something was sent, by its kind or by the name of its file; empty for a card."""
    said = attachment.lower()
    if said.startswith("application/vnd.microsoft.card") or "://" in said:
        return ""
    if said.partition("/")[0] == "image" or said == "gifs" or Path(said).suffix in _PICTURES:
        return "picture"
    if said.startswith("audio") or Path(said).suffix in _VOICE or said in _VOICE_WORDS:
        return "voice"
    if said.startswith("video") or Path(said).suffix in (".mp4", ".mov") or said in ("mp4", "mov"):
        return "video"
    return "file"


def _is_one_line(words: str) -> bool:
    return "\n" not in words


def _remarks(turn: Turn) -> list[str]:
    """What stands beside the text, in words, one line each."""
    checks = [turn.check] if isinstance(turn.check, str) else turn.check
    found = [f"check: {check}" for check in checks if check]
    found += [f"{name}: {value}" for name, value in (("action", turn.action), ("form", turn.form)) if value]
    found += [f"asserted: {each}" for each in turn.assertions]
    found += [f"intent: {turn.intent}"] if turn.intent else []
    found += [f"entity {name}: {said} means {meant}" for name, said, meant in turn.entities]
    found += [f"attached: {each}" for each in (*turn.attachments, turn.attachment, turn.share) if each]
    found += [f"pause: {turn.pause_ms} ms"] if turn.pause_ms else []
    return [" ".join(each.split()) for each in found]
