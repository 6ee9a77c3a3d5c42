"""People are invited, given more or less to do, let out; each deed is in a list that nobody edits."""

import asyncio
import re

import aiohttp
import pyotp

from repository.staff import audit
from tests.conversations.conftest import Shop
from tests.handlers.console.test_console import PASSWORD, Visitor, nena

__all__ = ["nena"]


async def numbers(shop: Shop) -> dict[str, str]:
    """Everybody's id by their name."""
    rows = await shop.texts("SELECT CONCAT_WS('|', username, id) FROM admin_users")
    return dict(row.split("|") for row in rows)


async def test_somebody_is_invited_joins_by_the_link_and_the_link_works_once(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/team")
    await nena.sends("/team/invite", email="liza@shop.example", role="manager")
    link = re.findall(r'class="key">([^<]+)<', nena.page)[0]
    path = link.partition("/console")[2]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        liza = Visitor(shop, http)
        await liza.opens(path)
        assert "invites you to" in liza.page
        assert "as Manager" in liza.page
        await liza.sends(path, full_name="Liza", username="nena", password=PASSWORD, again=PASSWORD)
        assert liza.status == 422
        assert "Somebody has that already." in liza.page
        assert 'value="Liza"' in liza.page, "what was typed is kept"
        await liza.sends(path, full_name="Liza", username="liza", password=PASSWORD, again="something else")
        assert "The two are not the same." in liza.page
        await liza.sends(path, full_name="Liza", username="liza", password=PASSWORD, again=PASSWORD)
        assert liza.path == "/console/start", "she is in"
        assert await liza.status_of("/team") == 403
        await liza.opens(path)
        assert liza.status == 404
        assert "works no more" in liza.page
    assert await shop.texts("SELECT CONCAT_WS('|', role, email) FROM admin_users WHERE username = 'liza'") == [
        "manager|liza@shop.example"
    ]


async def test_an_address_that_has_an_account_is_refused_beside_the_field(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/team")
    await nena.sends("/team/invite", email="jun@example.com", role="staff")
    assert nena.status == 422
    assert "Somebody has an account with that address already." in nena.page


async def test_who_is_let_out_is_out_at_once_and_the_last_owner_stays(shop: Shop, nena: Visitor) -> None:
    ids = await numbers(shop)
    await nena.logs_in()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        jun = Visitor(shop, http)
        await jun.logs_in("jun")
        assert jun.path == "/console/day"
        await nena.opens("/team")
        await nena.sends(f"/team/{ids['jun']}/role", role="admin")
        assert "jun was Staff, and is Admin now." in nena.page
        assert await jun.status_of("/settings") == 200
        await nena.sends(f"/team/{ids['jun']}/active", to="out")
        await jun.opens("/orders")
        assert jun.path == "/console/login"
        await jun.logs_in("jun")
        assert jun.path == "/console/login"
    await nena.sends(f"/team/{ids['nena']}/role", role="staff")
    assert "You cannot do that to yourself." in nena.page
    await nena.opens("/audit?area=team")
    assert "changed the role" in nena.page
    assert "<del>staff</del>" in nena.page
    assert "<ins>admin</ins>" in nena.page
    assert (await nena.gets("/audit/export.csv?area=team")).count(b"team.") == 2


async def test_two_owners_who_let_each_other_out_at_once_leave_one(shop: Shop, nena: Visitor) -> None:
    ids = await numbers(shop)
    await shop.run("UPDATE admin_users SET role = 'super_admin' WHERE username = 'jun'")
    await nena.logs_in()
    await nena.opens("/team")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        jun = Visitor(shop, http)
        await jun.logs_in("jun")
        await jun.opens("/team")
        await asyncio.gather(
            nena.sends(f"/team/{ids['jun']}/active", to="out"), jun.sends(f"/team/{ids['nena']}/active", to="out")
        )
    assert await shop.texts("SELECT COUNT(*) FROM admin_users WHERE role = 'super_admin' AND is_active") == ["1"]


async def test_a_login_with_a_code_needs_it_once_and_spare_codes_help(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/account/code")
    key = re.findall(r'class="key">([A-Z2-7 ]+)<', nena.page)[0].replace(" ", "")
    await nena.sends("/account/code", code="000000")
    assert nena.status == 422
    code = pyotp.TOTP(key).now()
    await nena.sends("/account/code", code=code)
    spare = re.findall(r'class="key">([a-z0-9-]+)<', nena.page)
    assert len(spare) == 8
    stored = await shop.texts("SELECT CONCAT(code_secret, spare_codes) FROM console_accounts WHERE code_secret <> ''")
    assert key not in stored[0]
    assert spare[0] not in stored[0]
    await nena.opens("/account")
    await nena.sends("/logout")

    await nena.logs_in()
    assert "Your code" in nena.page
    half, csrf = nena.values("half")[0], nena.values("csrf")[0]
    assert await nena.status_of("/orders") == 200, "which is the login page: nobody is in yet"
    await nena.sends("/login/code", csrf=csrf, half=half, code=code, next="")
    assert "Each works once" in nena.page
    await nena.sends("/login/code", csrf=csrf, half=half, code=spare[0].upper(), next="")
    assert nena.path == "/console/start"
    await nena.opens("/account/code")
    assert "7 spare codes are left" in nena.page
    await nena.sends("/account/code/off", password="something else")
    assert "That is not your password." in nena.page
    await nena.sends("/account/code/off", password=PASSWORD)
    assert "needs no code any more" in nena.page


async def test_a_half_login_of_another_password_or_another_account_is_none(shop: Shop, nena: Visitor) -> None:
    await shop.run(
        "UPDATE console_accounts SET code_secret = 'sealed elsewhere', spare_codes = '[]'"
        " WHERE admin_id = (SELECT id FROM admin_users WHERE username = 'nena')"
    )
    await nena.logs_in()
    half, csrf = nena.values("half")[0], nena.values("csrf")[0]
    await nena.sends("/login/code", csrf=csrf, half=half.replace("nena", "jun"), code="123456", next="")
    assert nena.status == 403
    await shop.run("UPDATE admin_users SET password_hash = CONCAT(password_hash, 'x') WHERE username = 'nena'")
    await nena.sends("/login/code", csrf=csrf, half=half, code="123456", next="")
    assert nena.status == 403


async def test_guesses_at_one_account_from_everywhere_slow_strangers_and_not_its_owner(shop: Shop) -> None:
    async with shop.database.connection() as conn:
        await audit.record(conn, action="login", admin_id=None, subject="nena", ip_address="home")
        for number in range(audit.ATTEMPTS_ON_ACCOUNT):
            assert await audit.may_try(conn, username="nena", network=f"stranger {number}")
        assert not await audit.may_try(conn, username="nena", network="one more stranger")
        assert await audit.may_try(conn, username="nena", network="home")
        assert await audit.may_try(conn, username="jun", network="one more stranger")
