"""A conversation from life as a test: the transcript that people read, and its exact twin, with nobody's name in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

import msgspec
from msgspec.structs import replace

from bot.base import logs
from bot.messenger.bubbles import Bubble
from bot.messenger.event import Event
from bot.messenger.events import AttachmentMessage, MessageEdit, Postback, QuickReply, SendCart, TextMessage, load
from handlers.transcripts.again import again, is_same, kept_in
from handlers.transcripts.deeds import Deeds
from handlers.transcripts.form import HIDDEN, VERSION, Exchange, Transcript
from handlers.transcripts.lines import lines_of
from handlers.transcripts.passing import passed
from handlers.transcripts.personal.known import free_words, known_of
from handlers.transcripts.personal.standins import StandIns
from handlers.transcripts.placeholders import Bindings
from handlers.transcripts.twin import Head, Said, TurnLine, encoded
from handlers.transcripts.writing import written
from replies.profile import profile
from replies.words import Wording, Words
from repository.rules import Rules
from repository.talks.recorded import Recorded, Sent, Turn

SESSION = timedelta(hours=6)
"""Whoever comes back later than that begins another conversation."""
_PAUSE = timedelta(minutes=15)
_LOCALES = {"fil": "tl_PH"}

_log = logs.get("transcripts")
_bubble = msgspec.json.Decoder(Bubble)


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as two files.

    Attributes:
        name: What both are called, without an ending.
        transcript: The text that people read.
        twin: The exact lines.
        turns: How many turns it has.
    """

    name: str
    transcript: str
    twin: bytes
    turns: int


def exported(
    recorded: Recorded,
    *,
    words: Sequence[Wording] = (),
    currency: str = "PHP",
    standins: StandIns,
) -> Exported | None:
    """The conversation as two files in which nobody is known by name, number, door or picture.

    Args:
        recorded: What was recorded.
        words: The merchant's wordings.
        currency: ISO code of the shop's.
        standins: Of this conversation, or of others too, so that the same people are the same there.

    Returns:
        None where there is no turn of which a recording is left.
    """
    turns = [turn for turn in recorded.turns if turn.recording and turn.event not in ("", "{}")]
    if not turns:
        return None
    standins.know(known_of(recorded))
    for turn in turns:
        event = load(turn.event)
        if isinstance(event, TextMessage | AttachmentMessage | MessageEdit):
            standins.hear(event.text)
        elif isinstance(event, SendCart):
            standins.hear(event.note)
    for words_said in free_words(recorded):
        standins.hear(words_said)
    return _Export(recorded, turns, standins, words, currency).files()


def recorded_lines(people: Mapping[str, Recorded], head: Head) -> bytes:
    """The exact twin of a conversation that was played, of all who spoke in it.

    Args:
        people: What was recorded of each, by the name that stands before what they do; empty for the head's shopper.
        head: The first line.
    """
    lines: list[tuple[int, TurnLine, str]] = []
    for who, recorded in people.items():
        export = _Export(recorded, recorded.turns, None, (), head.currency)
        lines += [(turn.id, export.turn(turn)[0], who) for turn in recorded.turns if turn.recording]
    return encoded(head, [replace(line, who=who) for _, line, who in sorted(lines, key=lambda one: one[0])])


class _Export:
    """One conversation on its way into two files."""

    def __init__(
        self,
        recorded: Recorded,
        turns: Sequence[Turn],
        standins: StandIns | None,
        words: Sequence[Wording],
        currency: str,
    ) -> None:
        self._recorded = recorded
        self._turns = turns
        self._standins = standins
        self._words = words
        self._currency = currency
        self._bindings = Bindings()
        self._deeds = Deeds(_menu_titles(), self._said())
        self._spoken = Words(words, currency=currency)

    def files(self) -> Exported:
        """The two files."""
        person, first = self._recorded.person, self._turns[0]
        shopper = self._text(person.name) or HIDDEN
        title = f"{self._text(_words_of(load(first.event)))[:60] or 'A conversation'}, {first.at:%B %Y}"
        lines: list[TurnLine | Said] = []
        exchanges: list[Exchange] = []
        remarks: list[str] = []
        state = str(msgspec.json.decode(first.before or "{}").get("at", ""))
        if state not in ("", "idle"):
            remarks = [f"# It goes on from before: the shopper stood at {state!r}."]
        before = first.at
        for item in self._in_order():
            at = item.at
            if exchanges and at - before >= _PAUSE and isinstance(item, Turn | Sent):
                exchanges.append(Exchange(0, "", [], [], passes=passed(at - before)))
            before = max(before, at)
            if isinstance(item, Turn):
                line, exchange = self.turn(item)
                exchange.remarks, remarks = [*remarks, *exchange.remarks], []
                lines.append(line)
                exchanges.append(exchange)
            elif exchanges:
                by, message = "a person" if item.is_typed else "a notice", self._raw(item.message)
                lines.append(Said(by=by, message=message))
                if item.is_typed:
                    heard = " / ".join(self._lines(message))
                    remarks.append(f"# A person of the shop wrote: {heard}")
                else:
                    exchanges[-1].answers.append(self._lines(message))
        exchanges[-1].remarks += remarks
        locale = _LOCALES.get(person.language, "en_US")
        transcript = Transcript(title, shopper, locale, exchanges, clock=f"{first.at:%Y-%m-%d %H:%M}")
        head = Head(
            version=VERSION,
            title=title,
            shopper=shopper,
            locale=locale,
            currency=self._currency,
            words=tuple(self._words),
        )
        name = f"{first.at:%Y-%m-%d}-{_slug(title.rpartition(',')[0])}-{first.id % 10_000:04}"
        return Exported(name=name, transcript=written(transcript), twin=encoded(head, lines), turns=len(self._turns))

    def _in_order(self) -> Iterator[Turn | Sent]:
        """The turns, and what the shop said by itself, as they happened."""
        begins, ends = self._turns[0].at, self._turns[-1].at + _PAUSE
        alone = [sent for sent in self._recorded.sent if not sent.turn_id and begins <= sent.at <= ends]
        everything: list[Turn | Sent] = [*self._turns, *alone]
        yield from sorted(everything, key=lambda item: (item.at, isinstance(item, Sent)))

    def turn(self, turn: Turn) -> tuple[TurnLine, Exchange]:
        """A turn as an exact line, and as an exchange of the text."""
        event, recording = self._raw(turn.event), self._raw(turn.recording)
        did, remarks = self._deeds.of(load(bytes(event)))
        did = self._bindings.steady(did)
        if turn.is_buried:
            remarks.append("# This turn failed three times: the shopper heard an apology.")
        line = TurnLine(
            did=did,
            event=event,
            before=self._raw(turn.before or "{}"),
            recording=recording,
            after=self._raw(turn.after or "{}"),
            messages=tuple(self._raw(sent.message) for sent in self._recorded.sent if sent.turn_id == turn.id),
        )
        if self._standins:
            line = self._said_anew(line)
        return line, Exchange(0, did, [self._lines(message) for message in line.messages], remarks)

    def _said_anew(self, line: TurnLine) -> TurnLine:
        """The turn with its messages written anew, where they say the same: a name may have been cut in two in them."""
        try:
            kept = kept_in(line)
            came = again(line, kept, self._spoken)
        except Exception as error:  # noqa: BLE001 - an old recording may be anything; it stays as it is
            _log.warning("a turn does not go as it went", error=type(error).__name__)
            return line
        said = [(name, bytes(facts)) for name, facts in kept.replies]
        is_alike = len(said) == len(came.replies) and all(
            then == name and is_same(facts, today)
            for (then, facts), (name, today) in zip(said, came.replies, strict=True)
        )
        if not is_alike or len(came.messages) != len(line.messages):
            return line
        return replace(line, messages=tuple(msgspec.Raw(msgspec.json.encode(message)) for message in came.messages))

    def _text(self, text: str) -> str:
        return self._standins.text(text) if self._standins else text

    def _raw(self, stored: str) -> msgspec.Raw:
        if self._standins is None:
            return msgspec.Raw(stored.encode())
        return msgspec.Raw(msgspec.json.encode(self._standins.tree(msgspec.json.decode(stored))))

    def _lines(self, message: msgspec.Raw) -> list[str]:
        return [self._bindings.steady(line) for line in lines_of(_bubble.decode(bytes(message)))]

    def _said(self) -> dict[str, str]:
        """The first words of each message of the bot, by what the shopper's events call it."""
        found: dict[str, str] = {}
        for sent in self._recorded.sent:
            if sent.mid:
                first = lines_of(_bubble.decode(bytes(self._raw(sent.message))))[0]
                words = first.removeprefix("(card) ").split(" · ")[0].split('"')[0]
                found[self._called(sent.mid)] = words
        return found

    def _called(self, mid: str) -> str:
        return str(cast(dict[str, str], self._standins.tree({"reply_to": mid}))["reply_to"]) if self._standins else mid


def _words_of(event: Event) -> str:
    words = event.text if isinstance(event, TextMessage | QuickReply | AttachmentMessage) else ""
    return " ".join((words or (event.title if isinstance(event, Postback) else "")).split())


class _Menu(msgspec.Struct):
    call_to_actions: list[dict[str, str]]


def _menu_titles() -> frozenset[str]:
    menus = msgspec.convert(profile(Words(), Rules())["persistent_menu"], list[_Menu])
    return frozenset(item["title"] for menu in menus for item in menu.call_to_actions)


def _slug(text: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())[:40] or "chat"


def sessions(times: Sequence[datetime], turns: Sequence[Turn]) -> list[tuple[datetime, datetime]]:
    """From when to when the conversations go in which some turns stand.

    Args:
        times: When the turns were.
        turns: Every turn of the shopper, oldest first.
    """
    found: list[list[datetime]] = []
    for turn in turns:
        if found and turn.at - found[-1][-1] <= SESSION:
            found[-1].append(turn.at)
        else:
            found.append([turn.at])
    return [(group[0], group[-1]) for group in found if any(group[0] <= at <= group[-1] for at in times)]
