"""All products as a file."""

import asyncio

from aiohttp import web

from handlers.console.base.visit import Visit
from repository.importing import exporting
from repository.sheets.writing import csv_of, xlsx_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download(visit: Visit) -> web.Response:
    """A sheet that imports to no change, or a feed for Facebook's catalogue."""
    kind = visit.request.query.get("format", "csv")
    database, settings = visit.shop.database, visit.shop.settings
    if kind == "facebook":
        link = f"https://m.me/{settings.page_id}"
        rows = [row async for row in exporting.facebook(database, currency=settings.shop_currency, link=link)]
    else:
        rows = [row async for row in exporting.ours(database)]
    is_book = kind == "xlsx"
    content = await asyncio.to_thread(xlsx_of if is_book else csv_of, rows)
    name = "facebook.csv" if kind == "facebook" else f"products.{'xlsx' if is_book else 'csv'}"
    return web.Response(
        body=content,
        content_type=_XLSX if is_book else "text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
