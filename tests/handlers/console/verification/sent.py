"""Proofs that shoppers have sent, and the people of the shop who look at them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from itertools import count

import aiohttp

from repository.database.wire.packets import Value
from repository.files import files
from repository.files.files import Purpose
from repository.files.pictures import prepare
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import Visitor
from tests.support import factory
from tests.support.accounts import account
from tests.support.pictures import photo, receipt

PEOPLE = {"nena": "super_admin", "ada": "admin", "mara": "manager", "jun": "staff"}
_numbers = count(1)


class Clerk(Visitor):
    """A browser that takes pictures too."""

    async def fetches(self, path: str, **form: str) -> bytes:
        """What comes at an address, whatever it is: as the answer to a form where there is one."""
        token = {"csrf": next(iter(self.values("csrf")), ""), **form}
        asking = self._http.post(self.base + path, data=token) if form else self._http.get(self.base + path)
        async with asking as answer:
            self.status, self.headers = answer.status, answer.headers
            return await answer.read()


async def hires(shop: Shop) -> None:
    """Give everybody of the shop an account, one of each role."""
    async with shop.database.transaction() as conn:
        for name, role in PEOPLE.items():
            await account(conn, username=name, role=role)


@asynccontextmanager
async def browser(shop: Shop, who: str) -> AsyncIterator[Clerk]:
    """The browser of somebody who is logged in."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        visitor = Clerk(shop, http)
        await visitor.logs_in(who)
        yield visitor


async def ordered(shop: Shop, *, name: str = "Ana Cruz", total: str = "1290.00", **columns: Value) -> int:
    """An order that waits for its money, of somebody new; gives its id."""
    shopper_id = await shop.make(factory.shopper(facebook_name=name, phone="+639171234567", language="en"))
    made: dict[str, object] = {
        "user_id": shopper_id,
        "order_number": f"ORD-20261128-A{next(_numbers):03}",
        "total_amount": Decimal(total),
        "payment_method": "gcash",
        "ship_recipient_name": name,
        "ship_phone": "+639171234567",
        "language": "en",
    }
    return await shop.make(factory.order((), **{**made, **columns}))


async def pictured(shop: Shop, number: int = 1, *, purpose: Purpose = "proof") -> int:
    """A picture that a shopper sent, each number another one; gives its id."""
    sent = receipt(number) if purpose == "proof" else photo(size=(640, 400), seed=number)
    async with shop.database.transaction() as conn:
        return await files.keep(conn, purpose=purpose, picture=prepare(sent))


async def proved(shop: Shop, order_id: int, **columns: Value) -> int:
    """A proof of an order that waits: ₱1,290 by GCash, unless told otherwise; gives its id."""
    made: dict[str, Value] = {"order_id": order_id, "kind": "payment", "method": "gcash"}
    if columns.get("kind", "payment") == "payment":
        made |= {"amount": Decimal("1290.00"), "reference": f"{next(_numbers):013}"}
    else:
        made["method"] = None
    return await shop.insert("order_proofs", **{**made, **columns})


async def time_stands(shop: Shop) -> None:
    """Let the seconds in which a decision can be taken back last, however slow the machine is."""
    await shop.run("UPDATE order_proofs SET effective_at = NOW(3) + INTERVAL 1 HOUR WHERE effective_at IS NOT NULL")
