"""A shop with orders, its clerks, and how a test does what they do."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal

import aiohttp
import pytest

from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor
from tests.support import factory
from tests.support.accounts import account

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"
CLERKS = {"nena": "super_admin", "mia": "manager", "jun": "staff"}
Clerk = Callable[[str], Awaitable[Visitor]]


@pytest.fixture
async def clerk(shop: Shop) -> AsyncIterator[Clerk]:
    """Opens a browser of its own for a clerk of this name, logged in."""
    async with shop.database.transaction() as conn:
        for name, role in CLERKS.items():
            await account(conn, username=name, role=role, full_name=name.capitalize())
    opened: list[aiohttp.ClientSession] = []

    async def enter(name: str) -> Visitor:
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        opened.append(http)
        visitor = Visitor(shop, http)
        await visitor.logs_in(name)
        return visitor

    yield enter
    for http in opened:
        await http.close()


async def an_order(shop: Shop, name: str = "Ana", *, status: str = "pending", **columns: object) -> int:
    """An order of one mug for ₱100, as the contract's own scripts write it."""
    product = await shop.make(factory.product(columns={"stock_quantity": 10}))
    psid = f"psid-of-{name}-{product}"
    shopper = await shop.make(factory.shopper(messenger_id=psid, facebook_name=name, language="en"))
    await shop.make(factory.conversation(psid))
    made: dict[str, object] = {
        "user_id": shopper,
        "order_status": status,
        "subtotal": Decimal("100.00"),
        "remaining_balance": Decimal("100.00"),
        "ship_recipient_name": name,
        "ship_phone": "+639171234567",
        "ship_address_line1": "12 Mabini St.",
        "ship_city": "Makati",
        "ship_province": "Metro Manila",
        "ship_region": "NCR",
        "language": "en",
    }
    return await shop.make(factory.order([(product, None, 1)], **{**made, **columns}))


def numbers(page: str) -> list[str]:
    """The orders that a list shows, in order."""
    return re.findall(r'<span class="name">([^<]*)</span>', page)
