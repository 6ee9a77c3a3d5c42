"""Trust and blocking in the console: granted, taken back, with who and when; refused without the right."""

import re

import pytest

from tests.conversations.conftest import Shop
from tests.handlers.console.shoppers.test_shoppers import HOSTILE, somebody
from tests.handlers.console.verification.sent import browser, hires

TRUST = (
    "SELECT t.trust_level, t.verification_skip_enabled, t.notes, a.username FROM trusted_buyers t"
    " LEFT JOIN admin_users a ON a.id = t.granted_by"
)
BLOCKED = "SELECT GROUP_CONCAT(kind, ' ', value ORDER BY id SEPARATOR '; ') FROM blocked_people"


async def test_trust_is_granted_shown_and_taken_back(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana", delivered=11)
    async with browser(shop, "ada") as ada:
        await ada.opens(f"/shoppers/{ana}")
        assert "11 orders reached them: silver would fit." in ada.page
        assert '<option value="silver" selected>' in ada.page
        await ada.sends(f"/shoppers/{ana}/trust", opened="", level="gold", skips="on", note=HOSTILE)
        assert "their next order needs no verification" in ada.page
        assert "Granted by ada just now" in ada.page
        assert HOSTILE not in ada.page
        assert await shop.look(TRUST) == ("gold", 1, HOSTILE, "ada")
        assert "<b>ada</b> trusted them" in ada.page
        opened = ada.values("opened")[0]
        await ada.sends(f"/shoppers/{ana}/take-back", opened=opened)
        assert "The trust is taken back." in ada.page
    assert await shop.count("trusted_buyers") == 0


async def test_two_merchants_do_not_overwrite_each_other(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana")
    async with browser(shop, "ada") as ada, browser(shop, "nena") as nena:
        await ada.opens(f"/shoppers/{ana}")
        await nena.opens(f"/shoppers/{ana}")
        await ada.sends(f"/shoppers/{ana}/trust", opened="", level="gold", skips="on")
        await nena.sends(f"/shoppers/{ana}/trust", opened="", level="bronze")
        assert "ada has changed this meanwhile." in nena.page
        await nena.sends(f"/shoppers/{ana}/take-back", opened="nonsense")
        assert "ada has changed this meanwhile." in nena.page
    assert await shop.look("SELECT trust_level FROM trusted_buyers") == "gold"


async def test_a_level_that_was_only_earned_is_no_trust_yet(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana", delivered=3)
    await shop.insert("trusted_buyers", user_id=ana, trust_level="bronze")
    async with browser(shop, "ada") as ada:
        await ada.opens(f"/shoppers/{ana}")
        assert "Trust them" in ada.page
        assert "Take the trust back" not in ada.page
        await ada.sends(f"/shoppers/{ana}/trust", opened=ada.values("opened")[0], level="bronze", skips="on")
        assert "Trusted as bronze" in ada.page


async def test_a_phone_is_blocked_in_any_spelling_once_and_unblocked_with_undo(shop: Shop) -> None:
    await hires(shop)
    async with browser(shop, "ada") as ada:
        await ada.opens("/shoppers/blocked")
        await ada.sends("/shoppers/blocked/phone", phone="0917 123-4567", why=HOSTILE)
        assert "Blocked: the next order waits for a person." in ada.page
        assert HOSTILE not in ada.page
        await ada.sends("/shoppers/blocked/phone", phone="+63 (917) 1234567", why="again")
        assert "That is blocked already." in ada.page
        assert await shop.look(BLOCKED) == "phone +639171234567"
        (row,) = re.findall(r"/shoppers/blocked/(\d+)/remove", ada.page)
        await ada.sends(f"/shoppers/blocked/{row}/remove")
        assert await shop.count("blocked_people") == 0
        await ada.sends("/shoppers/blocked/add", kind="phone", value="+639171234567", why=HOSTILE)
        assert await shop.look("SELECT note FROM blocked_people") == HOSTILE, "undone with its reason"
        await ada.sends(f"/shoppers/blocked/{row}/remove")
        assert "That was unblocked already." in ada.page


async def test_an_address_and_a_shopper_are_blocked(shop: Shop) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana")
    async with browser(shop, "ada") as ada:
        await ada.opens("/shoppers/blocked")
        address = {"line": "No. 12 Mabini St.", "barangay": "Brgy. Poblacion", "city": "Makati City"}
        await ada.sends("/shoppers/blocked/address", **address, reason="Nobody lives there")
        await ada.opens(f"/shoppers/{ana}")
        await ada.sends("/shoppers/blocked/add", kind="shopper", value=str(ana), why="Scolds", back=str(ana))
        assert ada.path == f"/console/shoppers/{ana}"
        assert "By ada, just now." in ada.page
        assert "<b>ada</b> blocked them" in ada.page
        assert await shop.look(BLOCKED) == f"address 12 mabini street, poblacion, makati; shopper {ana}"
        await ada.opens("/shoppers/blocked?kind=shopper&q=Ana")
        assert ada.page.count("/remove") == 1


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("phone", {"phone": "123", "why": "x"}, "That is no Philippine phone number that exists"),
        ("phone", {"phone": "", "why": "x"}, "Please write the phone."),
        ("phone", {"phone": "0917 123 4567", "why": ""}, "Please write why, for your colleagues."),
        (
            "address",
            {"line": "...", "city": "Makati", "reason": "x"},
            "An address needs a house and street, and a city.",
        ),
        ("address", {"line": "12", "city": "", "reason": "x"}, "Please write the city."),
        ("add", {"kind": "shopper", "value": "999", "why": "x"}, "There is nobody like that to block."),
        ("add", {"kind": "shopper", "value": "1 OR 1=1", "why": "x"}, "There is nobody like that to block."),
        ("add", {"kind": "everybody", "value": "1", "why": "x"}, "There is nobody like that to block."),
    ],
)
async def test_what_cannot_be_blocked_is_told(shop: Shop, path: str, fields: dict[str, str], said: str) -> None:
    await hires(shop)
    async with browser(shop, "ada") as ada:
        await ada.opens("/shoppers/blocked")
        await ada.sends(f"/shoppers/blocked/{path}", **fields)
        assert said in ada.page
    assert await shop.count("blocked_people") == 0


@pytest.mark.parametrize("who", ["jun", "mara"])
async def test_only_who_may_change_settings_trusts_and_blocks(shop: Shop, who: str) -> None:
    await hires(shop)
    ana = await somebody(shop, "Ana")
    row = await shop.insert("blocked_people", kind="phone", value="+639171234567")
    async with browser(shop, who) as visitor:
        assert "Unblock" not in await visitor.opens("/shoppers/blocked")
        for path in (
            f"/shoppers/{ana}/trust",
            f"/shoppers/{ana}/take-back",
            "/shoppers/blocked/add",
            "/shoppers/blocked/phone",
            "/shoppers/blocked/address",
            f"/shoppers/blocked/{row}/remove",
        ):
            await visitor.opens("/account")
            await visitor.sends(path, level="gold", skips="on", kind="shopper", value=str(ana), phone="09171234567")
            assert visitor.status == 403, path
    assert await shop.count("blocked_people") == 1
    assert await shop.count("trusted_buyers") == 0
