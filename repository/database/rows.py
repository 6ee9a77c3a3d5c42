"""Rows, read into structs."""

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from decimal import Decimal
from functools import cache
from typing import Literal, TypeVar, get_origin, get_type_hints

import msgspec

from repository.database.wire.packets import Value

Row = TypeVar("Row", bound=msgspec.Struct)


def read(row: type[Row], values: Sequence[Value], offset: timezone) -> Row:
    """Turn a raw row into a struct: times become aware, numbers become booleans, JSON texts become values.

    Args:
        row: The struct; its fields stand in the order of the columns.
        values: The raw row.
        offset: The shop's fixed offset from UTC, in which the database writes times.
    """
    readers = _readers(row)
    if not readers:
        return row(*values)
    made: list[object] = list(values)
    for index, reader in readers:
        value = made[index]
        if value is not None:
            made[index] = value.replace(tzinfo=offset) if isinstance(value, datetime) else reader(value)
    return row(*made)


@cache
def _readers(row: type[msgspec.Struct]) -> tuple[tuple[int, Callable[[object], object]], ...]:
    hints = get_type_hints(row)
    readers: list[tuple[int, Callable[[object], object]]] = []
    for index, field in enumerate(msgspec.structs.fields(row)):
        kind = hints[field.name]
        if get_origin(kind) is Literal:  # an ENUM
            kind = str
        kinds = {part for part in getattr(kind, "__args__", (kind,)) if part is not type(None)}
        if bool in kinds:
            readers.append((index, bool))
        elif datetime in kinds:
            readers.append((index, _same))
        elif not kinds <= {str, int, bytes, float, Decimal}:
            readers.append((index, _json_reader(kind)))
    return tuple(readers)


def _json_reader(kind: object) -> Callable[[object], object]:
    decoder = msgspec.json.Decoder(type=kind)

    def read(text: object) -> object:
        return decoder.decode(str(text))

    return read


def _same(value: object) -> object:
    return value
