"""Answers what a step asks, from the database."""

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from dialogs.engine.run import Ask
from repository.database.connection import Connection
from repository.database.errors import ShopError
from repository.database.together import together


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
        asks: Where each ask is kept, in the order in which they were answered.
    """

    def __init__(self, conn: Connection, asks: list[AskedOnce]) -> None:
        self._conn = conn
        self._asks = asks

    async def __call__(self, asked: Sequence[Ask[object]]) -> Sequence[object]:
        """The answers to asks that belong together.

        Raises:
            ShopError: The shop refused one of them.
        """
        if len(asked) == 1:
            return (await self._answer(asked[0], self._conn),)
        return await together(self._conn, [partial(self._answer, one) for one in asked])

    async def _answer(self, asked: Ask[object], conn: Connection) -> object:
        arguments = asked.arguments
        try:
            answer = await asked.function(conn, **arguments)
        except ShopError as refusal:
            facts = {name: value for name, value in vars(refusal).items() if not name.startswith("_")}
            self._asks.append(AskedOnce(asked.name, arguments, refusal=type(refusal).__name__, facts=facts))
            raise
        self._asks.append(AskedOnce(asked.name, arguments, answer))
        return answer
