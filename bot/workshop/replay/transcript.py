"""A recorded conversation as a text that people read and write; docs/transcripts.md has its grammar.

version: 2
title: A mug, cash on delivery
shopper: Ana Cruz

> [Get Started]
< Hi Ana! I'm the shop's bot.
  [Browse] [Help]
> mug
< (card) Blue mug · ₱120.00
  [Add to cart]
"""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.workshop.emulator.faults import KINDS

VERSION = 2
"""The newest form that can be read. A file without a version is of the first, which the second only adds to."""
SILENCE = "(nothing)"
_HEADERS = ("version", "title", "shopper", "locale")
_HEADER = re.compile(r"([A-Za-z]+):\s*(.*)")
_MARKED = re.compile(r"([^\W\d_][\w .'-]{0,60}?) ?>(.*)")
_FAULT = re.compile(r"! ([a-z_0-9]+)(?: x(\d{1,3}))?")
_LARGEST = 2_000_000


class TranscriptError(Exception):
    """The text is no transcript.

    Attributes:
        line: On which line, from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class Exchange(msgspec.Struct):
    """What a shopper did and what the bot answered.

    Attributes:
        line: On which line of the file it begins, from 1.
        did: What the shopper did, without the `> `; several lines where the text has several.
        answers: The bot's messages, each as its lines.
        remarks: Remarks that stand before it.
        who: Who did it; empty for the shopper of the header.
        faults: What goes wrong from here on: a fault's name and how many times.
        end: The last line of what was done: the answers begin on the next.
        answered: The last line of its answers; `end` where there are none.
    """

    line: int
    did: str
    answers: list[list[str]]
    remarks: list[str]
    who: str = ""
    faults: list[tuple[str, int]] = []
    end: int = 0
    answered: int = 0


class Transcript(msgspec.Struct):
    """A recorded conversation."""

    title: str
    shopper: str
    locale: str
    exchanges: list[Exchange]


def read(path: Path) -> Transcript:
    """The transcript in a file.

    Raises:
        TranscriptError: The file is none; says on which line and why.
        OSError: It cannot be read.
    """
    return parse(text_of(path))


def text_of(path: Path) -> str:
    """The text of a file, its byte order mark taken off.

    Raises:
        TranscriptError: It is too large, binary or not UTF-8.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise TranscriptError(1, f"This is larger than {_LARGEST // 1_000_000} MB: cut it into several files.")
    content = path.read_bytes()
    if b"\0" in content:
        raise TranscriptError(1, "This is a binary file, not a transcript: leave it out.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TranscriptError(line, "These bytes are not UTF-8: save the file as UTF-8.") from error


def parse(text: str) -> Transcript:
    """The transcript that a text holds.

    Raises:
        TranscriptError: It holds none.
    """
    reader = _Reader()
    lines = text.removeprefix("\ufeff").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip():
            reader.take(number, line)
    return reader.result(len(lines))


class _Reader:
    """Reads line by line, and knows where it is."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.exchanges: list[Exchange] = []
        self.remarks: list[str] = []
        self.faults: list[tuple[str, int]] = []
        self.is_open = False  # whether an indented line goes on with what stands above

    def take(self, number: int, line: str) -> None:
        """Read one line that is not empty."""
        if line.startswith("#"):
            self.remarks.append(line)
            self.is_open = False
        elif line.startswith("!"):
            self.faults.append(_fault(number, line.rstrip()))
            self.is_open = False
        elif line.startswith("<"):
            self.answer(number, line[1:].strip())
        elif line[0] in " \t":
            self.go_on(number, line.strip())
        elif line.startswith(">"):
            self.begin(number, "", line[1:].strip())
        elif not self.exchanges and (match := _HEADER.fullmatch(line)):
            self.header(number, match[1], match[2].strip())
        elif match := _MARKED.fullmatch(line):
            self.begin(number, match[1].strip(), match[2].strip())
        else:
            raise TranscriptError(
                number,
                "A line begins with > or <, with # or !, or with spaces where it goes on with the one above.",
            )

    def header(self, number: int, name: str, value: str) -> None:
        if name not in _HEADERS:
            raise TranscriptError(number, f"There is no header {name!r}: there are {', '.join(_HEADERS)}.")
        if name in self.headers:
            raise TranscriptError(number, f"The header {name!r} stands there twice: take one away.")
        if name == "version" and not (value.isdecimal() and 1 <= int(value) <= VERSION):
            raise TranscriptError(
                number,
                f"This is version {value} of the form; this program reads 1 to {VERSION}: use a newer QuickSell.",
            )
        self.headers[name] = value

    def begin(self, number: int, who: str, did: str) -> None:
        if not did:
            raise TranscriptError(number, "After > stands what the shopper does.")
        exchange = Exchange(number, did, [], self.remarks, who, self.faults, number, number)
        self.exchanges.append(exchange)
        self.remarks, self.faults, self.is_open = [], [], True

    def answer(self, number: int, words: str) -> None:
        if not self.exchanges:
            raise TranscriptError(number, "Before the bot answers, a shopper does something: a line with >.")
        self.exchanges[-1].answers.append([words])
        self.exchanges[-1].answered = number
        self.is_open = True

    def go_on(self, number: int, words: str) -> None:
        if not self.exchanges or not self.is_open:
            raise TranscriptError(number, "This line goes on with nothing: the one above is no message.")
        last = self.exchanges[-1]
        if last.answers:
            last.answers[-1].append(words)
            last.answered = number
        else:
            last.did += f"\n{words}"
            last.end = last.answered = number

    def result(self, lines: int) -> Transcript:
        if not self.exchanges:
            raise TranscriptError(1, "Nobody says anything: there is no line that begins with >.")
        if self.faults:
            raise TranscriptError(lines, "The file ends after a fault, before a shopper does anything: it was cut off.")
        headers = self.headers
        return Transcript(
            headers.get("title", ""), headers.get("shopper", "Ana Cruz"), headers.get("locale", "en_US"), self.exchanges
        )


def _fault(number: int, line: str) -> tuple[str, int]:
    match = _FAULT.fullmatch(line)
    if match is None or match[1] not in KINDS:
        raise TranscriptError(number, f"After ! stands a fault and perhaps x2 for twice: {', '.join(sorted(KINDS))}.")
    return match[1], int(match[2] or 1)


def written(transcript: Transcript) -> str:
    """The transcript as a text that `parse` reads back."""
    lines = [f"version: {VERSION}", f"title: {transcript.title}", f"shopper: {transcript.shopper}"]
    if transcript.locale != "en_US":
        lines.append(f"locale: {transcript.locale}")
    for exchange in transcript.exchanges:
        lines += ["", *exchange.remarks]
        lines += [f"! {name}{f' x{times}' if times > 1 else ''}" for name, times in exchange.faults]
        first, *more = exchange.did.splitlines()
        lines += [f"{f'{exchange.who} ' if exchange.who else ''}> {first}", *(f"  {line}" for line in more)]
        lines += answer_lines(exchange.answers)
    return "\n".join(lines) + "\n"


def answer_lines(answers: Sequence[Sequence[str]]) -> list[str]:
    """The bot's messages as lines of a file.

    Args:
        answers: Each as its lines.
    """
    return [("< " if not number else "  ") + line for answer in answers for number, line in enumerate(answer)]


def accepted(text: str, transcript: Transcript, heard: Sequence[list[list[str]] | None]) -> str:
    """The text of a file with today's answers; whatever else a person wrote stays as it is.

    Args:
        text: The file as it stands.
        transcript: What `parse` read from it.
        heard: For each exchange what was heard, None where its answers stay.
    """
    lines = text.splitlines()
    for exchange, answers in reversed(list(zip(transcript.exchanges, heard, strict=False))):
        if answers is not None:
            between = lines[exchange.end : exchange.answered]
            kept = [line for line in between if line.startswith("#")]
            lines[exchange.end : exchange.answered] = [*kept, *answer_lines(answers)]
    return "\n".join(lines) + "\n"
