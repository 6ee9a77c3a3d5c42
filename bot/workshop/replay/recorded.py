"""Replays what was recorded: today's program with the answers that the repository gave then, and no database."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.base import clock
from bot.messenger.bubbles import Bubble
from bot.workshop.replay.always.taken import Taken
from bot.workshop.replay.always.turns import wrong_in
from bot.workshop.replay.coverage import taken
from bot.workshop.replay.likeness import Verdict
from bot.workshop.replay.player import Known, Played
from bot.workshop.replay.report import Case
from dialogs.conversation import load_state
from dialogs.states import Draft
from handlers.transcripts import twin
from handlers.transcripts.again import AskedAnew, Came, Kept, again, is_same, kept_in
from handlers.transcripts.form import SILENCE, TranscriptError
from handlers.transcripts.lines import lines_of
from handlers.transcripts.twin import Said, TurnLine
from replies.words import Wording, Words

_bubble = msgspec.json.Decoder(Bubble)


def case(path: Path, *, covers: bool = False, accept: bool = False, proposed: Sequence[Wording] = ()) -> Case:
    """What comes of a recorded conversation.

    Args:
        path: Its file, of JSON lines.
        covers: Whether to know which rows and replies it came by.
        accept: Whether to write into the file what today's program makes of each turn that it can take.
        proposed: Words in front of those that were in force.
    """
    began = clock.monotonic()
    try:
        kept = twin.read(path)
    except (TranscriptError, OSError) as error:
        return Case(path, 0.0, problem=f"{path}, {error}", played=[])
    words = Words((*kept.head.words, *proposed), currency=kept.head.currency)
    played = [
        turn(line, number, words)
        for number, line in zip(kept.numbers, kept.lines, strict=True)
        if isinstance(line, TurnLine)
    ]
    came_by = taken(line for line in kept.lines if isinstance(line, TurnLine)) if covers else None
    whole = Case(path, clock.monotonic() - began, kept.head.title, played, taken=came_by)
    if accept and whole.outcome != "same" and not any(each.heard is None for each in played):
        path.write_bytes(twin.encoded(kept.head, [_anew(line, words) for line in kept.lines]))
        return msgspec.structs.replace(whole, accepted=whole.is_whole)
    return whole


def _anew(line: TurnLine | Said, words: Words) -> TurnLine | Said:
    """A line with what today's program makes of it; as it is where the recording has no answer to what is asked."""
    if isinstance(line, Said):
        return line
    try:
        came = again(line, kept_in(line), words)
    except AskedAnew:
        return line
    recording = msgspec.json.decode(line.recording, type=dict[str, msgspec.Raw])
    said = [(name, msgspec.Raw(facts)) for name, facts in came.replies]
    recording |= {"replies": msgspec.Raw(msgspec.json.encode(said)), "draft": msgspec.Raw(came.draft)}
    recording["step"] = msgspec.Raw(msgspec.json.encode(came.step))
    return msgspec.structs.replace(
        line,
        recording=msgspec.Raw(msgspec.json.encode(recording)),
        after=msgspec.Raw(came.state.encode()),
        messages=tuple(msgspec.Raw(msgspec.json.encode(message)) for message in came.messages),
    )


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
    if wrong := wrong_in(_taken(kept, came)):
        return Played(number, line.who, line.did, _shown(line.messages), [], "behaviour", [wrong])
    sent = [msgspec.json.encode(message) for message in came.messages]
    has_same_words = len(sent) == len(line.messages) and all(map(is_same, map(bytes, line.messages), sent))
    known = _known(number, line, kept, came)
    if has_same_words and not known:
        return Played(number, line.who, line.did, [], [], "same")
    verdict: Verdict = "behaviour" if known else "wording"
    said = tuple(name for name, _ in came.replies)
    return Played(number, line.who, line.did, _shown(line.messages), _shown(sent), verdict, [], known, said)


def _taken(kept: Kept, came: Came) -> Taken:
    """The turn as it went today, as far as what always holds is seen of it."""
    return Taken(
        heard=came.heard,
        step=came.step,
        before=came.before,
        after=load_state(came.state),
        draft=kept.facts.draft,
        draft_after=msgspec.json.decode(came.draft, type=Draft),
        replies=[(name, msgspec.json.decode(facts)) for name, facts in came.replies],
        own_name=kept.facts.name,
        is_quiet=kept.is_quiet,
    )


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
