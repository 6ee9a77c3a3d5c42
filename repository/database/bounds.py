"""How a transaction begins and ends: on a server that is alone, and on a node of a Galera cluster.

A node undoes a transaction when another node's commit is in its way. It says so with error 1213, but where several
statements travel together and it happens between two of them, it says nothing: the rest runs outside of any transaction
(`findings/undone_between_statements.sh`). So on a node nothing commits by itself while a transaction lasts, and a
savepoint of its beginning, which is gone with it, must be there before the commit.
"""

from collections.abc import Sequence

import msgspec

from repository.database.wire.packets import Result

_COMMIT = "COMMIT"
_WHOLE = "whole_so_far"  # no procedure of ours has a savepoint of this name
_IS_WHOLE = f"RELEASE SAVEPOINT {_WHOLE}"
_BY_ITSELF, _NOT_BY_ITSELF = "SET autocommit = 1", "SET autocommit = 0"


class Bounds(msgspec.Struct, frozen=True):
    """The statements around those of a transaction.

    Attributes:
        begin: Before the first.
        commit: Behind the last; the server refuses one of them where the transaction was undone meanwhile.
        undo: In place of those.
        is_whole: What the server refuses where the transaction was undone; empty where it always says so.
    """

    begin: tuple[str, ...]
    commit: tuple[str, ...]
    undo: tuple[str, ...]
    is_whole: str = ""


ALONE = Bounds(("BEGIN",), (_COMMIT,), ("ROLLBACK",))
ON_A_NODE = Bounds(
    (_NOT_BY_ITSELF, "BEGIN", f"SAVEPOINT {_WHOLE}"),
    (_IS_WHOLE, _COMMIT, _BY_ITSELF),
    ("ROLLBACK", _BY_ITSELF),
    _IS_WHOLE,
)
_ENDS = frozenset((*ALONE.commit, *ON_A_NODE.commit))
ASK = "SHOW VARIABLES LIKE 'wsrep_on'"
"""Tells which of both a server needs: MySQL knows no such variable."""


def bounds_of(rows: tuple[tuple[object, ...], ...]) -> Bounds:
    """Which bounds a server needs.

    Args:
        rows: What it answers to `ASK`.
    """
    return ON_A_NODE if any(row[1] in ("ON", b"ON") for row in rows) else ALONE


def is_called(statements: Sequence[str], results: Sequence[Result]) -> bool:
    """Whether the results beyond one for each statement are those of a CALL at the end.

    It answers the sets of rows that the procedure selects, and then its status. So a result without rows before that
    is another statement's.

    Args:
        statements: What was sent, each one statement, with what ends a transaction behind them.
        results: What was answered.
    """
    at = len(statements) - 1
    while statements[at] in _ENDS and at:
        at -= 1
    more = len(results) - len(statements)
    if not statements[at].startswith("CALL ") or more < 0:
        return False
    return all(result.is_query for result in results[at : at + more]) and not results[at + more].is_query
