"""Single statements out of a script that `mariadb < file` and `mysql < file` would run.

A server takes one statement at a time, and `DELIMITER` is a word of the clients that it does not know. So the program
cuts scripts and dumps itself, as the clients do: quotes, backticks, comments and versioned comments (`/*! */` on both
families, `/*M! */` on MariaDB alone) count. Where the clients would silently do something else, this refuses.
"""

import functools
import io
import re
from collections.abc import Iterable, Iterator

import msgspec


class ScriptError(Exception):
    """A script cannot be cut into statements.

    Attributes:
        line: Where, counted from 1.
        problem: What is wrong there, without the line.
    """

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, as it is sent to the server.

    Attributes:
        text: The statement without its delimiter; comments inside it are kept, those before it are not.
        line: The line on which it begins, counted from 1.
        notes: The comments that stand before it, without their marks, one a line.
    """

    text: str
    line: int
    notes: str = ""


_DELIMITER = re.compile(r"\s*delimiter(?:[ \t]+(\S+).*|\s*)\Z", re.IGNORECASE | re.DOTALL)
_REST_OF_STRING = {
    "'": re.compile(r"(?:[^'\\]++|\\.)*+", re.DOTALL),
    '"': re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL),
    "`": re.compile(r"[^`]*+", re.DOTALL),
}
_DASHES = re.compile(r"--(?=\s|\Z)")
_VERSIONED = re.compile(r"/\*(?:M!|!)")


@functools.lru_cache(maxsize=32)
def _plain(delimiter: str) -> re.Pattern[str]:
    """What needs no thought: whole strings, names and words, up to a comment, a delimiter or an open quote."""
    first = re.escape(delimiter[0])
    return re.compile(
        rf"(?:[^'\"`#\-/*{first}]++|(?!{re.escape(delimiter)})(?:"
        r"'(?:[^'\\]++|\\.)*+'|\"(?:[^\"\\]++|\\.)*+\"|`[^`]*+`"
        rf"|-(?!-(?:\s|\Z))|/(?!\*)|\*(?!/)|(?!['\"`#\-/*]){first}))*",
        re.DOTALL,
    )


def _reach(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Where the match of a pattern that also matches nothing ends."""
    match = pattern.match(line, at)
    return match.end() if match else at


class Cutter:
    """Where the cutting stands between two lines of a script."""

    def __init__(self) -> None:
        self.delimiter = ";"
        self.line = 0
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.began = 0
        self.quote = ""  # the quote that is open, or ""
        self.comment = False  # inside /* */
        self.versioned = 0  # the line on which an open /*! began, or 0
        self.opened = 0  # the line on which the open quote or comment began

    @property
    def is_between(self) -> bool:
        """Whether no statement, quote or comment is open, and a semicolon ends what comes next."""
        return not (self.parts or self.quote or self.comment) and self.delimiter == ";"

    def keep(self, text: str) -> None:
        """Take code into the statement; space before its first word is dropped."""
        if not self.parts:
            text = text.lstrip()
            if not text:
                return
            self.began = self.line
        self.parts.append(text)

    def note(self, text: str) -> None:
        """Take a comment: into the statement where one has begun, else beside the next one."""
        if self.parts:
            self.parts.append(text)
        else:
            bare = text.strip().removeprefix("/*").removesuffix("*/").lstrip("-#").strip()
            if bare:
                self.notes.append(bare)

    def finish(self) -> Statement | None:
        """The statement that ends here, or None where there was only a delimiter."""
        text = "".join(self.parts).rstrip()
        statement = Statement(text=text, line=self.began, notes="\n".join(self.notes)) if text else None
        self.parts, self.notes = [], []
        return statement

    def feed(self, line: str) -> Iterator[Statement]:
        """The statements that end on this line."""
        self.line += 1
        if not self.quote and not self.comment and (word := _DELIMITER.match(line)):
            self._change_delimiter(word.group(1))
            return
        at = 0
        while at < len(line):
            if self.quote:
                at = self._in_string(line, at)
            elif self.comment:
                at = self._in_comment(line, at)
            else:
                end = _reach(_plain(self.delimiter), line, at)
                if end > at:
                    self.keep(line[at:end])
                if end < len(line):
                    at = self._special(line, end)
                    if at < 0:
                        at = -at
                        if (statement := self.finish()) is not None:
                            yield statement
                else:
                    at = end

    def _change_delimiter(self, delimiter: str | None) -> None:
        if "".join(self.parts).strip():
            raise ScriptError(self.line, f"DELIMITER inside the statement that began on line {self.began}")
        if not delimiter:
            raise ScriptError(self.line, "DELIMITER without a delimiter")
        if "\\" in delimiter or delimiter[0] in "'\"`" or delimiter.startswith(("--", "/*", "#", "*/")):
            raise ScriptError(self.line, f"{delimiter} cannot be a delimiter: it means something else in SQL")
        self.delimiter = delimiter

    def _in_string(self, line: str, at: int) -> int:
        end = _reach(_REST_OF_STRING[self.quote], line, at)
        closed = line.startswith(self.quote, end)
        self.parts.append(line[at : end + 1] if closed else line[at:])
        if closed:
            self.quote = ""
            return end + 1
        return len(line)

    def _in_comment(self, line: str, at: int) -> int:
        end = line.find("*/", at)
        stop = len(line) if end < 0 else end + 2
        self.comment = end < 0
        self.note(line[at:stop])
        return stop

    def _special(self, line: str, at: int) -> int:
        """Go on past a quote, a comment or a delimiter; a delimiter answers the negative of where to go on."""
        if line.startswith(self.delimiter, at):
            if self.versioned:
                raise ScriptError(
                    self.line,
                    f"the delimiter {self.delimiter} inside the versioned comment of line {self.versioned}: "
                    "the plain client would cut the statement here",
                )
            return -(at + len(self.delimiter))
        if line.startswith("*/", at):
            if not self.versioned:
                raise ScriptError(self.line, "*/ closes no comment")
            self.versioned = 0
            self.keep("*/")
            return at + 2
        if opening := _VERSIONED.match(line, at):
            if self.versioned:
                raise ScriptError(self.line, f"a versioned comment inside the one of line {self.versioned}")
            self.versioned = self.line
            self.keep(opening.group())
            return opening.end()
        if line.startswith("/*", at):
            self.comment, self.opened = True, self.line
            self.note("/*")
            return at + 2
        if line[at] == "#" or _DASHES.match(line, at):
            self.note(line[at:])
            return len(line)
        self.quote, self.opened = line[at], self.line
        self.keep(line[at])
        return at + 1

    def end(self) -> Statement | None:
        """What is left at the end of the script: like the clients, a last statement needs no delimiter."""
        if self.quote:
            raise ScriptError(self.opened, f"the quote {self.quote} is never closed")
        if self.comment:
            raise ScriptError(self.opened, "the comment is never closed")
        if self.versioned:
            raise ScriptError(self.versioned, "the versioned comment is never closed")
        return self.finish()


def split_lines(lines: Iterable[str]) -> Iterator[Statement]:
    """The statements of a script that is read line by line, each as soon as it is whole.

    Args:
        lines: The lines with their line ends, as a file gives them.

    Raises:
        ScriptError: A quote or comment is never closed, or the clients would not understand it as it was meant.
    """
    cutter = Cutter()
    for line in lines:
        yield from cutter.feed(line)
    last = cutter.end()
    if last is not None:
        yield last


@functools.lru_cache(maxsize=64)
def split(script: str) -> tuple[Statement, ...]:
    """The statements of a script, in order.

    Raises:
        ScriptError: As `split_lines`.
    """
    return tuple(split_lines(io.StringIO(script, newline="\n")))
