"""A recorded turn taken again by today's program: what the repository answered comes from the recording."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, cast, get_args, get_type_hints

import msgspec

from bot.messenger.events import load
from bot.messenger.referring import Came as CameFrom
from dialogs.conversation import dump_state, load_state, step_for
from dialogs.engine.run import Ask, Next, Turn, run_step
from dialogs.engine.state import State
from dialogs.reading.context import Context, Offered
from dialogs.reading.hear import hear
from dialogs.showing.quiet import said_in_quiet, speaks_in_quiet, stay_quiet
from handlers.transcripts.twin import TurnLine
from replies.render import render
from replies.words import Words
from repository.database.errors import ShopError

_encode = msgspec.json.Encoder().encode


class AskedThen(msgspec.Struct, frozen=True):
    """One ask of a recorded turn, with its answer or its refusal."""

    ask: str
    arguments: msgspec.Raw
    answer: msgspec.Raw = msgspec.Raw(b"null")
    refusal: str = ""
    facts: dict[str, object] = {}


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a recording holds, as far as a turn is taken again with it.

    Attributes:
        step: The step that was taken.
        facts: The turn's facts.
        asks: What was asked, with the answers.
        replies: What was said: each reply's name and its facts.
        draft: What was known from then on of the order that was being made.
        offered: What could be tapped before.
        replied: What stands on the message that was replied to.
        shared: What the shopper's own message had come with that was replied to.
        edited: The state in which a message was typed that was changed, as it is stored.
        is_quiet: Whether a person of the shop was to answer.
    """

    step: str
    facts: Turn
    asks: list[AskedThen]
    replies: list[tuple[str, msgspec.Raw]]
    draft: msgspec.Raw = msgspec.Raw(b"{}")
    offered: tuple[Offered, ...] = ()
    replied: tuple[Offered, ...] = ()
    shared: CameFrom | None = None
    edited: str = ""
    is_quiet: bool = False


_kept = msgspec.json.Decoder(Kept)


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it.

    Attributes:
        step: The step that was taken.
        heard: What the step heard.
        before: The state in which it began.
        state: The state after it, as it is stored.
        replies: What was said: each reply's name and its facts.
        messages: As the Send API takes them.
        draft: What is known of the order that is being made.
    """

    step: str
    heard: msgspec.Struct
    before: State
    state: str
    replies: list[tuple[str, bytes]]
    messages: list[dict[str, object]]
    draft: bytes


class AskedAnew(Exception):
    """The step asks what the recording has no answer to; the text names it."""


def kept_in(line: TurnLine) -> Kept:
    """What the recording of a turn holds.

    Args:
        line: The turn.

    Raises:
        msgspec.ValidationError: It is of a version that this program does not know.
    """
    return _kept.decode(line.recording)


def heard_in(line: TurnLine, kept: Kept) -> tuple[State, msgspec.Struct]:
    """The state in which a turn began, and what its step hears of the event today.

    Args:
        line: The turn.
        kept: Its recording.
    """
    state = load_state(bytes(line.before))
    context = Context(
        state=state,
        offered=kept.offered,
        replied=kept.replied,
        draft=kept.facts.draft,
        shared=kept.shared,
        edited=load_state(kept.edited) if kept.edited else None,
    )
    return state, hear(load(bytes(line.event)), context)


def again(line: TurnLine, kept: Kept, words: Words) -> Came:
    """Take a turn again.

    Args:
        line: The turn.
        kept: Its recording.
        words: What is said in.

    Raises:
        AskedAnew: A step asks what was not asked then.
    """
    state, heard = heard_in(line, kept)
    step = (
        stay_quiet if kept.is_quiet and not speaks_in_quiet(load(bytes(line.event)), heard) else step_for(state, heard)
    )
    answers = _Answers(kept.asks)

    async def answer(asked: Sequence[Ask[object]]) -> Sequence[object]:
        return [answers.to(one) for one in asked]

    decided = _finished(run_step(step, state, heard, kept.facts, answer))
    if kept.is_quiet:
        decided = said_in_quiet(decided, heard)
    rules = kept.facts.rules
    language = rules.spoken(decided.language or kept.facts.language)
    messages = render(decided.replies, words, language, choices=rules.languages)
    draft = kept.facts.draft if decided.draft is None else decided.draft
    return Came(
        step=step.__name__,
        heard=heard,
        before=state,
        state=dump_state(decided.state),
        replies=[(reply.name, _encode(reply)) for reply in decided.replies],
        messages=[message.payload() for message in messages],
        draft=_encode(draft),
    )


def _finished(running: Any) -> Next[State]:
    """What a coroutine comes to that never waits."""
    try:
        running.send(None)
    except StopIteration as stop:
        return cast(Next[State], stop.value)
    finally:
        running.close()
    raise RuntimeError("a step waited for something")


class _Answers:
    """The answers of a recording, each given once."""

    def __init__(self, asks: list[AskedThen]) -> None:
        self._left = list(asks)

    def to(self, asked: Ask[object]) -> object:
        """The answer to an ask, or the refusal that came instead.

        Raises:
            AskedAnew: There is none.
            ShopError: The shop refused then.
        """
        name, arguments = asked.name, _encode(asked.arguments)
        for number, one in enumerate(self._left):
            if one.ask == name and is_same(bytes(one.arguments), arguments):
                del self._left[number]
                if one.refusal:
                    raise _refusal(one.refusal, one.facts)
                return answer_of(asked.function)(bytes(one.answer))
        raise AskedAnew(f"It asks {name}({arguments.decode()}), which was not asked then.")


def is_same(before: bytes, now: bytes) -> bool:
    """Whether two pieces of JSON say the same.

    Args:
        before: One.
        now: The other.
    """
    return before == now or bool(msgspec.json.decode(before) == msgspec.json.decode(now))


@cache
def answer_of(function: Callable[..., object]) -> Callable[[bytes], object]:
    """What reads the answers of a function that a step asks from recordings.

    Args:
        function: Of the repository. Where it answers with one of several structs, they are told apart by their fields.
    """
    kind = get_type_hints(function).get("return", object)
    structs = [one for one in get_args(kind) if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    if len(structs) < 2:
        return msgspec.json.Decoder(kind, strict=False).decode
    decoders = [(frozenset(one.__struct_fields__), msgspec.json.Decoder(one, strict=False)) for one in structs]

    def read(answer: bytes) -> object:
        stored = msgspec.json.decode(answer)
        if stored is None:
            return None
        return max(decoders, key=lambda one: len(one[0] & stored.keys()) - len(one[0] - stored.keys()))[1].decode(
            answer
        )

    return read


@cache
def _refusals() -> Mapping[str, type[ShopError]]:
    found: dict[str, type[ShopError]] = {}
    waiting: list[type[ShopError]] = [ShopError]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting += kind.__subclasses__()
    found["EmptyCart"] = found["NothingToOrder"]  # as 0.1.0 called it
    return found


def _refusal(name: str, facts: Mapping[str, object]) -> ShopError:
    kind = _refusals().get(name, ShopError)
    hints = get_type_hints(kind.__init__) if "__init__" in kind.__dict__ else {}
    refusal = kind.__new__(kind)
    for fact, value in facts.items():
        setattr(refusal, fact, msgspec.convert(value, hints[fact], strict=False) if fact in hints else value)
    return refusal
