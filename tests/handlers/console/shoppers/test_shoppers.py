"""The shoppers: found by name and phone, and what the shop knows of one."""

import re

import pytest

from repository.verification import people
from repository.verification.people import Wanted
from tests.conversations.conftest import Shop
from tests.handlers.console.verification.sent import browser, hires
from tests.support import factory
from tests.support.keeper import Keeper

HOSTILE = "<img src=x onerror=alert(1)>"


async def somebody(shop: Shop, name: str, *, phone: str = "", delivered: int = 0, cancelled: int = 0) -> int:
    """A shopper who has ordered; gives their id."""
    shopper_id = await shop.make(factory.shopper(facebook_name=name, phone=phone or None, total_orders=delivered))
    for status, count in (("delivered", delivered), ("cancelled", cancelled)):
        for _ in range(count):
            await shop.make(factory.order((), user_id=shopper_id, order_status=status))
    return shopper_id


def listed_in(page: str) -> list[int]:
    """The ids of the shoppers in a list, in order."""
    return [int(one) for one in re.findall(r'<td class="what"><a href="/console/shoppers/(\d+)"', page)]


async def test_shoppers_are_found_by_name_and_by_any_spelling_of_a_phone(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana Cruz", phone="+639171234567")
    ben = await somebody(shop, HOSTILE)
    await shop.make(factory.order((), user_id=ben, ship_phone="+639998887766"))
    async with browser(shop, "jun") as jun:
        assert listed_in(await jun.opens("/shoppers")) == [ben, ana]
        assert HOSTILE not in jun.page
        for text, ids in (
            ("cruz", [ana]),
            ("0917 123-4567", [ana]),
            ("+63 917 123 4567", [ana]),
            ("4567", [ana]),
            ("0999 888 7766", [ben]),
            ("<img", [ben]),
            ("%", []),
            ("' OR 1=1 --", []),
            ("_", []),
        ):
            await jun.opens(f"/shoppers?q={text.replace('%', '%25').replace('+', '%2B')}")
            assert listed_in(jun.page) == ids, text


async def test_who_has_not_ordered_for_long_is_found_by_the_shops_own_days(shop: Shop, keeper: Keeper) -> None:
    await hires(shop)
    made = {}
    for days in (30, 31, 90, 91):
        made[days] = await somebody(shop, f"Last {days}", delivered=1)
        await keeper.run(
            "UPDATE orders SET created_at = NOW() - INTERVAL %(days)s DAY WHERE user_id = %(id)s",
            days=days,
            id=made[days],
        )
    await somebody(shop, "Never ordered")
    async with browser(shop, "jun") as jun:
        assert listed_in(await jun.opens("/shoppers?mark=dormant")) == [made[90], made[31]]
        assert listed_in(await jun.opens("/shoppers?mark=at_risk")) == [made[91]]
        await shop.sets(dormant_days=90)
        assert listed_in(await jun.opens("/shoppers?mark=dormant")) == []


async def test_marks_and_pages(shop: Shop) -> None:
    await hires(shop)
    lost = await somebody(shop, "Loses", delivered=1, cancelled=2)
    trusted, blocked = await somebody(shop, "Trusted"), await somebody(shop, "Blocked")
    earned = await somebody(shop, "Earned")
    await shop.insert("trusted_buyers", user_id=trusted, verification_skip_enabled=True)
    await shop.insert("trusted_buyers", user_id=earned, trust_level="silver")
    await shop.insert("blocked_people", kind="shopper", value=str(blocked))
    async with browser(shop, "jun") as jun:
        for mark, ids in (("trusted", [trusted]), ("blocked", [blocked]), ("returns", [lost])):
            assert listed_in(await jun.opens(f"/shoppers?mark={mark}")) == ids, mark
        assert "2 lost" in jun.page
    async with shop.database.connection() as conn:
        seen: list[int] = []
        while rows := await people.page(conn, wanted=Wanted(), limit=3, at=seen[-1] if seen else 0):
            seen += [row.id for row in rows]
        assert seen == [earned, blocked, trusted, lost]
        back = await people.page(conn, wanted=Wanted(), limit=2, at=lost, backwards=True)
        assert [row.id for row in back] == [trusted, blocked]


async def test_one_shopper_with_orders_risk_and_addresses(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana Cruz", delivered=2, cancelled=3)
    await shop.make(
        factory.order(
            (),
            user_id=ana,
            order_number="ORD-20261128-XYZ",
            ship_recipient_name=HOSTILE,
            ship_address_line1="12 Mabini St.",
            ship_barangay="Poblacion",
            ship_city="Makati",
            ship_phone="+639171234567",
        )
    )
    await shop.insert("blocked_people", kind="address", value="12 mabini street, poblacion, makati")
    async with browser(shop, "jun") as jun:
        page = await jun.opens(f"/shoppers/{ana}")
        assert "60 % of their finished orders were lost: 3 cancelled." in page
        assert "An address that they used is blocked." in page
        assert "address blocked" in page
        assert "12 Mabini St., Poblacion, Makati" in page
        assert "ORD-20261128-XYZ" in page
        assert HOSTILE not in page
        assert "Trust them" not in page, "that is for who may change the settings"
        for path in ("/shoppers/0", "/shoppers/99999999999999999999"):
            await jun.opens(path)
            assert jun.status == 404


@pytest.mark.parametrize(("lost", "percent"), [(0, 0), (1, 33), (2, 50)])
async def test_the_share_of_lost_orders_is_of_the_finished_ones(shop: Shop, lost: int, percent: int) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana", delivered=2, cancelled=lost)
    await shop.make(factory.order((), user_id=ana))
    async with browser(shop, "jun") as jun:
        assert f"<b>{percent} %</b>" in await jun.opens(f"/shoppers/{ana}")
        assert ("were lost" in jun.page) == (lost >= 2), "one is no pattern"
