"""The only file that knows the driver: sessions, a pool of them, and what went wrong.

aiomysql opens and authenticates sessions and sends text; what is answered is read by `wire/packets.py`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from weakref import WeakSet

import aiomysql
import pymysql
from pymysql.constants import COMMAND, SERVER_STATUS

from bot.base import clock
from repository.database.bounds import ALONE, ASK, bounds_of, is_called
from repository.database.codes import error_of
from repository.database.errors import DatabaseError, OutOfStep, Unavailable
from repository.database.opening import READ_BACK, CharacterSets, character_sets, check
from repository.database.wire.packets import Result, Short, length_encoded, packed, read, reader_of, row
from repository.database.wire.patience import Patience, tell_when_gone
from repository.database.wire.receiver import Receiver

_AT_ONCE_MOST = 256 * 1024  # bytes of a result that is read again from its beginning when more of it arrives
_MORE = SERVER_STATUS.SERVER_MORE_RESULTS_EXISTS
_AT_REST = SERVER_STATUS.SERVER_STATUS_IN_TRANS | SERVER_STATUS.SERVER_STATUS_AUTOCOMMIT
_IDLE_MOST = 300.0  # seconds after which an unused session is not used again


class Session(aiomysql.Connection):  # type: ignore[misc]  # the driver has no types
    """One connection to the server.

    Attributes:
        began_in: The character sets that the server gave it before it was told ours.
        bounds: How its transactions begin and end.
        waits_since: Since when it waits for an answer, by the event loop's clock; 0 where it does not.
    """

    began_in: CharacterSets
    bounds = ALONE
    waits_since = 0.0
    _receiver: Receiver
    _is_ahead = False
    _results: list[Result]  # of the statements that were sent last
    _is_whole = False  # all of them

    async def open(self, opening: Sequence[str]) -> None:
        """Log in, and make of the session what the program wants.

        Args:
            opening: The statements that do so.

        Raises:
            WrongCharacterSet: It did not become that.
            DatabaseError: As `results`, and the driver's own errors.
        """
        self.waits_since = self._loop.time()  # a frozen server takes the call, and never says who it is
        await self._connect()  # aiomysql.connect does just this, for its own class
        begun = bytes(self._reader._buffer)  # noqa: SLF001  (nothing, of a server that waits for us)
        self._receiver = Receiver(self._writer.transport, begun)
        try:
            tell_when_gone(self._writer.get_extra_info("socket"))
            before, *_, node, after = await self.results([READ_BACK, *opening, ASK, READ_BACK])
            self.began_in = character_sets(before.rows[0])
            self.bounds = bounds_of(node.rows)
            check(after.rows[0])
        except BaseException:
            self.close()
            raise

    @property
    def is_off(self) -> bool:
        """Whether it may be another time in this session than in the program."""
        return self._is_ahead or bool(clock.ahead())

    async def keep_time(self) -> None:
        """Let it be the same time in this session as in the program, which only a replay moves."""
        ahead = clock.ahead()
        if ahead or self._is_ahead:
            at = f"{clock.now().timestamp():.6f}" if ahead else "DEFAULT"
            await self.results([f"SET timestamp = {at}"])
            self._is_ahead = bool(ahead)

    async def results(self, statements: Sequence[str]) -> list[Result]:
        """Send statements in one round trip and read what each answers.

        The server stops at the first that fails. A failure in the middle of an answer closes the session, and so does
        an answer to a statement that was not sent.

        Args:
            statements: Each one statement, every value escaped; only the last, or the last before the end of a
                transaction, is a CALL.

        Raises:
            DatabaseError: One of its subclasses, whichever tells best what went wrong.
        """
        results: list[Result] = []
        self.waits_since = self._loop.time()
        try:
            self._ask(";\n".join(statements).encode())
            await self._read_results(results)
        except pymysql.err.Error as error:
            failure = translate(error)
            if isinstance(failure, Unavailable):
                self.close()  # a node that cannot write now would be asked again and again
            raise failure from error
        except (OSError, EOFError, RuntimeError, IndexError, ValueError, AttributeError) as error:
            self.close()
            raise Unavailable(type(error).__name__) from error
        except BaseException:
            self.close()  # cancelled: the rest of the answer must not be taken for the next one's
            raise
        finally:
            self.waits_since = 0.0
        if len(results) != len(statements) and not is_called(statements, results):
            self.close()
            raise OutOfStep(f"the server answered {len(results)} results to {len(statements)} statements")
        return results

    def is_usable(self) -> bool:
        """Whether the session is open, quiet, in no transaction, and commits by itself."""
        if self._writer is None or self._receiver.is_lost or self._receiver.unread:
            return False
        return bool(self.server_status & _AT_REST == SERVER_STATUS.SERVER_STATUS_AUTOCOMMIT)

    @property
    def is_fresh(self) -> bool:
        """Whether it was used so lately that the server cannot have closed it."""
        return bool(self._loop.time() - self._last_usage < _IDLE_MOST)

    def give_up(self) -> None:
        """End the connection at once: who waits for its answer gets `Unavailable`."""
        if self._writer is not None:
            self._writer.transport.abort()

    def touch(self) -> None:
        """Note that it is used now."""
        self._last_usage = self._loop.time()

    def _ask(self, text: bytes) -> None:
        """Send statements."""
        if self._writer is None or self._receiver.is_lost:
            raise EOFError("the connection has ended")
        self._writer.write(packed(b"%c%b" % (COMMAND.COM_QUERY, text)))

    async def _read_results(self, results: list[Result]) -> None:
        """Read every result as it arrives; a very long one packet by packet."""
        self._results, more = results, True
        while more:
            if not (self._receiver.unread and self._has_read()):
                await self._receiver.more(self._has_read)
            more = not self._is_whole
            if more:
                result, more = await self._long_result()
                results.append(result)

    def _has_read(self) -> bool:
        """Read every result that has arrived whole. Whether that was all, or what comes is too long for this."""
        buffer = self._receiver.unread
        at, more, fault = 0, True, b""
        try:
            while more:
                result, status, at = read(buffer, at)
                if isinstance(result, bytes):
                    fault = result
                    break
                self._results.append(result)
                more = bool(status & _MORE)
                self.server_status = status
        except Short:
            pass
        if at:
            self._receiver.have_read(at)
        if fault:
            pymysql.err.raise_mysql_exception(fault)
        self._is_whole = not more
        return not more or len(self._receiver.unread) >= _AT_ONCE_MOST

    async def _long_result(self) -> tuple[Result, bool]:
        packet = await self._receiver.packet()
        if packet[0] == 0:  # OK
            rowcount, at = length_encoded(packet, 1)
            last_id, at = length_encoded(packet, at)
            return Result(rowcount, last_id), self._has_more(packet[at] | packet[at + 1] << 8)
        readers = [reader_of(await self._receiver.packet()) for _ in range(length_encoded(packet, 0)[0])]
        await self._receiver.packet()  # the end of the columns
        rows = []
        while True:
            packet = await self._receiver.packet()
            if packet[0] == 0xFE and len(packet) < 9:
                break
            if packet[0] == 0xFF:
                pymysql.err.raise_mysql_exception(packet)
            rows.append(row(packet, 0, readers))
        return Result(len(rows), 0, tuple(rows), True), self._has_more(packet[3] | packet[4] << 8)

    def _has_more(self, status: int) -> bool:
        self.server_status = status
        return bool(status & _MORE)


class Pool:
    """Sessions that are open and unused, and a limit to how many there are.

    Args:
        arguments: What logs a session in: see `repository/database/account.py`.
        opening: The statements that every session begins with.
        most: Sessions at most.
        patience: Seconds that a server may take for an answer; None for ever.
    """

    def __init__(
        self, arguments: Mapping[str, object], opening: Sequence[str], most: int, *, patience: float | None = None
    ) -> None:
        self._arguments = arguments
        self._opening = opening
        self._most = most
        self._free: list[Session] = []
        self._opened: WeakSet[Session] = WeakSet()
        self._patience = Patience(patience)
        self._places = asyncio.Semaphore(most)
        self._closed = False

    @property
    def has_free(self) -> bool:
        """Whether a session can be taken without waiting for another to be given back, or opened."""
        return bool(self._free) and not self._places.locked()

    async def take(self) -> Session:
        """An open session; give it back.

        Raises:
            Unavailable: The server cannot be reached.
            WrongCharacterSet: What stands between keeps a session from becoming utf8mb4.
        """
        await self._places.acquire()
        try:
            while self._free:
                session = self._free.pop()
                if session.is_usable() and session.is_fresh:
                    if session.is_off:
                        await session.keep_time()
                    return session
                session.close()
            session = Session(loop=asyncio.get_running_loop(), **self._arguments)
            self._opened.add(session)
            self._patience.begin(self._opened)
            await session.open(self._opening)
            await session.keep_time()
        except pymysql.err.Error as error:
            self._places.release()
            raise translate(error) from error
        except BaseException as error:
            self._places.release()
            if isinstance(error, OSError | TimeoutError | RuntimeError):
                raise Unavailable(type(error).__name__) from error
            raise
        return session

    def give_back(self, session: Session) -> None:
        """Take a session back; one that broke or is in a transaction is closed."""
        if session.is_usable() and not self._closed:
            session.touch()
            self._free.append(session)
        else:
            session.close()
        self._places.release()

    async def close(self, patience: float) -> None:
        """Close every session, waiting for those in use.

        Args:
            patience: Seconds to wait.
        """
        self._closed = True
        self._patience.end()
        try:
            async with asyncio.timeout(patience):
                for _ in range(self._most):
                    await self._places.acquire()
        except TimeoutError:
            pass
        while self._free:
            session = self._free.pop()
            try:
                await session.ensure_closed()
            except OSError:  # the server has closed it already
                session.close()


def translate(error: pymysql.err.Error) -> DatabaseError:
    """The driver's error as one of ours."""
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    return error_of(code, str(error.args[1]) if len(error.args) > 1 else str(error))
