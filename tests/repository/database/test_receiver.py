"""A session's bytes: read as they come, however they are cut, and whoever waits hears of the end."""

import asyncio

import pytest

from repository.database.connection import Database
from repository.database.wire import packets as wire
from repository.database.wire.packets import packed
from repository.database.wire.receiver import Receiver


class Wire(asyncio.Transport):
    """The end of a session that a test writes to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_read = True

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        pass

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.is_read = False

    def resume_reading(self) -> None:
        self.is_read = True


def test_a_long_command_travels_as_full_packets_and_a_shorter_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PACKET_MOST", 4)
    assert packed(b"abc") == b"\x03\0\0\0abc"
    assert packed(b"abcd") == b"\x04\0\0\0abcd\0\0\0\x01"
    assert packed(b"abcdefghij") == b"\x04\0\0\0abcd\x04\0\0\x01efgh\x02\0\0\x02ij"


async def test_packets_are_whole_however_their_bytes_come() -> None:
    receiver = Receiver(Wire(), b"")
    sent = b"\x02\0\0\0hi" + b"\x00\x01\0\x01" + 256 * b"x"
    reading = asyncio.ensure_future(asyncio.wait_for(two(receiver), 10))
    for byte in sent:
        receiver.data_received(bytes((byte,)))
        await asyncio.sleep(0)
    assert await reading == (b"hi", 256 * b"x")
    assert not receiver.unread


async def two(receiver: Receiver) -> tuple[bytes, bytes]:
    return await receiver.packet(), await receiver.packet()


async def test_whoever_waits_for_several_answers_is_woken_once_they_are_there() -> None:
    receiver = Receiver(Wire(), b"")
    asked: list[int] = []

    def are_three() -> bool:
        asked.append(len(receiver.unread))
        return len(receiver.unread) >= 3

    waiting = asyncio.ensure_future(receiver.more(are_three))
    await asyncio.sleep(0)
    for byte in (b"a", b"b"):
        receiver.data_received(byte)
        await asyncio.sleep(0)
        assert not waiting.done()
    receiver.data_received(b"c")
    await asyncio.wait_for(waiting, 10)
    assert asked == [1, 2, 3]


async def test_what_cannot_be_read_is_told_to_whoever_waits() -> None:
    receiver = Receiver(Wire(), b"")

    def is_nothing_known() -> bool:
        raise ValueError("no answer to anything")

    waiting = asyncio.ensure_future(receiver.more(is_nothing_known))
    await asyncio.sleep(0)
    receiver.data_received(b"?")
    with pytest.raises(ValueError, match="no answer"):
        await waiting


async def test_whoever_waits_hears_that_the_connection_has_ended() -> None:
    receiver = Receiver(Wire(), b"")
    waiting = asyncio.ensure_future(receiver.packet())
    await asyncio.sleep(0)
    receiver.connection_lost(None)
    with pytest.raises(EOFError):
        await waiting
    with pytest.raises(EOFError):
        await receiver.more()


async def test_a_server_that_is_faster_than_its_reader_is_let_wait() -> None:
    wire_ = Wire()
    receiver = Receiver(wire_, b"")
    for _ in range(40):
        receiver.data_received(64 * 1024 * b"x")
    assert not wire_.is_read
    waiting = asyncio.ensure_future(receiver.more())
    await asyncio.sleep(0)
    assert wire_.is_read
    receiver.data_received(b"y")
    await waiting


async def test_many_long_rows_come_whole(database: Database) -> None:
    counting = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
    async with database.connection() as conn:
        rows = (await conn.run(f"{counting} SELECT i, REPEAT('ab', 2000) FROM n")).rows
        assert [number for number, _ in rows] == list(range(1, 1001))
        assert all(text == 2000 * "ab" for _, text in rows)
        assert await conn.value("SELECT 7") == 7
