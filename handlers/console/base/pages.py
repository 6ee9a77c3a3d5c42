"""The table of pages: each screen lists its own, every page with its address and the right that it needs."""

import msgspec

from handlers.console.base.look import MenuEntry
from handlers.console.base.roles import PERMISSIONS
from handlers.console.base.visit import Show


class Page(msgspec.Struct, frozen=True):
    """A page for people who are logged in.

    Attributes:
        method: "GET" or "POST"; only a POST may change anything.
        path: Its address below the console, such as r"/promos/{id:\\d+}".
        show: What answers.
        permission: The right that it needs, one of `PERMISSIONS`; empty where being logged in is enough.
        file_most: Bytes of a file that its form may hold; 0 where it holds none.
    """

    method: str
    path: str
    show: Show
    permission: str
    file_most: int = 0

    def __post_init__(self) -> None:
        assert self.method in ("GET", "POST"), self.method
        assert not self.permission or self.permission in PERMISSIONS, f"{self.permission}: put it into base/roles.py"


class Screen(msgspec.Struct, frozen=True):
    """Pages that belong together, the one that they begin with first.

    Attributes:
        pages: All of them.
        name: What the menu calls it; empty where it is not in the menu.
        icon: One of those in `_icons.html`.
    """

    pages: tuple[Page, ...]
    name: str = ""
    icon: str = ""

    @property
    def entry(self) -> MenuEntry:
        """What the menu shows of it."""
        return MenuEntry(self.name, self.icon, self.pages[0].path, self.pages[0].permission)
