"""A recorded conversation as a text that people read and write.

    title: A mug, cash on delivery
    shopper: Ana Cruz

    > [Get Started]
    < Hi Ana! I'm the shop's bot.
      [Browse] [Help]
    > mug
    < (card) Blue mug · ₱120.00
      [Add to cart]

`>` is what the shopper does: a text, `[a tap]`, `[menu: a tap]`, `(picture)` or `(like)`. `<` begins a message of the
bot; indented lines belong to it. A line that begins with `#` is a remark.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from bot.workshop.emulator.bubbles import Bubble, Button

_HEADER = re.compile(r"([a-z]+):\s*(.*)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_CHANGING = (
    (re.compile(r"ORD-\d{8}-[A-Z0-9]+"), "ORD-…"),
    (re.compile(r"\b\d{1,2}:\d{2}(?:\s?[AaPp][Mm])?\b"), "(time)"),
    (re.compile(rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b|\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b"), "(date)"),
)


class TranscriptError(Exception):
    """The text is no transcript.

    Attributes:
        line: On which line, from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


class Exchange(msgspec.Struct):
    """What the shopper did and what the bot answered.

    Attributes:
        line: On which line of the file it begins, from 1.
        did: What the shopper did, without the `> `.
        answers: The bot's messages, each as its lines.
        remarks: Remarks that stand before it.
    """

    line: int
    did: str
    answers: list[list[str]]
    remarks: list[str]


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
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Transcript:
    """The transcript that a text holds.

    Raises:
        TranscriptError: It holds none.
    """
    headers: dict[str, str] = {}
    exchanges: list[Exchange] = []
    remarks: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("#"):
            remarks.append(line)
        elif line.startswith(">"):
            exchanges.append(Exchange(number, line[1:].strip(), [], remarks))
            remarks = []
            if not exchanges[-1].did:
                raise TranscriptError(number, "After > stands what the shopper does.")
        elif line.startswith("<") and exchanges:
            exchanges[-1].answers.append([line[1:].strip()])
        elif line[0] in " \t" and exchanges and exchanges[-1].answers:
            exchanges[-1].answers[-1].append(line.strip())
        elif not exchanges and (match := _HEADER.fullmatch(line)):
            headers[match[1]] = match[2].strip()
        else:
            raise TranscriptError(number, "A line begins with > or <, or with spaces where it goes on a message.")
    if not exchanges:
        raise TranscriptError(1, "Nobody says anything: there is no line that begins with >.")
    return Transcript(
        headers.get("title", ""), headers.get("shopper", "Ana Cruz"), headers.get("locale", "en_US"), exchanges
    )


def written(transcript: Transcript) -> str:
    """The transcript as a text that `parse` reads back."""
    lines = [f"title: {transcript.title}", f"shopper: {transcript.shopper}"]
    if transcript.locale != "en_US":
        lines.append(f"locale: {transcript.locale}")
    for exchange in transcript.exchanges:
        lines += ["", *exchange.remarks, f"> {exchange.did}"]
        for answer in exchange.answers:
            lines += [f"{'  ' if number else '< '}{line}" for number, line in enumerate(answer)]
    return "\n".join(lines) + "\n"


def lines_of(bubble: Bubble) -> list[str]:
    """A message as a transcript shows it, with what differs each time replaced: order numbers, dates and times.

    Args:
        bubble: The message as the shopper sees it.
    """
    return [steady(line) for line in _lines(bubble)] or ["(empty)"]


def steady(line: str) -> str:
    """The line without what differs from one run to the next."""
    for pattern, instead in _CHANGING:
        line = pattern.sub(instead, line)
    return line


def _lines(bubble: Bubble) -> Iterable[str]:
    payload = bubble.attachment.payload if bubble.attachment else None
    if payload is not None and bubble.cards and payload.template_type != "receipt":
        for card in bubble.cards:
            yield "(card) " + " · ".join(part.strip() for part in (card.title, card.subtitle) if part.strip())
            if card.buttons:
                yield _offered(card.buttons)
    else:
        yield from (line.strip() for line in bubble.words().splitlines() if line.strip())
        if payload is not None and payload.url:
            yield "(picture)"
        if payload is not None and payload.buttons:
            yield _offered(payload.buttons)
    if bubble.quick_replies:
        yield _offered(bubble.quick_replies)


def _offered(buttons: Iterable[Button]) -> str:
    return " ".join(f"[{button.title or button.content_type}]" for button in buttons)
