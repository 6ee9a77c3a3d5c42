"""The settings that merchants have changed, in `shop_settings`: what is not there is as the environment says, else as
by default. Every process reads them again at its next turn after a change."""

from collections.abc import Mapping
from typing import Literal, TypeVar

import msgspec

from bot.base import logs
from repository.database.connection import Connection, Statement
from repository.settings.about import abouts, problem

Source = Literal["console", "environment", "default"]
Whole = TypeVar("Whole", bound=msgspec.Struct)
_log = logs.get("settings")


class _Setting(msgspec.Struct, frozen=True):
    name: str
    value: str


async def stored(conn: Connection) -> dict[str, str]:
    """The JSON of every setting that is stored, by name.

    Args:
        conn: An open connection.
    """
    return {row.name: row.value for row in await conn.all(_Setting, "SELECT name, value FROM shop_settings")}


def in_force(defaults: Whole, kept: Mapping[str, str]) -> Whole:
    """The settings with what is stored on top. What cannot be read is left out and told to the operator, so that one
    wrong value never stops the shop.

    Args:
        defaults: What holds where nothing is stored.
        kept: JSON by name, as `stored` has it; names that are no settings of these are passed over.
    """
    changed: dict[str, object] = {}
    for name in type(defaults).__struct_fields__:
        if name in kept:
            try:
                changed[name] = decoded(type(defaults), name, kept[name])
            except ValueError:
                _log.warning("a stored setting cannot be used, its default holds", name=name)
    return msgspec.structs.replace(defaults, **changed)


def decoded(whole: type[msgspec.Struct], name: str, value: str) -> object:
    """What the JSON of a setting says.

    Args:
        whole: The struct that it is a field of.
        name: Which field.
        value: JSON.

    Raises:
        ValueError: It is none of its kind, or beyond its limits.
    """
    try:
        value_there = getattr(msgspec.convert({name: msgspec.json.decode(value)}, whole, strict=False), name)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None
    described = abouts(whole).get(name)
    why = problem(described[1], value_there) if described else ""
    if why:
        raise ValueError(f"{name}: {why}")
    return value_there


async def put(conn: Connection, values: Mapping[str, object], *, admin_id: int | None) -> None:
    """Store some settings; every process uses them from its next turn on.

    Args:
        conn: An open connection. The caller owns the transaction and has checked them.
        values: By name; None where the default shall hold again.
        admin_id: Who; None for the command line.
    """
    gone = [name for name, value in values.items() if value is None]
    kept = [
        Statement(
            "INSERT INTO shop_settings (name, value, updated_by) VALUES (%(name)s, %(value)s, %(admin_id)s)"
            " ON DUPLICATE KEY UPDATE value = VALUES(value), updated_by = VALUES(updated_by)",
            {"name": name, "value": msgspec.json.encode(value).decode(), "admin_id": admin_id},
        )
        for name, value in values.items()
        if value is not None
    ]
    if gone:
        kept.append(Statement("DELETE FROM shop_settings WHERE name IN %(names)s", {"names": gone}))
    await conn.batch(*kept, changed())


def changed() -> Statement:
    """What tells every process to read again what merchants have set: to be sent with whatever changes it."""
    return Statement("UPDATE shop_versions SET rules = rules + 1 WHERE id = 1")


def source(name: str, *, kept: Mapping[str, str], given: Mapping[str, object]) -> Source:
    """Where the value of a setting that is in force comes from.

    Args:
        name: Which.
        kept: What is stored, as `stored` has it.
        given: What the environment gave, by name.
    """
    if name in kept:
        return "console"
    return "environment" if name in given else "default"
