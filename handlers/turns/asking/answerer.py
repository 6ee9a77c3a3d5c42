"""Answers what a step asks, from the database."""

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from dialogs.engine.run import Ask
from repository.database.connection import Connection, Result, Statement
from repository.database.errors import ShopError
from repository.database.together import Reads, together


class AskedOnce(msgspec.Struct, frozen=True, omit_defaults=True):
    """One ask of a recorded turn, with its answer or its refusal."""

    ask: str
    arguments: Mapping[str, object]
    answer: object = None
    refusal: str = ""
    facts: dict[str, object] = {}


class Answerer:
    """Answers a step's asks in the turn's transaction, and keeps them for the recording.

    Args:
        conn: The connection in the turn's transaction.
        foreseen: What the step may ask first.

    Attributes:
        asks: Each ask, in the order in which they were answered.
        first: What the step has asked first.
    """

    def __init__(self, conn: Connection, foreseen: Sequence[Ask[object]] = ()) -> None:
        self.asks: list[AskedOnce] = []
        self.first: Sequence[Ask[object]] | None = None
        self._conn = conn
        self._foreseen = foreseen
        self._ahead = self._begun() if foreseen else None
        self._read: Sequence[Result] = ()

    @property
    def ahead(self) -> Sequence[Statement]:
        """What finds out what may be asked first."""
        return self._ahead.statements if self._ahead else ()

    def has_read(self, results: Sequence[Result]) -> None:
        """Learn what was found out ahead.

        Args:
            results: What `ahead` has answered.
        """
        self._read = results

    async def __call__(self, asked: Sequence[Ask[object]]) -> Sequence[object]:
        """The answers to asks that belong together.

        Raises:
            ShopError: The shop refused one of them.
        """
        if self.first is None:
            self.first = asked
            if self._ahead and _are_same(asked, self._foreseen):
                return await self._ahead.found(self._read)
        if len(asked) == 1:
            return (await self._answer(asked[0], self._conn),)
        return await together(self._conn, [partial(self._answer, one) for one in asked])

    def _begun(self) -> Reads | None:
        """What may be asked first, as far as it needs the database; None where it has an answer without that."""
        try:
            begun = Reads(self._conn, [partial(self._answer, one) for one in self._foreseen])
        except ShopError:
            begun = None
        if self.asks:
            self.asks.clear()
            return None
        return begun

    async def _answer(self, asked: Ask[object], conn: Connection) -> object:
        arguments = asked.arguments
        try:
            answer = await asked.function(conn, **arguments)
        except ShopError as refusal:
            facts = {name: value for name, value in vars(refusal).items() if not name.startswith("_")}
            self.asks.append(AskedOnce(asked.name, arguments, refusal=type(refusal).__name__, facts=facts))
            raise
        self.asks.append(AskedOnce(asked.name, arguments, answer))
        return answer


def _are_same(asked: Sequence[Ask[object]], others: Sequence[Ask[object]]) -> bool:
    return len(asked) == len(others) and all(
        one.function is other.function and one.arguments == other.arguments
        for one, other in zip(asked, others, strict=True)
    )
