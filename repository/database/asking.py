"""One connection: statements sent with their values bound by name, and rows read into structs."""

from collections.abc import Mapping, Sequence
from datetime import timezone
from typing import TypeVar

import msgspec

from bot.base import tracing
from bot.base.sealing import Keys
from repository.database.binding import Bound, Statement, bind
from repository.database.counts import Counts
from repository.database.driver import Session
from repository.database.errors import DatabaseError, TryAgain
from repository.database.rows import read
from repository.database.wire.packets import Result, Value

Row = TypeVar("Row", bound=msgspec.Struct)


class Connection:
    """One connection, inside a transaction or not. Values are bound by name: `%(name)s`.

    Attributes:
        session: The driver's.
        offset: The shop's fixed offset from UTC.
        counts: Counts what travels.
        keys: What files are sealed with, None where there are none.
        kept: What was made of rows and is kept for the next who asks, by who made it: see `Database`.
        feeds_queue: Whether something was put into a queue: those of `Database.when_fed` are told after the commit.
        feeds_notices: Whether a notice may be due by that: those of `Database.when_due` are told too.
        feeds_uses: Whether uses of canned replies wait to be added up: those of `Database.when_used` are told.
    """

    def __init__(
        self,
        session: Session,
        offset: timezone,
        counts: Counts,
        *,
        keys: Keys | None = None,
        in_transaction: bool = False,
        kept: dict[str, object] | None = None,
    ) -> None:
        self.session = session
        self.offset = offset
        self.counts = counts
        self.keys = keys
        self.kept = {} if kept is None else kept
        self.feeds_queue = self.feeds_notices = self.feeds_uses = False
        self._in_transaction = in_transaction
        self._opening = in_transaction  # BEGIN travels with the first statement of a transaction
        self._finished = False  # COMMIT has travelled with the last

    async def run(self, sql: str, /, **values: Bound) -> Result:
        """Run one statement.

        Raises:
            ProcedureRefused: A procedure or trigger refused.
            Duplicate: A unique key is taken.
            Invalid: A value does not fit its column or a check, or a text holds half of a character.
            OutOfStep: It was not one statement.
            TryAgain: A deadlock or a lock timeout; the whole transaction must run again.
            Unavailable: The connection broke.
        """
        return (await self.batch(Statement(sql, values)))[-1]

    async def one(self, row: type[Row], sql: str, /, **values: Bound) -> Row | None:
        """The first row found as a struct, its columns in the order of the struct's fields; None where none is."""
        rows = (await self.run(sql, **values)).rows
        return self.read(row, rows[0]) if rows else None

    async def all(self, row: type[Row], sql: str, /, **values: Bound) -> list[Row]:
        """Every row found, as structs."""
        return [self.read(row, raw) for raw in (await self.run(sql, **values)).rows]

    async def value(self, sql: str, /, **values: Bound) -> Value:
        """The first column of the first row, None where there is no row."""
        rows = (await self.run(sql, **values)).rows
        return rows[0][0] if rows else None

    async def batch(self, *statements: Statement, commit: bool = False) -> list[Result]:
        """Run statements in one round trip and get each one's result; only the last may be a CALL.

        The server stops at the first that fails. Only what is written in this package is sent together, all escaped.

        Args:
            statements: What to run, in order.
            commit: End the transaction after the last one, in the same round trip.

        Raises:
            As `run`.
        """
        bounds = self.session.bounds
        before, behind = len(bounds.begin) if self._opening else 0, len(bounds.commit) if commit else 0
        results = await self._answers(statements, commit=commit)
        return results[before : len(results) - behind]

    async def whole(self, *statements: Statement) -> list[Result]:
        """Run statements as `batch`, all of them or none: in a transaction of their own, on a connection in none.

        Args:
            statements: What to run, in order.

        Raises:
            As `run`. The connection is of no use then: it is still in the transaction.
        """
        self._opening = len(statements) > 1
        results = await self.batch(*statements, commit=self._opening)
        self._finished = False
        return results

    async def named(self, statements: Mapping[str, Statement], *, commit: bool = False) -> dict[str, Result]:
        """Run statements in one round trip, as `batch`, and get each one's result under its name; of a CALL its first.

        Args:
            statements: What to run, in order.
            commit: As in `batch`.

        Raises:
            As `run`.
        """
        return dict(zip(statements, await self.batch(*statements.values(), commit=commit), strict=False))

    async def sets(self, sql: str, /, **values: Bound) -> list[Result]:
        """Every result set of one CALL, the trailing status left out."""
        return [result for result in await self._answers((Statement(sql, values),)) if result.is_query]

    async def _answers(self, statements: Sequence[Statement], *, commit: bool = False) -> list[Result]:
        """What the server answers to statements, to the BEGIN before them and the COMMIT behind them."""
        parts = [bind(statement, self.offset, self.session.escape) for statement in statements]
        opening, self._opening = self._opening, False
        if opening:
            parts = [*self.session.bounds.begin, *parts]
        if commit:
            parts += self.session.bounds.commit
        self.counts.round_trips += 1
        self.counts.statements += len(statements)
        self.counts.commits += self._commits(statements, commit)
        with tracing.span("database", statements=len(parts)):
            results = await self.session.results(parts)
        for statement in statements:
            if statement.feeds_queue == "uses":
                self.feeds_uses = True
            elif statement.feeds_queue:
                self.feeds_queue = True
                self.feeds_notices = self.feeds_notices or statement.feeds_queue == "notices"
        self._finished = commit
        return results

    def read(self, row: type[Row], values: Sequence[Value]) -> Row:
        """Turn a raw row into a struct, as `rows.read` does."""
        return read(row, values, self.offset)

    def _commits(self, statements: Sequence[Statement], commit: bool) -> int:
        """How often these make the server commit: once for a transaction, else once for each that writes."""
        if commit or self._in_transaction:
            return int(commit)
        return sum(not statement.sql.startswith(("SELECT", "SHOW", "SET")) for statement in statements)

    async def rollback(self) -> bool:
        """Undo the transaction; where even that fails, the session is closed, which undoes it too.

        Returns:
            Whether the server had undone it before, said or unsaid: what was answered since then may be wrong.
        """
        begun, self._opening = not self._opening, False
        if not begun or self._finished or self.session.closed:
            return False
        bounds = self.session.bounds
        was_undone = False
        try:
            if bounds.is_whole:
                try:
                    await self.session.results([bounds.is_whole])
                except TryAgain:
                    was_undone = True
            await self.session.results(bounds.undo)
        except DatabaseError:
            self.session.close()
        return was_undone

    async def commit(self) -> None:
        """Commit what was done, if anything was and it is not committed yet."""
        if not self._opening and not self._finished:
            await self.batch(commit=True)
