"""What each role may do, over every page that there is (contract/rules.md, "rights")."""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from handlers.console.app import PAGES
from handlers.console.base.pages import Page
from handlers.console.base.roles import PERMISSIONS, may
from repository.staff import admins
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor
from tests.support.accounts import account

STAFF = {
    "account",
    "replies.view",
    "replies.edit",
    "products.view",
    "chats.view",
    "chats.write",
    "shipping.view",
    "posts.view",
    "posts.edit",
    "promos.view",
    "broadcasts.view",
    "orders.view",
    "orders.pack",
    "orders.ship",
}
MANAGER = {
    "products.edit",
    "stock.edit",
    "promos.edit",
    "broadcasts.send",
    "replies.delete",
    "orders.approve",
    "orders.refund",
    "orders.export",
    "chats.export",
    "reviews.moderate",
    "analytics.view",
    "queues",
} | STAFF
ADMIN = {"identity.view", "shipping.edit", "settings", "audit"} | MANAGER
GRID = {"staff": STAFF, "manager": MANAGER, "admin": ADMIN, "super_admin": {"connect", "team"} | ADMIN}
_NAMED = {"group": "shop", "kind": "payment"}
_FITTING = ("1", "en", "welcome.hello", "confirm")
_VARIABLE = re.compile(r"\{(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}")


def address(page: Page) -> str:
    """A page's address with something that fits in the place of each variable."""
    return _VARIABLE.sub(lambda found: _fitting(found[1], found[2] or "[^/]+"), page.path)


def _fitting(name: str, pattern: str) -> str:
    known = (*([_NAMED[name]] if name in _NAMED else []), *_FITTING, *pattern.split("|"))
    return next(one for one in known if re.fullmatch(pattern, one))


@pytest.fixture
async def visitor(shop: Shop) -> AsyncIterator[Visitor]:
    """A browser; there is an account of each role, of the role's name."""
    async with shop.database.transaction() as conn:
        for role in admins.ROLES:
            await account(conn, username=role, role=role)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Visitor(shop, http)


@pytest.mark.parametrize("role", GRID)
def test_the_grid_is_the_one_of_the_rules(role: str) -> None:
    assert {right for right in PERMISSIONS if may(role, right)} == GRID[role]


@pytest.mark.parametrize("role", GRID)
async def test_a_page_opens_for_those_who_have_its_right(visitor: Visitor, role: str) -> None:
    await visitor.logs_in(role)
    for page in PAGES:
        if page.method == "GET":
            status = await visitor.status_of(address(page))
            refused = bool(page.permission) and page.permission not in GRID[role]
            assert (status == 403) is refused, f"{role}: GET {page.path}"
            assert status < 500, page.path


@pytest.mark.parametrize("role", GRID)
async def test_nobody_changes_anything_without_its_right(visitor: Visitor, shop: Shop, role: str) -> None:
    await visitor.logs_in(role)
    await visitor.opens("/account")
    token = visitor.values("csrf")[0]
    before = await shop.count("console_audit")
    for page in PAGES:
        if page.method == "POST" and page.permission and page.permission not in GRID[role]:
            await visitor.sends(address(page), csrf=token)
            assert visitor.status == 403, f"{role}: POST {page.path}"
            assert "This is not for you" in visitor.page
    assert await shop.count("console_audit") == before
