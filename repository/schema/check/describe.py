"""What information_schema says about a database, read into facts that two servers tell alike."""

import re
from collections.abc import Sequence

from repository.schema.base.session import Session
from repository.schema.base.statements import Server, code
from repository.schema.base.worker import Worker
from repository.schema.check.facts import Column, Event, Facts, Key, Reference, Routine, Table, Trigger, View


async def describe(session: Session | Worker, database: str, server: Server) -> Facts:
    """Read everything that information_schema says about a database.

    Args:
        session: An account that may see it.
        database: Which one.
        server: What kind of server it is on.
    """
    return Facts(
        tables=await _tables(session, database, server),
        views=await _views(session, database),
        routines=await _routines(session, database),
        triggers=await _triggers(session, database),
        events=await _events(session, database),
    )


async def _tables(session: Session | Worker, database: str, server: Server) -> dict[str, Table]:
    columns: dict[str, dict[str, Column]] = {}
    for table, column, *rest in await session.all(
        "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, GENERATION_EXPRESSION,"
        " COLLATION_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %(db)s"
        " ORDER BY TABLE_NAME, ORDINAL_POSITION",
        db=database,
    ):
        columns.setdefault(str(table), {})[str(column)] = _column(rest)
    keys = await _keys(session, database)
    references = await _references(session, database)
    checks = await _checks(session, database, server)
    return {
        str(table): Table(
            engine=str(engine or ""),
            collation=str(collation or ""),
            comment=str(comment or ""),
            columns=columns.get(str(table), {}),
            keys=keys.get(str(table), {}),
            references=tuple(references.get(str(table), ())),
            checks=checks.get(str(table), {}),
        )
        for table, engine, collation, comment in await session.all(
            "SELECT TABLE_NAME, ENGINE, TABLE_COLLATION, TABLE_COMMENT FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = %(db)s AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME",
            db=database,
        )
    }


def _column(facts: Sequence[object]) -> Column:
    kind, nullable, default, extra, generated, collation = facts
    return Column(
        type=str(kind),
        nullable=nullable == "YES",
        default=None if default is None else str(default),
        extra=str(extra or "").lower(),
        generated=expression(str(generated or "")),
        collation=str(collation or ""),
    )


async def _keys(session: Session | Worker, database: str) -> dict[str, dict[str, Key]]:
    indexes: dict[tuple[str, str], tuple[bool, str, list[str]]] = {}
    for table, key, non_unique, column, length, kind, direction in await session.all(
        "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, INDEX_TYPE, COLLATION"
        " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = %(db)s ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        db=database,
    ):
        part = f"{column}{f'({length})' if length else ''}{' DESC' if direction == 'D' else ''}"
        indexes.setdefault((str(table), str(key)), (not non_unique, str(kind), []))[2].append(part)
    keys: dict[str, dict[str, Key]] = {}
    for (table_name, key_name), (unique, kind_name, parts) in indexes.items():
        keys.setdefault(table_name, {})[key_name] = Key(unique=unique, kind=kind_name, columns=tuple(parts))
    return keys


async def _references(session: Session | Worker, database: str) -> dict[str, list[Reference]]:
    references: dict[str, list[Reference]] = {}
    for table, constraint, columns, target, targets, on_delete, on_update in await session.all(
        "SELECT r.TABLE_NAME, r.CONSTRAINT_NAME, GROUP_CONCAT(k.COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR ','),"
        " r.REFERENCED_TABLE_NAME, GROUP_CONCAT(k.REFERENCED_COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR ','),"
        " r.DELETE_RULE, r.UPDATE_RULE"
        " FROM information_schema.REFERENTIAL_CONSTRAINTS r JOIN information_schema.KEY_COLUMN_USAGE k"
        " ON k.CONSTRAINT_SCHEMA = %(db)s AND k.TABLE_SCHEMA = %(db)s AND k.TABLE_NAME = r.TABLE_NAME"
        " AND k.CONSTRAINT_NAME = r.CONSTRAINT_NAME"
        " WHERE r.CONSTRAINT_SCHEMA = %(db)s"
        " GROUP BY r.TABLE_NAME, r.CONSTRAINT_NAME, r.REFERENCED_TABLE_NAME, r.DELETE_RULE, r.UPDATE_RULE"
        " ORDER BY 1, 2, 3",
        db=database,
    ):
        references.setdefault(str(table), []).append(
            Reference(
                name=str(constraint),
                columns=tuple(str(columns).split(",")),
                table=str(target),
                target=tuple(str(targets).split(",")),
                on_delete=_rule(str(on_delete)),
                on_update=_rule(str(on_update)),
            )
        )
    return references


def _rule(rule: str) -> str:
    # InnoDB does the same for both, and the families name the default differently.
    return "RESTRICT" if rule == "NO ACTION" else rule


async def _checks(session: Session | Worker, database: str, server: Server) -> dict[str, dict[str, str]]:
    if server.family == "MariaDB":
        query = (
            "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS"
            " WHERE CONSTRAINT_SCHEMA = %(db)s ORDER BY 1, 2"
        )
    else:
        query = (
            "SELECT t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS c"
            " JOIN information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA"
            " AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME"
            " WHERE c.CONSTRAINT_SCHEMA = %(db)s AND t.ENFORCED = 'YES' ORDER BY 1, 2"
        )
    checks: dict[str, dict[str, str]] = {}
    for table, constraint, clause in await session.all(query, db=database):
        checks.setdefault(str(table), {})[str(constraint)] = expression(str(clause))
    return checks


# How long a GROUP_CONCAT may get depends on a setting of the session that made the view.
_TEXTS = re.compile(r"(?:tiny|medium|long)?text\Z|varchar\(\d+\)\Z")


async def _views(session: Session | Worker, database: str) -> dict[str, View]:
    columns: dict[str, dict[str, str]] = {}
    for view, column, kind in await session.all(
        "SELECT c.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_TYPE FROM information_schema.COLUMNS c"
        " JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME"
        " WHERE c.TABLE_SCHEMA = %(db)s AND t.TABLE_SCHEMA = %(db)s AND t.TABLE_TYPE = 'VIEW'"
        " ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION",
        db=database,
    ):
        columns.setdefault(str(view), {})[str(column)] = _TEXTS.sub("text", str(kind))
    return {
        str(view): View(
            text=str(definition or "").replace(f"`{database}`.", ""),
            columns=columns.get(str(view), {}),
            security=str(security),
        )
        for view, definition, security in await session.all(
            "SELECT TABLE_NAME, VIEW_DEFINITION, SECURITY_TYPE FROM information_schema.VIEWS"
            " WHERE TABLE_SCHEMA = %(db)s ORDER BY TABLE_NAME",
            db=database,
        )
    }


async def _routines(session: Session | Worker, database: str) -> dict[str, Routine]:
    parameters: dict[str, list[str]] = {}
    for routine, mode, parameter, kind in await session.all(
        "SELECT SPECIFIC_NAME, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER FROM information_schema.PARAMETERS"
        " WHERE SPECIFIC_SCHEMA = %(db)s ORDER BY SPECIFIC_NAME, ORDINAL_POSITION",
        db=database,
    ):
        parameters.setdefault(str(routine), []).append(f"{mode} {parameter} {kind}" if parameter else f"RETURNS {kind}")
    return {
        f"{str(kind).lower()} {routine}": Routine(
            text=code(str(body or "")),
            parameters=", ".join(parameters.get(str(routine), ())),
            security=str(security),
            strict=_is_strict(mode),
        )
        for routine, kind, body, security, mode in await session.all(
            "SELECT ROUTINE_NAME, ROUTINE_TYPE, ROUTINE_DEFINITION, SECURITY_TYPE, SQL_MODE"
            " FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = %(db)s ORDER BY ROUTINE_NAME",
            db=database,
        )
    }


async def _triggers(session: Session | Worker, database: str) -> dict[str, Trigger]:
    return {
        str(trigger): Trigger(
            when=f"{timing} {event}",
            table=str(table),
            text=code(str(body)),
            order=_whole(order),
            strict=_is_strict(mode),
        )
        for trigger, timing, event, table, body, order, mode in await session.all(
            "SELECT TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, ACTION_STATEMENT,"
            " ACTION_ORDER, SQL_MODE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = %(db)s"
            " ORDER BY TRIGGER_NAME",
            db=database,
        )
    }


async def _events(session: Session | Worker, database: str) -> dict[str, Event]:
    return {
        str(event): Event(
            schedule=f"EVERY {value} {field}" if value else f"AT {at}",
            starts=str(clock or ""),
            text=code(str(body)),
            preserved=completion == "PRESERVE",
            zone=str(zone),
            status=str(status),
        )
        for event, value, field, at, clock, body, completion, zone, status in await session.all(
            "SELECT EVENT_NAME, INTERVAL_VALUE, INTERVAL_FIELD, EXECUTE_AT, TIME_FORMAT(TIME(STARTS), '%%H:%%i:%%s'),"
            " EVENT_DEFINITION, ON_COMPLETION, TIME_ZONE, STATUS FROM information_schema.EVENTS"
            " WHERE EVENT_SCHEMA = %(db)s ORDER BY EVENT_NAME",
            db=database,
        )
    }


_WORDS = re.compile(r"'(?:[^'\\]|\\.)*'|[^'\s`()]+|\(|\)")


def expression(text: str) -> str:
    """An expression without what servers add to it: backticks, spacing, outer brackets."""
    words = [word if word.startswith("'") else word.lower() for word in _WORDS.findall(text)]
    joined = " ".join(words)
    while joined.startswith("(") and _closes_last(joined):
        joined = joined[1:-1].strip()
    return joined


def _closes_last(text: str) -> bool:
    depth = 0
    for word in re.finditer(r"'(?:[^'\\]|\\.)*'|[()]", text):
        depth += {"(": 1, ")": -1}.get(word.group(), 0)
        if depth == 0:
            return word.end() == len(text)
    return False


def _is_strict(mode: object) -> bool:
    return "STRICT_TRANS_TABLES" in str(mode) or "STRICT_ALL_TABLES" in str(mode)


def _whole(value: object) -> int:
    return int(str(value or 0))
