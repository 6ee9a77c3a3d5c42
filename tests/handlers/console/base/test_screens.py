"""Every screen is whole: what is missing in a new one is named here, with the file that it belongs into."""

from collections import Counter
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

import handlers.console
from handlers.console.app import PAGES, SCREENS
from handlers.console.base.pages import Screen
from handlers.console.base.roles import PERMISSIONS, ROLES

CONSOLE = Path(handlers.console.__path__[0])
FOLDERS = sorted(path.name for path in CONSOLE.iterdir() if (path / "__init__.py").exists() and path.name != "base")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_screen_is_in_the_console(folder: str) -> None:
    assert (CONSOLE / folder / "screen.py").exists(), f"handlers/console/{folder}/ has no screen.py with its pages"
    screen = import_module(f"handlers.console.{folder}.screen").SCREEN
    assert screen in SCREENS, f"handlers/console/app.py: GROUPS has no {folder}"


@pytest.mark.parametrize("screen", [one for one in SCREENS if one.name], ids=lambda one: one.name)
def test_a_screen_can_be_shown_in_the_menu(screen: Screen) -> None:
    first = screen.pages[0]
    assert first.method == "GET", f"{screen.name}: the menu leads to the first of its pages, which is none to look at"
    assert first.permission, f"{screen.name}: the menu shows a screen to those who may open its first page"
    drawn = (CONSOLE / "base/templates/_icons.html").read_text(encoding="utf-8")
    assert f'"{screen.icon}":' in drawn, f"base/templates/_icons.html draws no {screen.icon}"


def test_no_two_pages_have_one_address() -> None:
    counted = Counter((page.method, page.path) for page in PAGES)
    assert [where for where, count in counted.items() if count > 1] == []


def test_every_right_is_needed_somewhere() -> None:
    needed = {page.permission for page in PAGES} - {""}
    assert set(PERMISSIONS) - needed == set(), "base/roles.py: no page needs these of PERMISSIONS"


def test_every_right_stands_in_some_role() -> None:
    given = frozenset[str]().union(*ROLES.values())
    assert set(PERMISSIONS) - given == set(), "base/roles.py: ROLES gives these to nobody"
    assert given - set(PERMISSIONS) == set(), "base/roles.py: ROLES gives rights that PERMISSIONS does not explain"


def test_each_role_may_what_the_one_below_it_may() -> None:
    for higher, lower in pairwise(ROLES):
        assert ROLES[lower] <= ROLES[higher], f"{lower} may what {higher} may not"


def test_no_two_screens_have_a_template_of_one_name() -> None:
    counted = Counter(path.name for path in CONSOLE.glob("*/templates/*"))
    assert [name for name, count in counted.items() if count > 1] == [], "name it after its noun: promo.html"
