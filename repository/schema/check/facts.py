"""A database as it describes itself: what `verify` compares, and what the docs are drawn from."""

import msgspec


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column, in the server's own words."""

    type: str
    nullable: bool
    default: str | None
    extra: str
    generated: str
    collation: str


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """An index: its columns in order, each with the length or the direction that is not the usual one."""

    unique: bool
    kind: str
    columns: tuple[str, ...]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A foreign key."""

    name: str
    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]
    on_delete: str
    on_update: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table. Foreign keys go by their columns and checks by their clause, since upgrades name them differently."""

    engine: str
    collation: str
    comment: str
    columns: dict[str, Column]
    keys: dict[str, Key]
    references: tuple[Reference, ...]
    checks: dict[str, str]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A view; `text` is empty where the account may not see it."""

    text: str
    columns: dict[str, str]
    security: str


class Routine(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure or function; `text` is empty where the account may not see it."""

    text: str
    parameters: str
    security: str
    strict: bool


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """A trigger."""

    when: str
    table: str
    text: str
    order: int
    strict: bool


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event; `status` is kept apart since a server in a cluster may rightly hold it as SLAVESIDE_DISABLED."""

    schedule: str
    starts: str
    text: str
    preserved: bool
    zone: str
    status: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in one database, by name."""

    tables: dict[str, Table]
    views: dict[str, View]
    routines: dict[str, Routine]
    triggers: dict[str, Trigger]
    events: dict[str, Event]
