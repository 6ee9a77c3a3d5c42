"""A server that says nothing any more: whoever waits for it is told, and what it means when one says that it cannot."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings
from bot.workshop.database.private import PrivateServer
from repository.database.codes import error_of
from repository.database.connection import Database
from repository.database.errors import (
    DatabaseError,
    Duplicate,
    Invalid,
    NoRoom,
    ProcedureRefused,
    TryAgain,
    Unavailable,
)
from repository.database.wire.patience import GONE_AFTER, tell_when_gone
from tests.conftest import MANILA
from tests.support.waiting import PATIENCE

IMPATIENT = 0.3


@pytest.fixture
async def frozen(tmp_path: Path) -> AsyncIterator[DatabaseSettings]:
    """A server of one's own, which takes connections and answers nothing until the test is over."""
    with PrivateServer.start(tmp_path / "server", fast=True) as server:
        yield DatabaseSettings(
            socket=str(server.socket), user=server.admin_user, password=server.admin_password, name="mysql"
        )


async def test_a_frozen_server_is_given_up_and_asked_anew_when_it_thaws(frozen: DatabaseSettings) -> None:
    database = Database(frozen, MANILA, most=1, patience=IMPATIENT)
    async with database.connection() as conn:
        pid = int((await read_pid(str(await conn.value("SELECT @@pid_file")))).strip())
    async with asyncio.timeout(PATIENCE):
        os.kill(pid, signal.SIGSTOP)
        try:
            for _ in range(2):  # in the session that it knew, and in one that it never greets
                with pytest.raises(Unavailable):
                    async with database.connection() as conn:
                        await conn.value("SELECT 1")
        finally:
            os.kill(pid, signal.SIGCONT)
        async with database.connection() as conn:
            assert await conn.value("SELECT 1") == 1
    await database.close()


async def read_pid(path: str) -> str:
    return await asyncio.to_thread(Path(path).read_text)


async def test_a_session_that_waits_for_nothing_is_left_alone(schema: DatabaseSettings) -> None:
    database = Database(schema, MANILA, most=1, patience=0.05)
    async with database.connection() as conn:
        first = await conn.value("SELECT CONNECTION_ID()")
        await asyncio.sleep(0.2)
        assert await conn.value("SELECT CONNECTION_ID()") == first
    patient = Database(schema, MANILA, most=1)
    async with patient.connection() as conn:
        assert await conn.value("SELECT SLEEP(0.2)") == 0
    await database.close()
    await patient.close()


async def test_one_that_cannot_be_reached_holds_no_place_of_the_pool(schema: DatabaseSettings) -> None:
    nowhere = Database(replace(schema, socket="/nonexistent/socket"), MANILA, most=1, patience=IMPATIENT)
    for _ in range(3):
        with pytest.raises(Unavailable):
            async with nowhere.connection():
                pass
    await nowhere.close()


def test_the_system_tells_when_the_other_machine_is_gone() -> None:
    with socket.socket(socket.AF_INET) as connected:
        tell_when_gone(connected)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == GONE_AFTER * 1000
    with socket.socket(socket.AF_UNIX) as local:
        tell_when_gone(local)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1213, TryAgain),
        (1205, TryAgain),
        (3101, TryAgain),  # Group Replication undid it while it was committed
        (1047, Unavailable),  # Galera: "WSREP has not yet prepared node for application use"
        (1180, Unavailable),  # Galera: an error during COMMIT
        (3100, Unavailable),  # Group Replication: before the commit
        (1290, Unavailable),  # the server is read-only
        (1836, Unavailable),
        (1040, Unavailable),  # too many connections
        (1021, NoRoom),  # the disk is full
        (1114, NoRoom),
        (2013, Unavailable),
        (0, Unavailable),
        (1062, Duplicate),
        (1406, Invalid),
        (1146, DatabaseError),
    ],
)
def test_what_a_number_means(code: int, kind: type[DatabaseError]) -> None:
    assert type(error_of(code, "Duplicate entry '1' for key 'uq_event'")) is kind


def test_a_procedure_says_why_it_refuses() -> None:
    refused = error_of(30004, "QS_INSUFFICIENT_STOCK: product 7")
    assert isinstance(refused, ProcedureRefused)
    assert (refused.code, refused.facts) == ("QS_INSUFFICIENT_STOCK", "product 7")
    assert isinstance(error_of(1062, "Duplicate entry '1' for key 'uq_event'"), Duplicate)
