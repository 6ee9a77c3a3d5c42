"""One value of a row, read as what it is known to be."""

from decimal import Decimal

from repository.database.wire.packets import Value


def number(value: Value) -> int:
    """A whole number: an id, a count, a sum of counts.

    Args:
        value: What the server answered.

    Raises:
        TypeError: It is none; that is a bug of the statement, which should say COALESCE or name another column.
    """
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    raise TypeError(f"a {type(value).__name__} is no whole number")


def text(value: Value) -> str:
    """A text; the server answers some of its own columns in bytes.

    Args:
        value: What the server answered.

    Raises:
        TypeError: It is none; that is a bug of the statement.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(f"a {type(value).__name__} is no text")
