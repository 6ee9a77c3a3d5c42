"""How procedures, triggers, views and events are made again on either family."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from repository.schema.base.session import name
from repository.schema.base.statements import Item, act, code
from repository.schema.base.worker import Worker

_TABLE = re.compile(r"\b(?:INSERT|UPDATE|DELETE) ON `?([\w$]+)`?", re.IGNORECASE)
_CREATE = re.compile(r"\bCREATE\s+", re.IGNORECASE)
_OR_REPLACE = re.compile(r"CREATE OR REPLACE ", re.IGNORECASE)
_IF_NOT_EXISTS = re.compile(r"\b(TRIGGER|PROCEDURE|FUNCTION|EVENT|VIEW)\s+IF\s+NOT\s+EXISTS\b", re.IGNORECASE)


def plainly(text: str) -> str:
    """A CREATE in the form that every version of both families knows; another statement as it is."""
    if act(text) is None:
        return text
    return _IF_NOT_EXISTS.sub(r"\1", text[:500], count=1) + text[500:]


def table_of(trigger: str) -> str:
    """The table on which a CREATE TRIGGER puts its trigger."""
    match = _TABLE.search(code(trigger))
    return match.group(1) if match else ""


async def replace(worker: Worker, text: str, item: Item) -> None:
    """Make a procedure, function, view or event again, at once where the server can.

    Args:
        worker: In the database.
        text: The CREATE statement.
        item: What it makes.
    """
    text = plainly(text)
    if _OR_REPLACE.match(code(text, worker.server)):
        await worker.run(text)
    elif worker.server.family == "MariaDB" or item.kind == "view":
        await worker.run(_CREATE.sub("CREATE OR REPLACE ", text, count=1))
    else:
        await worker.run(f"DROP {item.kind.upper()} IF EXISTS {name(item.name)}")
        await worker.run(text)


@asynccontextmanager
async def still(worker: Worker, table: str) -> AsyncIterator[None]:
    """Nobody else writes to a table meanwhile, so nobody misses its triggers; a cluster has no such locks.

    Args:
        worker: In the database.
        table: Which table.
    """
    cluster = worker.server.family == "MariaDB" and await worker.value("SELECT @@wsrep_on")
    if cluster:
        yield
        return
    await worker.run(f"LOCK TABLES {name(table)} WRITE")
    try:
        yield
    finally:
        await worker.run("UNLOCK TABLES")
