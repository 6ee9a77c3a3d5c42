"""Keeps the emulated Messenger on disk, so that a demo goes on where it was stopped or killed."""

from pathlib import Path

import msgspec

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.people import Item

_encode = msgspec.json.Encoder().encode


class Record(msgspec.Struct, omit_defaults=True):
    """One line of the journal; which of its parts are there says what happened."""

    base: str = ""
    met: tuple[str, str, str] | None = None
    gone: str = ""
    psid: str = ""
    item: Item | None = None
    profile: Json | None = None
    attached: tuple[str, str] | None = None
    file: tuple[str, str] | None = None
    ahead: float | None = None
    subscribed: tuple[str, ...] | None = None


_decode = msgspec.json.Decoder(Record)


class Journal:
    """A folder with one line for each thing that happened, and the files that were sent.

    Args:
        folder: Where; made when it is missing.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._path = folder / "messenger.jsonl"
        self._lines = self._path.open("ab")

    def write(self, record: Record) -> None:
        """Add a line; it is with the operating system when this returns."""
        self._lines.write(_encode(record) + b"\n")
        self._lines.flush()

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file's bytes."""
        (self._folder / name).write_bytes(content)

    def content(self, name: str) -> bytes:
        """The bytes of a file that was kept; empty where they are gone."""
        path = self._folder / name
        return path.read_bytes() if path.is_file() else b""

    def read(self) -> list[Record]:
        """Every line, oldest first. One that a crash cut short is left out."""
        entries = []
        for line in self._path.read_bytes().splitlines():
            try:
                entries.append(_decode.decode(line))
            except msgspec.DecodeError:
                continue
        return entries

    def rewrite(self, records: list[Record]) -> None:
        """Put these lines in place of all others."""
        self._lines.close()
        fresh = self._path.with_suffix(".new")
        fresh.write_bytes(b"".join(_encode(record) + b"\n" for record in records))
        fresh.replace(self._path)
        self._lines = self._path.open("ab")

    def close(self) -> None:
        """Close the file."""
        self._lines.close()
