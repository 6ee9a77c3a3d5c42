"""What a server answers in MySQL's text protocol, read from the bytes that have arrived.

The driver's own reading awaits every packet twice and describes every column at length, which was a fifth of a turn's
processor time. Source: "Text Resultset" in the manuals of MariaDB's and MySQL's client-server protocol.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

import msgspec

Value = str | int | bytes | bool | float | Decimal | datetime | date | timedelta | None
Reader = Callable[[bytes | bytearray], Value]

PACKET_MOST = 0xFFFFFF
"""Bytes of one packet."""
_BINARY = 63  # the character set of columns that hold bytes
_DESCRIBED_MOST = 1000
_TOLD_APART = 96  # bytes
_COLUMNS_END = 9  # bytes of the packet after the columns, in which the session's state stands


class Result(msgspec.Struct, frozen=True):
    """What a statement answered.

    Attributes:
        rowcount: Rows changed, or found.
        last_id: The number given to the first inserted row, 0 where none was.
        rows: Raw rows of a query, times still in the shop's offset and not aware.
        is_query: Whether it answered rows at all, be it none.
    """

    rowcount: int
    last_id: int
    rows: tuple[tuple[Value, ...], ...] = ()
    is_query: bool = False


def packed(command: bytes) -> bytes:
    """A command as it travels: one packet, or full ones and a shorter last, be it empty."""
    size = len(command)
    if size < PACKET_MOST:
        return size.to_bytes(4, "little") + command  # the first of its command: number 0
    parts = (command[begin : begin + PACKET_MOST] for begin in range(0, size + 1, PACKET_MOST))
    return b"".join(
        b"%b%c%b" % (len(part).to_bytes(3, "little"), number % 256, part) for number, part in enumerate(parts)
    )


def length_encoded(packet: bytes | bytearray, at: int) -> tuple[int, int]:
    """A length-encoded number and where it ends."""
    first = packet[at]
    if first < 0xFB:
        return first, at + 1
    size = {0xFC: 2, 0xFD: 3, 0xFE: 8}[first]
    return int.from_bytes(packet[at + 1 : at + 1 + size], "little"), at + 1 + size


class _Described(msgspec.Struct, frozen=True):
    """The descriptions of a result's columns, and how to read each."""

    text: bytes
    readers: tuple[Reader, ...]


described: dict[tuple[int, bytes], _Described] = {}
"""By how many columns are described, and how the descriptions begin.

A column without a name of its own (`AS`) is called by its whole expression, with the values that were written into it:
then nothing is known again.
"""


class Short(Exception):
    """The result has not arrived whole."""


def read(buffer: bytes | bytearray, at: int) -> tuple[Result | bytes, int, int]:
    """The result at a place of the buffer.

    Returns:
        The result, or the packet of an error; its status; where the next result may begin.

    Raises:
        Short: It has not arrived whole.
    """
    length = len(buffer)
    start = at + 4
    if length < start or length < (stop := start + (buffer[at] | buffer[at + 1] << 8 | buffer[at + 2] << 16)):
        raise Short
    kind = buffer[start]
    if kind == 0:
        if buffer[start + 1] < 0xFB and buffer[start + 2] < 0xFB:  # both numbers are one byte
            status = buffer[start + 3] | buffer[start + 4] << 8
            return _result_of(buffer[start + 1], buffer[start + 2]), status, stop
        rowcount, place = length_encoded(buffer, start + 1)
        last_id, place = length_encoded(buffer, place)
        return Result(rowcount, last_id), buffer[place] | buffer[place + 1] << 8, stop
    if kind == 0xFF:
        return bytes(buffer[start:stop]), 0, stop
    readers, stop = _columns(buffer, length_encoded(buffer, start)[0], stop)
    rows: list[tuple[Value, ...]] = []
    while True:
        at = stop
        start = at + 4
        if length < start or length < (stop := start + (buffer[at] | buffer[at + 1] << 8 | buffer[at + 2] << 16)):
            raise Short
        first = buffer[start]
        if first == 0xFE and stop - start < 9:
            status = buffer[start + 3] | buffer[start + 4] << 8
            return Result(len(rows), 0, tuple(rows), True), status, stop
        if first == 0xFF:
            return bytes(buffer[start:stop]), 0, stop
        rows.append(row(buffer, start, readers))


def _columns(buffer: bytes | bytearray, columns: int, begin: int) -> tuple[Sequence[Reader], int]:
    """How to read each column of a result, and where the descriptions of its columns end.

    The same statement describes its columns in the same bytes each time, so most need only be compared.

    Args:
        buffer: Where the descriptions stand.
        columns: How many there are.
        begin: Where the first begins.

    Raises:
        Short: They have not arrived whole.
    """
    length = len(buffer)
    first = columns, bytes(buffer[begin : begin + _TOLD_APART])
    known = described.get(first)
    if known is not None and buffer.startswith(known.text, begin):
        stop = begin + len(known.text) + _COLUMNS_END
        if length < stop:
            raise Short
        return known.readers, stop
    readers: list[Reader] = []
    stop = begin
    for index in range(columns + 1):
        at, start = stop, stop + 4
        if length < start or length < (stop := start + (buffer[at] | buffer[at + 1] << 8 | buffer[at + 2] << 16)):
            raise Short
        if index < columns:  # after the columns comes the packet that ends them
            readers.append(_reader_at(buffer, stop))
    if len(described) >= _DESCRIBED_MOST:
        described.clear()
    described[first] = _Described(bytes(buffer[begin : stop - _COLUMNS_END]), tuple(readers))
    return readers, stop


@cache
def _result_of(rowcount: int, last_id: int) -> Result:
    """What most statements answer; of these there are few."""
    return Result(rowcount, last_id)


def row(packet: bytes | bytearray, at: int, readers: Sequence[Reader]) -> tuple[Value, ...]:
    """The values of a row.

    Args:
        packet: Where the row stands.
        at: Where it begins.
        readers: How to read each of its columns.
    """
    values: list[Value] = []
    for reader in readers:
        size = packet[at]
        at += 1
        if size == 0xFB:
            values.append(None)
            continue
        if size > 0xFB:
            size, at = length_encoded(packet, at - 1)
        stop = at + size
        values.append(reader(packet[at:stop]))
        at = stop
    return tuple(values)


def _text(value: bytes | bytearray) -> str:
    return value.decode()


def _decimal(value: bytes | bytearray) -> Decimal:
    return Decimal(value.decode())


def _moment(value: bytes | bytearray) -> Value:
    text = value.decode()
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # no date, such as one of zeros
        return text


def _day(value: bytes | bytearray) -> Value:
    text = value.decode()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _span(value: bytes | bytearray) -> Value:
    """Such as "-12:30:05.250000"."""
    text = value.decode()
    hours, minutes, seconds = text.removeprefix("-").split(":")
    span = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    return -span if text.startswith("-") else span


# By the type's number in the protocol.
_READERS: dict[int, Reader] = {
    0: _decimal,
    1: int,
    2: int,
    3: int,
    4: float,
    5: float,
    7: _moment,  # TIMESTAMP
    8: int,
    9: int,
    10: _day,
    11: _span,
    12: _moment,  # DATETIME
    13: int,
    16: bytes,  # BIT
    245: _text,  # JSON
    246: _decimal,
}


def reader_of(column: bytes) -> Reader:
    """How to read a column: its type and character set stand in the last twelve bytes of its description."""
    return _reader_at(column, len(column))


def _reader_at(packet: bytes | bytearray, stop: int) -> Reader:
    known = _READERS.get(packet[stop - 6])
    if known is not None:
        return known
    return bytes if packet[stop - 12] | packet[stop - 11] << 8 == _BINARY else _text
