"""What to do about what a server refuses: one table, for the tools of the schema and for who starts a server."""

from collections.abc import Mapping

from repository.database.errors import DatabaseError, Unavailable, WrongCharacterSet
from repository.schema.base.session import UNKNOWN_DATABASE, error_number

_ADMIN = "Set DB_ADMIN_USER and DB_ADMIN_PASSWORD to an account that may do this."
ADVICE: Mapping[int, str] = {
    UNKNOWN_DATABASE: "Run `./quicksell db init`, or check DB_NAME.",
    1044: _ADMIN,
    1045: "Set DB_ADMIN_USER, such as root, and DB_ADMIN_PASSWORD to an account that may make databases; where they are"
    " set, check them.",
    1142: _ADMIN,
    1227: _ADMIN,
    1370: _ADMIN,
    1698: "Check DB_ADMIN_USER: this account is for a person of the same name on the server's own machine.",
}
"""By the server's number."""
_SERVING: Mapping[int, str] = {
    1044: "Check DB_NAME, or run `./quicksell db init`: the account may not use this database.",
    1045: "Check DB_USER and DB_PASSWORD.",
    1698: "Check DB_USER: this account is for a person of the same name on the server's own machine.",
}
"""For a server, which never uses the administrator's account."""


def advised(error: DatabaseError, *, serving: bool = False) -> str:
    """What the database refuses, and the one thing to do, in a line.

    Args:
        error: What it said.
        serving: Whether a server is being started, with the bot's own account.
    """
    if isinstance(error, WrongCharacterSet):
        return f"The database cannot be used: {error}"
    if isinstance(error, Unavailable):
        return f"The database does not answer: {error}. Start it, or check DB_SOCKET, or DB_HOST and DB_PORT."
    number = error_number(error)
    todo = (_SERVING.get(number) if serving else None) or ADVICE.get(number, "")
    return f"The database refuses: {error}. {todo}".rstrip()
