"""How every session begins: what it is told, and what of that it must have taken.

Values are written for utf8mb4, so a session in another character set would garble them, and where a letter of that set
can end in the byte of a backslash, a text could leave its quotes. What a session begins in is not ours to choose: the
server may ignore what the handshake asks for (`skip-character-set-client-handshake`), and its `init_connect` runs for
the shop's account before the first statement of ours. So the program sets it itself and reads it back.
"""

from collections.abc import Sequence
from datetime import timedelta, timezone

import msgspec

from repository.database.errors import WrongCharacterSet

NAMES = "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci"
# As bytes, since the session may answer texts in a set that nobody can read.
READ_BACK = (
    "SELECT CAST(@@SESSION.character_set_client AS BINARY), CAST(@@SESSION.character_set_connection AS BINARY),"
    " CAST(COALESCE(@@SESSION.character_set_results, 'none') AS BINARY), CAST(@@SESSION.collation_connection AS BINARY)"
)


class CharacterSets(msgspec.Struct, frozen=True):
    """What a session takes texts for.

    Attributes:
        client: Of the statements that arrive.
        connection: Of the texts in them.
        results: Of what is answered.
        collation: How texts in statements compare.
    """

    client: str
    connection: str
    results: str
    collation: str

    @property
    def is_utf8mb4(self) -> bool:
        """Whether no text is garbled; how texts compare is another matter."""
        return self.client == self.connection == self.results == "utf8mb4"

    def __str__(self) -> str:
        """Each set once, such as "latin1" or "gbk and utf8mb4"."""
        return " and ".join(dict.fromkeys((self.client, self.connection, self.results)))


WANTED = CharacterSets("utf8mb4", "utf8mb4", "utf8mb4", "utf8mb4_general_ci")


def opening(offset: timezone) -> list[str]:
    """The statements that make a session what this program wants: utf8mb4, READ COMMITTED, the shop's offset.

    Args:
        offset: The shop's fixed offset from UTC.
    """
    seconds = int((offset.utcoffset(None) or timedelta()).total_seconds())
    sign = "-" if seconds < 0 else "+"
    zone = f"{sign}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}"
    return [
        NAMES,
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        f"SET SESSION time_zone = '{zone}', autocommit = 1, group_concat_max_len = 1048576,"
        " innodb_lock_wait_timeout = 5, sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,"
        "NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
    ]


def character_sets(row: Sequence[object]) -> CharacterSets:
    """What a session answers to `READ_BACK`."""
    return CharacterSets(*(bytes(value).decode() if isinstance(value, bytes) else str(value) for value in row))


def check(row: Sequence[object]) -> None:
    """Refuse a session that did not become what `opening` says.

    Args:
        row: What it answers to `READ_BACK` after that.

    Raises:
        WrongCharacterSet: It is in another character set, or compares texts otherwise.
    """
    taken = character_sets(row)
    if taken != WANTED:
        said = f"{taken}, {taken.collation}" if taken.is_utf8mb4 else str(taken)
        raise WrongCharacterSet(said)
