"""Files for a spreadsheet, written as they are read."""

import csv
import io
from collections.abc import Sequence

from aiohttp import web

from handlers.console.base.look import HEADERS
from handlers.console.base.visit import Visit

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


async def begin(visit: Visit, name: str, columns: Sequence[str]) -> web.StreamResponse:
    """Begin such a file; rows are written to it with `lines`.

    Args:
        visit: Who wants it.
        name: Its name, which ends in ".csv".
        columns: Their names.
    """
    response = web.StreamResponse(headers={**HEADERS, "Cache-Control": "no-store"})
    response.content_type = "text/csv"
    response.charset = "utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    await response.prepare(visit.request)
    # A spreadsheet takes a file for UTF-8 by this mark.
    await response.write("\ufeff".encode() + lines([columns]))
    return response


def lines(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of a file; no cell of them is taken for a formula.

    Args:
        rows: Texts.
    """
    written = io.StringIO()
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    Args:
        text: What stands in it.
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text
