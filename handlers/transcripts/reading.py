"""A transcript read from a text: each line taken for what it is, or refused with its number and what to do."""

import re
from pathlib import Path

from handlers.transcripts import passing
from handlers.transcripts.form import (
    BLANK,
    BREAKS,
    END,
    FACTS,
    FAULTS,
    OF_SOMETHING,
    SHOPS,
    VERSION,
    Exchange,
    Fact,
    Transcript,
    TranscriptError,
)
from repository.rules import Rules

_HEADERS = ("version", "title", "shopper", "locale", "shop", "clock", "chance")
_HEADER = re.compile(r"([A-Za-z]+):\s*(.*)")
_MARKED = re.compile(r"([^\W\d_][\w .'-]{0,60}?) ?>(.*)")
_FAULT = re.compile(r"!\s*([a-z_0-9]+(?: [a-z0-9]+)*?)(?: x(\d{1,3}))?")
_LARGEST = 2_000_000


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
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TranscriptError(1, "This is UTF-16: save the file as UTF-8.")
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
    lines = lines_in(text.removeprefix("\ufeff").rstrip("\r\n"))
    for number, line in enumerate(lines, 1):
        if line.strip():
            reader.take(number, line)
    return reader.result(len(lines))


def lines_in(text: str) -> list[str]:
    """A text's lines; other marks that end one in Unicode stand in the middle of what people type.

    Args:
        text: Any.
    """
    return re.split(r"\r\n|\r|\n", text)


class _Reader:
    """Reads line by line, and knows where it is."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.shop = "demo"
        self.rules: dict[str, str] = {}
        self.exchanges: list[Exchange] = []
        self.remarks: list[str] = []
        self.faults: list[tuple[str, int]] = []
        self.is_open = False  # whether an indented line goes on with what stands above
        self.has_ended = False

    def take(self, number: int, line: str) -> None:
        """Read one line that is not empty."""
        if line.startswith("#"):
            self.remarks.append(line)
            self.is_open = False
        elif self.has_ended:
            raise TranscriptError(number, f"This stands below {END}: move it up, or take {END} away above it.")
        elif line.strip() == END:
            self.has_ended, self.is_open = True, False
        elif line.startswith("!"):
            self.faults.append(_fault(number, line.rstrip()))
            self.is_open = False
        elif line.startswith("<"):
            self.answer(number, line[1:].strip())
        elif line.startswith("="):
            self.fact(number, line[1:].strip())
        elif line.startswith("@"):
            self.pass_time(number, line[1:].strip())
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
                "A line begins with > or <, with @ or =, with # or !, or with spaces where it goes on with the one"
                " above: write one of these before it.",
            )

    def header(self, number: int, name: str, value: str) -> None:
        if name not in _HEADERS:
            raise TranscriptError(number, f"There is no header {name!r}: there are {', '.join(_HEADERS)}.")
        if name in self.headers:
            raise TranscriptError(number, f"The header {name!r} stands there twice: take one away.")
        if name == "version" and not value.isdecimal():
            raise TranscriptError(number, f"version: is a whole number, such as {VERSION}, and not {value!r}.")
        if name == "version" and not 1 <= int(value) <= VERSION:
            raise TranscriptError(
                number,
                f"This is version {value} of the form; this program reads 1 to {VERSION}: use a newer QuickSell.",
            )
        if name == "chance" and not (value.isdecimal() and len(value) < 19):
            raise TranscriptError(number, f"chance: is a whole number, such as 7, and not {value!r}.")
        if name == "clock":
            try:
                passing.at(value)
            except ValueError:
                raise TranscriptError(number, "clock: is a time in the shop, such as 2026-12-24 18:00.") from None
        if name == "shop":
            self.set_shop(number, value)
        self.headers[name] = value

    def set_shop(self, number: int, value: str) -> None:
        """Read such as `demo, verification_orders=3`."""
        shop, *rules = [part.strip() for part in value.split(",")]
        if shop not in SHOPS:
            raise TranscriptError(number, f"There is no shop {shop!r}: there are {', '.join(SHOPS)}.")
        self.shop = shop
        for rule in rules:
            name, equals, meant = (part.strip() for part in rule.partition("="))
            if not equals or name not in Rules.__struct_fields__:
                raise TranscriptError(
                    number,
                    f"{rule!r} is no rule: write one as in verification_orders=3, by its name in docs/database-sql.md.",
                )
            self.rules[name] = meant

    def begin(self, number: int, who: str, did: str) -> None:
        if not did:
            raise TranscriptError(number, "After > stands what the shopper does.")
        self.open(Exchange(number, did, [], self.remarks, who, self.faults, end=number))

    def pass_time(self, number: int, passes: str) -> None:
        try:
            passing.check(passes)
        except ValueError:
            raise TranscriptError(number, f"After @ stands how time passes, {passing.FORMS}.") from None
        self.open(Exchange(number, "", [], self.remarks, "", self.faults, passes, end=number))

    def open(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self.remarks, self.faults, self.is_open = [], [], True

    def answer(self, number: int, words: str) -> None:
        if not self.exchanges:
            raise TranscriptError(number, "Before the bot answers, a shopper does something: a line with >.")
        self.exchanges[-1].answers.append([words])
        self.exchanges[-1].answered = [*self.exchanges[-1].answered, number]
        self.is_open = True

    def fact(self, number: int, words: str) -> None:
        if not self.exchanges:
            raise TranscriptError(number, "Before the database is asked, a shopper does something: a line with >.")
        asked, colon, value = words.rpartition(":")
        asked = asked.strip()
        name = next((each for each in sorted(FACTS, key=len, reverse=True) if f"{asked} ".startswith(f"{each} ")), "")
        of = asked[len(name) :].strip()
        if not colon or not name or bool(of) != (name in OF_SOMETHING):
            known = ", ".join(f"{each} …" if each in OF_SOMETHING else each for each in FACTS)
            raise TranscriptError(number, f"After = stands what is known, a colon and a value, of these: {known}.")
        if name == "queue" and of not in ("orders", "notices", "outbox"):
            raise TranscriptError(number, f"There is no queue {of!r}: there are orders, notices and outbox.")
        exchange = self.exchanges[-1]
        exchange.facts = [*exchange.facts, Fact(number, name, of, value.strip())]
        self.is_open = False

    def go_on(self, number: int, words: str) -> None:
        if not self.exchanges or not self.is_open or (self.exchanges[-1].passes and not self.exchanges[-1].answers):
            raise TranscriptError(number, "This line goes on with nothing: the one above is no message.")
        last = self.exchanges[-1]
        if last.answers:
            last.answers[-1].append(words)
            last.answered = [*last.answered, number]
        else:
            last.did += "\n" if words == BLANK else f"\n{words}"
            last.end = number

    def result(self, lines: int) -> Transcript:
        if int(self.headers.get("version", "1")) >= 3 and not self.has_ended:
            raise TranscriptError(
                lines, f"The file was cut off: its last line is not {END}. Fetch it again, or write {END} below it."
            )
        if not self.exchanges:
            raise TranscriptError(1, "Nobody says anything: there is no line that begins with >.")
        if self.faults:
            raise TranscriptError(lines, "The file ends after a fault, before a shopper does anything: it was cut off.")
        headers = self.headers
        return Transcript(
            headers.get("title", ""),
            headers.get("shopper", "Ana Cruz"),
            headers.get("locale", "en_US"),
            self.exchanges,
            self.shop,
            self.rules,
            headers.get("clock", ""),
            int(headers["chance"]) if "chance" in headers else None,
        )


def _fault(number: int, line: str) -> tuple[str, int]:
    match = _FAULT.fullmatch(line)
    if match is None or match[1] not in (*FAULTS, *BREAKS):
        known = ", ".join(sorted((*FAULTS, *BREAKS)))
        raise TranscriptError(number, f"After ! stands a fault and perhaps x2 for twice: {known}.")
    return match[1], int(match[2] or 1)
