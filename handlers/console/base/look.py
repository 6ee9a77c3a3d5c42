"""How pages are written: their menu, templates with every value escaped, headers that allow nothing from elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.base import clock
from handlers.console.base.roles import ROLE_NAMES
from replies.environment import money

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
_SCREENS = sorted(_FOLDER.parent.glob("*/templates"))  # each screen keeps its own beside its pages
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LANGUAGE_NAMES = {"en": "English", "fil": "Filipino"}


class MenuEntry(msgspec.Struct, frozen=True):
    """A screen in the menu.

    Attributes:
        name: What it is called.
        icon: One of those in `_icons.html`.
        path: Where it begins, below the console.
        permission: The right without which it is not shown.
    """

    name: str
    icon: str
    path: str
    permission: str


class MenuGroup(msgspec.Struct, frozen=True):
    """Screens that stand together in the menu.

    Attributes:
        name: What stands above them; empty for those that need no name.
        entries: The screens.
    """

    name: str
    entries: tuple[MenuEntry, ...]


MENU: web.AppKey[Sequence[MenuGroup]] = web.AppKey("menu")
"""What the console shows on every page."""


def listed(menu: Sequence[MenuGroup]) -> list[MenuEntry]:
    """The screens of a menu without their groups, in its order."""
    return [entry for group in menu for entry in group.entries]


@cache
def _environment(currency: str) -> Environment:
    """The templates of all screens, each compiled once in a process, however many consoles it has."""
    made = Environment(
        loader=FileSystemLoader(_SCREENS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"ago": ago, "money": lambda amount: money(amount, currency)}
    made.globals |= {"role_names": ROLE_NAMES, "language_names": LANGUAGE_NAMES}
    return made


class Look:
    """Writes pages.

    Args:
        currency: ISO code for amounts of money.
    """

    def __init__(self, currency: str = "PHP") -> None:
        self._environment = _environment(currency)

    def page(self, template: str, *, status: int = 200, **facts: object) -> web.Response:
        """A page.

        Args:
            template: Its file.
            status: The HTTP status.
            facts: What it shows.
        """
        return web.Response(status=status, text=self.part(template, **facts), content_type="text/html", charset="utf-8")

    def part(self, template: str, **facts: object) -> str:
        """A page, or a part of one, as HTML.

        Args:
            template: Its file.
            facts: What it shows.
        """
        return self._environment.get_template(template).render(facts)


LOOK = web.AppKey("look", Look)


def ago(moment: datetime | None) -> str:
    """A time as people say it: "just now", "5 minutes ago", "yesterday", "3 Nov 2026".

    Args:
        moment: In the shop's own zone; None is never.
    """
    if moment is None:
        return "never"
    now = clock.now().astimezone(moment.tzinfo)
    seconds = (now - moment).total_seconds()
    if seconds < 45:
        return "just now"
    if seconds < 45 * 60:
        minutes = max(1, round(seconds / 60))
        return f"{minutes} minute{'s' if minutes > 1 else ''} ago"
    days = (now.date() - moment.date()).days
    hour = f"{moment:%I:%M %p}".lstrip("0")
    if days == 0:
        return f"today, {hour}"
    if days == 1:
        return f"yesterday, {hour}"
    return f"{moment.day} {moment:%b %Y}"
