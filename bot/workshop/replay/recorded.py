"""Replays what was recorded: today's program with the answers that the repository gave then, and no database."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.base import clock
from bot.messenger.bubbles import Bubble
from bot.workshop.replay.coverage import taken
from bot.workshop.replay.likeness import Verdict
from bot.workshop.replay.player import Known, Played
from bot.workshop.replay.report import Case
from handlers.transcripts import twin
from handlers.transcripts.again import AskedAnew, Came, Kept, again, is_same, kept_in
from handlers.transcripts.form import SILENCE, TranscriptError
from handlers.transcripts.lines import lines_of
from handlers.transcripts.twin import TurnLine
from replies.words import Words

_bubble = msgspec.json.Decoder(Bubble)


def case(path: Path, *, covers: bool = False) -> Case:
    """What comes of a recorded conversation.

    Args:
        path: Its file, of JSON lines.
        covers: Whether to know which rows and replies it came by.
    """
    began = clock.monotonic()
    try:
        kept = twin.read(path)
    except (TranscriptError, OSError) as error:
        return Case(path, 0.0, problem=f"{path}, {error}", played=[])
    words = Words(kept.head.words, currency=kept.head.currency)
    played = [
        turn(line, number, words)
        for number, line in zip(kept.numbers, kept.lines, strict=True)
        if isinstance(line, TurnLine)
    ]
    came_by = taken(line for line in kept.lines if isinstance(line, TurnLine)) if covers else None
    return Case(path, clock.monotonic() - began, kept.head.title, played, taken=came_by)


def turn(line: TurnLine, number: int, words: Words) -> Played:
    """What comes of a recorded turn.

    Args:
        line: The turn.
        number: On which line it stands.
        words: What is said in.
    """
    try:
        kept = kept_in(line)
        came = again(line, kept, words)
    except AskedAnew as asked:
        return Played(number, line.who, line.did, _shown(line.messages), [], "behaviour", [str(asked)])
    except Exception as error:  # noqa: BLE001 - whatever today's program does with it is what is to be said
        why = f"The turn failed: {type(error).__name__}: {error}"
        return Played(number, line.who, line.did, _shown(line.messages), None, "behaviour", [why])
    sent = [msgspec.json.encode(message) for message in came.messages]
    has_same_words = len(sent) == len(line.messages) and all(map(is_same, map(bytes, line.messages), sent))
    known = _known(number, line, kept, came)
    if has_same_words and not known:
        return Played(number, line.who, line.did, [], [], "same")
    verdict: Verdict = "behaviour" if known else "wording"
    return Played(number, line.who, line.did, _shown(line.messages), _shown(sent), verdict, [], known)


def _known(number: int, line: TurnLine, kept: Kept, came: Came) -> list[Known]:
    """What the turn means, then and now: which replies with which facts, and where it leads."""
    before, now = [name for name, _ in kept.replies], [name for name, _ in came.replies]
    if before != now:
        return [Known(number, "said", ", ".join(before), ", ".join(now), is_same=False)]
    pairs = [(name, bytes(then), today) for (name, then), (_, today) in zip(kept.replies, came.replies, strict=True)]
    pairs += [("state", bytes(line.after), came.state.encode()), ("draft", bytes(kept.draft), came.draft)]
    return [
        Known(number, name, *_difference(then, today), is_same=False)
        for name, then, today in pairs
        if not is_same(then, today)
    ]


def _difference(then: bytes, today: bytes) -> tuple[str, str]:
    """The fields that differ of two pieces of JSON, in words."""
    before, now = msgspec.json.decode(then), msgspec.json.decode(today)
    if not isinstance(before, dict) or not isinstance(now, dict):
        return str(before), str(now)
    names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    said = [", ".join(f"{name} {held.get(name)!r}" for name in names) for held in (before, now)]
    return said[0], said[1]


def _shown(messages: Sequence[bytes | msgspec.Raw]) -> list[list[str]]:
    return [lines_of(_bubble.decode(bytes(message))) for message in messages] or [[SILENCE]]
