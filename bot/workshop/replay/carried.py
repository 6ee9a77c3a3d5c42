"""A conversation of another tool as one of our transcripts, and what is lost on the way."""

from pathlib import Path

from bot.workshop.replay.foreign.reading import Conversation, Note, Turn
from handlers.transcripts.acts import typed
from handlers.transcripts.form import Exchange, Transcript

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")


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
    for turn in conversation.turns:
        remarks += [f"# {line}" for line in _remarks(turn)]
        words = turn.text if isinstance(turn.text, str) else ""
        if turn.by == "bot":
            lines = [line.strip() for line in words.splitlines() if line.strip()]
            offered = " ".join(f"[{title}]" for title in (*turn.buttons, *turn.quick_replies))
            answer = [*lines, *([offered] if offered else []), *["(picture)"] * turn.photos]
            if answer and exchanges:
                exchanges[-1].answers.append(answer)
            elif answer:
                remarks.append(f"# the bot begins: {' / '.join(answer)}")
                notes.append(Note(path, turn.line, "The bot speaks first: kept as a remark, since a shop answers."))
        elif turn.by != "tester":
            did = _did(path, turn, words, notes)
            if did:
                exchanges.append(Exchange(turn.line, did, [], remarks))
                remarks = []
    name = conversation.shopper_name if " " in conversation.shopper_name else "Ana Cruz"
    return Transcript(" ".join(conversation.name.split()), name, locale, exchanges), notes


def _did(path: Path, turn: Turn, words: str, notes: list[Note]) -> str:
    if turn.event:
        if turn.event != "launch":
            notes.append(Note(path, turn.line, f"The event {turn.event!r} became Get Started."))
        return "[Get Started]"
    is_picture = any(Path(each).suffix.lower() in _PICTURES for each in turn.attachments)
    if (turn.photos or is_picture) and not words:
        return "(picture)"
    if turn.sticker and not words:
        return "(like)"
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
