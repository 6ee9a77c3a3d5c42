"""structlog without rich, which it loads for coloured traces that our logs never show."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(name: str) -> Iterator[None]:
    """Let what is imported in the block go without a package, as if it were not there.

    Args:
        name: Its name. One that is loaded already stays as it is.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # which refuses to import it
    try:
        yield
    finally:
        del sys.modules[name]


with without("rich"):
    import structlog

__all__ = ["structlog"]
