"""The bot's own account: SELECT, INSERT, UPDATE, DELETE and EXECUTE on its database, and nothing more."""

import re
from typing import Literal

import msgspec

from repository.database.errors import DatabaseError
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import Session, error_number, literal, message, name
from repository.schema.base.worker import Worker

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the server.

    Attributes:
        user: Its name.
        host: From where it may come: `localhost` for a socket, `%` for anywhere.
    """

    user: str
    host: str = "localhost"

    def __str__(self) -> str:
        return f"{literal(self.user)}@{literal(self.host)}"


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """One line of SHOW GRANTS.

    Attributes:
        rights: In capitals; a granted role stands here as `ROLE name`.
        on: Exactly as the server writes it, such as `*.*` or a database's name in backticks with `.*` behind it; empty
            for a role.
        can_grant: Whether it may be passed on.
        is_everybodys: Whether every account of the server has it, by PUBLIC.
    """

    rights: frozenset[str]
    on: str
    can_grant: bool = False
    is_everybodys: bool = False


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What was done about the bot's account.

    Attributes:
        account: Which one.
        outcome: Created now, or there already and its password left as it was.
        added: The rights that it did not have before.
        excess: What it may do beyond its need; nothing was taken away.
    """

    account: Account
    outcome: Literal["created", "present"]
    added: tuple[str, ...]
    excess: tuple[str, ...]


_GRANT = re.compile(
    r"GRANT (?P<rights>.+?) ON (?:(?P<kind>PROCEDURE|FUNCTION|TABLE|PACKAGE(?: BODY)?) )?(?P<on>.+?) TO "
)
_ROLE = re.compile(r"GRANT (?P<roles>[`'\"].+?) TO ")
_TO_ALL = re.compile(r" TO [`'\"]?PUBLIC[`'\"]?( |$)")
EVERYBODYS = ", as everybody has"
"""Behind what is beyond the bot's rights, where every account of the server has it."""
_COMMA = re.compile(r",\s*(?![^(]*\))")


def pattern(database: str) -> str:
    """A database's name as GRANT wants it: there `_` and `%` stand for anything."""
    return name(database.replace("_", "\\_").replace("%", "\\%"))


def read_grants(lines: list[str]) -> list[Grant]:
    """The grants behind the lines of SHOW GRANTS, of either family."""
    grants: list[Grant] = []
    for line in lines:
        if match := _GRANT.match(line):
            rights = {right.strip().upper() for right in _COMMA.split(match["rights"])} - {"USAGE"}
            if "ALL PRIVILEGES" in rights:
                rights = {"ALL"}
            on = f"{match['kind']} {match['on']}" if match["kind"] and match["kind"] != "TABLE" else match["on"]
            grants.append(
                Grant(
                    rights=frozenset(rights),
                    on=on,
                    can_grant="WITH GRANT OPTION" in line,
                    is_everybodys=_TO_ALL.search(line) is not None,
                )
            )
        elif match := _ROLE.match(line):
            roles = {f"ROLE {role.strip()}" for role in _COMMA.split(match["roles"])}
            grants.append(Grant(rights=frozenset(roles), on=""))
    return grants


def covers(on: str, database: str) -> bool:
    """Whether a grant holds for the whole of a database, itself or by the wildcards in its name.

    Args:
        on: As in `Grant.on`.
        database: Which database.
    """
    if on == "*.*":
        return True
    if not on.endswith(".*"):
        return False
    pieces = re.findall(r"\\.|.", on.removesuffix(".*").strip("`").replace("``", "`"))
    letters = {"%": ".*", "_": "."}
    return bool(re.fullmatch("".join(letters.get(piece) or re.escape(piece[-1]) for piece in pieces), database))


def missing(grants: list[Grant], database: str) -> tuple[str, ...]:
    """Which of the five rights on the whole database the grants do not give, in their usual order."""
    held: set[str] = set()
    for grant in grants:
        if covers(grant.on, database):
            held |= set(RIGHTS) if "ALL" in grant.rights else grant.rights
    return tuple(right for right in RIGHTS if right not in held)


def excess(grants: list[Grant], database: str) -> tuple[str, ...]:
    """What the grants give beyond the five rights on the database, as REVOKE names it."""
    beyond: list[str] = []
    for grant in grants:
        # What holds for a part of the database adds nothing to what it may do with the whole.
        inside = name(database) + "." in grant.on.replace("\\_", "_").replace("\\%", "%")
        alone = inside or (covers(grant.on, database) and grant.on != "*.*" and not re.search(r"(?<!\\)%", grant.on))
        needed = set(RIGHTS) if alone else set()
        rights = sorted(right for right in grant.rights if right.partition(" (")[0] not in needed)
        if rights:
            whose = EVERYBODYS if grant.is_everybodys else ""
            beyond.append(f"{', '.join(rights)} ON {grant.on}{whose}" if grant.on else ", ".join(rights))
        if grant.can_grant:
            beyond.append(f"GRANT OPTION ON {grant.on}")
    return tuple(beyond)


async def grants_of(session: Session | Worker, account: Account | None) -> list[Grant]:
    """What an account may do.

    Args:
        session: Of the account itself, or of one that may look.
        account: Whose grants; None for the session's own.

    Raises:
        DatabaseError: There is no such account (1141), or looking is not permitted (1044).
    """
    rows = await session.all(f"SHOW GRANTS FOR {account}" if account else "SHOW GRANTS")
    return read_grants([str(row[0]) for row in rows])


async def provide(worker: Worker, database: str, account: Account, password: str) -> Granted:
    """Create the bot's account where it is missing, and grant what it lacks. Nothing is taken away.

    Args:
        worker: On a session of an account that may create accounts.
        database: On which database.
        account: Which account.
        password: For a new account; an existing one keeps its own.

    Raises:
        SchemaError: The server does not permit it.
    """
    try:
        try:
            before = await grants_of(worker, account)
            there = True
        except DatabaseError as error:
            if error_number(error) not in (1141, 1269):
                raise
            before, there = [], False
        if not there:
            await worker.run(f"CREATE USER IF NOT EXISTS {account} IDENTIFIED BY {literal(password)}")
        added = missing(before, database)
        if added:
            await worker.run(f"GRANT {', '.join(added)} ON {pattern(database)}.* TO {account}")
    except DatabaseError as error:
        raise SchemaError(
            f"The account {account} could not be made: {message(error)}",
            f"Let an administrator run: CREATE USER {account} IDENTIFIED BY '...'; "
            f"GRANT {', '.join(RIGHTS)} ON {pattern(database)}.* TO {account};",
        ) from error
    after = await grants_of(worker, account)
    return Granted(
        account=account,
        outcome="present" if there else "created",
        added=added,
        excess=excess(after, database),
    )


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of objects a session's account gets to see in a database at all."""

    triggers: bool
    events: bool

    def sees(self, kind: str) -> bool:
        """Whether objects of a kind that are there would show."""
        return {"trigger": self.triggers, "event": self.events}.get(kind, True)


async def sight_of(session: Session | Worker, database: str) -> Sight:
    """What the session's account gets to see; a role that it uses counts."""
    try:
        grants = await grants_of(session, None)
    except DatabaseError:
        return Sight(triggers=True, events=True)
    held: set[str] = set()
    for grant in grants:
        if covers(grant.on, database):
            held |= grant.rights
        if any(right.startswith("ROLE ") for right in grant.rights):
            held.add("ALL")
    return Sight(triggers=bool(held & {"ALL", "TRIGGER"}), events=bool(held & {"ALL", "EVENT"}))
