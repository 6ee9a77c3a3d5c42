"""Many rows of one test of pure functions: each is tried, and all that fail are told, in one test.

A test of its own costs four milliseconds, in each worker that collects it and in the one that runs it; a row costs what
it does. For tests without a shop, a database or a browser, and without fixtures that a row could change for the next.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable, Iterable, Sequence

import pytest

Test = Callable[..., None]
SHOWN = 20
"""Rows that are told with their traces; the others by name alone."""
LONG = 200
"""Letters of a value that are told."""


def rows(
    names: str | Sequence[str], values: Iterable[object], *, ids: Callable[..., object] | Sequence[str] = repr
) -> Callable[[Test], Test]:
    """Try a test with each row; several of these above one another try it with each combination.

    Args:
        names: The test's arguments that a row gives; with only one, each value is the argument itself.
        values: The rows.
        ids: What a value, or each row, is called where it fails.
    """
    given = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    every = [(value,) if len(given) == 1 and isinstance(names, str) else _tuple(value) for value in values]
    assert every, f"no row gives {names}"

    def of_all(test: Test) -> Test:
        assert not inspect.iscoroutinefunction(test), f"{test.__name__} waits for something: parametrize it"
        signature = inspect.signature(test)
        assert set(given) <= set(signature.parameters), f"{test.__name__} has no {names}"

        @functools.wraps(test)
        def tried(**fixtures: object) -> None:
            failed: list[tuple[str, BaseException]] = []
            for place, row in enumerate(every):
                try:
                    test(**fixtures, **dict(zip(given, row, strict=True)))
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  (the other rows are tried too)
                    name = ", ".join(str(ids(value)) for value in row) if callable(ids) else ids[place]
                    failed.append((name, error))
            _tell(test.__name__, len(every), failed)

        left = [one for name, one in signature.parameters.items() if name not in given]
        tried.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return tried

    return of_all


async def each(values: Iterable[object], tries: Callable[..., Awaitable[None]]) -> None:
    """Try something with each row in one test, such as one shopper after the other in the same shop.

    Args:
        values: The rows; what is no tuple is the only argument.
        tries: Is called with each.
    """
    every = [value if isinstance(value, tuple) else (value,) for value in values]
    failed: list[tuple[str, BaseException]] = []
    for row in every:
        try:
            await tries(*row)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  (the other rows are tried too)
            failed.append((", ".join(repr(value)[:LONG] for value in row), error))
    _tell(getattr(tries, "__name__", "it"), len(every), failed)


def _tell(test: str, tried: int, failed: Sequence[tuple[str, BaseException]]) -> None:
    if failed:
        for name, error in failed:
            error.add_note(f"in the row {name}")
        told = f"{len(failed)} of {tried} rows of {test} fail: {'; '.join(name for name, _ in failed)}"
        raise BaseExceptionGroup(told, [error for _, error in failed][:SHOWN])


def _tuple(row: object) -> tuple[object, ...]:
    assert isinstance(row, Sequence), f"{row!r} is no row"
    return tuple(row)
