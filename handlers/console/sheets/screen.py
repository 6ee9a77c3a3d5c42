"""The screen of sheets, with every page of it."""

from handlers.console.base.pages import Page, Screen
from handlers.console.sheets import exports, imports, last, writing
from handlers.console.sheets.imports import FILE_MOST
from handlers.console.sheets.last import HOME, ZIP_MOST

_RIGHT = "products.edit"
_ONE = HOME + r"/{id:\d+}"

SCREEN = Screen(
    (
        Page("GET", HOME, last.begin, _RIGHT),
        Page("POST", HOME, imports.upload, _RIGHT, FILE_MOST),
        Page("POST", f"{HOME}/pictures", imports.pictures, _RIGHT, ZIP_MOST),
        Page("GET", f"{_ONE}/running", writing.running, _RIGHT),
        Page("POST", f"{HOME}/revert", imports.revert, _RIGHT),
        Page("GET", _ONE, imports.show, _RIGHT),
        Page("POST", f"{_ONE}/columns", imports.match, _RIGHT),
        Page("POST", f"{_ONE}/apply", imports.confirm, _RIGHT),
        Page("GET", "/products/export", exports.download, _RIGHT),
    ),
)
