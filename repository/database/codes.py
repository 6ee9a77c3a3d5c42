"""What the server's error numbers mean to this program.

MariaDB: https://mariadb.com/kb/en/mariadb-error-code-reference/, MySQL: "Server Error Message Reference". Numbers of
Galera and Group Replication stand in both.
"""

from repository.database.errors import (
    DatabaseError,
    Duplicate,
    Invalid,
    NoRoom,
    ProcedureRefused,
    TryAgain,
    Unavailable,
)

_UNDONE = {1020, 1205, 1213, 1305, 3101, 30009}  # 1305 comes while an upgrade puts a new body in place of a routine
_LOST = {1040, 1053, 1152, 1184, 1203, 1317, 1927, 1969, 2003, 2006, 2013, 2014, 2055, 3024, 4031}
_NO_PART_OF_THE_CLUSTER = {1047, 1180, 1290, 1836, 3100}
"""A node that is not, or no more, one that may write: without a majority, in the middle of joining, a replica."""
_NO_ROOM = {3, 28, 1021, 1026, 1030, 1114}
_INVALID = {1048, 1264, 1265, 1366, 1406, 1452, 1690, 3819, 4025, 3140}
_UNAVAILABLE = _LOST | _NO_PART_OF_THE_CLUSTER
_TAKEN = 1062


def error_of(code: int, text: str) -> DatabaseError:
    """The error that a number stands for.

    Args:
        code: The server's, or the driver's own; 0 where there is none.
        text: What came with it.
    """
    if code in _UNDONE:
        return TryAgain(text)
    if text.startswith("QS_"):
        word, _, facts = text.partition(":")
        return ProcedureRefused(word, facts.strip())
    if code == _TAKEN:
        return Duplicate(text.rsplit("key ", 1)[-1].strip("'"))
    if code in _NO_ROOM:
        return NoRoom(text)
    if code in _UNAVAILABLE or not code:
        return Unavailable(text)
    if code in _INVALID:
        return Invalid(text)
    return DatabaseError(f"{code}: {text}")
