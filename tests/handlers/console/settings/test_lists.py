"""Couriers, reasons and accounts: their lists, what shoppers will read, what is refused, what comes back."""

import html
import re

import msgspec
import pytest

from repository.database.connection import Connection
from repository.settings.couriers import problem
from tests.conversations.conftest import Shop
from tests.handlers.console.settings.test_rules import form_in
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]
LBC = "https://www.lbcexpress.com/track/?tracking_no={number}"
HOSTILE = "<script>alert(1)</script>"


async def the_id(conn: Connection, table: str, name: str) -> int:
    return int(str(await conn.value(f"SELECT id FROM {table} WHERE name = %(name)s", name=name)))


async def path_of(shop: Shop, name: str) -> str:
    """Where a courier is edited."""
    async with shop.database.connection() as conn:
        return f"/settings/couriers/{await the_id(conn, 'couriers', name)}"


def bubbles(answer: str) -> str:
    """The HTML of a preview."""
    return html.unescape(str(msgspec.json.decode(answer, type=dict[str, object])["html"]))


async def test_a_courier_is_previewed_as_the_notice_that_the_shopper_reads(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/settings/couriers/new")
    await nena.sends("/settings/couriers/preview", name="Speedy", link="https://speedy.example/?no={number}")
    shown = bubbles(nena.page)
    assert "Speedy" in shown
    assert "https://speedy.example/?no=JT0123456789" in shown
    await nena.opens("/settings/couriers/new")
    await nena.sends("/settings/couriers/preview", name=HOSTILE, link="javascript:alert('{number}')")
    assert "javascript" not in nena.page
    assert "<script>" not in str(msgspec.json.decode(nena.page, type=dict[str, object])["html"])


async def test_a_courier_is_made_changed_deleted_and_brought_back(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens("/settings/couriers/new")
    await nena.sends("/settings/couriers/new", name="Speedy", link=LBC, display_order="9", is_active="on")
    where = nena.path.removeprefix("/console")
    assert re.fullmatch(r"/settings/couriers/\d+", where)
    await nena.opens(where)
    await nena.sends(where, **(form_in(nena.page) | {"name": HOSTILE}))
    assert html.escape(HOSTILE) in nena.page
    assert HOSTILE not in nena.page
    await nena.sends(f"{where}/delete", version=version_of(nena.page))
    assert "Deleted." in nena.page
    assert await shop.count("couriers") == 7
    await nena.sends("/settings/couriers/bring-back", version=nena.values("version")[0])
    assert nena.path == f"/console{where}"
    assert await shop.texts("SELECT action FROM console_audit WHERE action LIKE 'courier.%' ORDER BY id") == [
        "courier.created",
        "courier.changed",
        "courier.deleted",
        "courier.restored",
    ]


async def test_each_save_of_a_list_tells_every_process(nena: Visitor, shop: Shop) -> None:
    async def version() -> int:
        return int(str(await shop.look("SELECT rules FROM shop_versions")))

    await nena.logs_in()
    before = await version()
    path = await path_of(shop, "Grab")
    await nena.opens(path)
    await nena.sends(path, **(form_in(nena.page) | {"name": "Grab Express"}))
    await nena.opens("/settings/couriers")
    await nena.sends("/settings/couriers/switch", to="off", pick=f"courier:{path.rpartition('/')[2]}")
    assert "1 courier is off now." in nena.page
    assert await version() == before + 2


async def test_two_couriers_cannot_have_one_name(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens("/settings/couriers/new")
    await nena.sends("/settings/couriers/new", name="LBC", link="", display_order="0")
    assert nena.status == 422
    assert await path_of(shop, "LBC") in nena.page


async def test_a_stale_save_of_a_courier_is_refused(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    path = await path_of(shop, "LBC")
    await nena.opens(path)
    old = form_in(nena.page)
    await nena.sends(path, **(old | {"name": "LBC Express"}))
    await nena.sends(path, **(old | {"name": "L.B.C."}))
    assert nena.status == 409
    assert "<del>LBC Express</del> <ins>L.B.C.</ins>" in nena.page


@pytest.mark.parametrize(
    "link",
    [
        "http://lbc.example/{number}",
        "javascript:alert({number})",
        "https://user:secret@lbc.example/{number}",
        "https://{number}.example/",
        "https://lbc.example:8443/{number}",
        "https://lbc.example/{tracking}",
        "https://lbc.example/{number",
        "https://lbc.example/a b",
        "https://localhost/{number}",
        "https://[::1/{number}",
        "lbc.example/{number}",
        "https://",
    ],
)
async def test_a_link_that_no_shopper_should_follow_is_refused(nena: Visitor, shop: Shop, link: str) -> None:
    assert problem(link)
    await nena.logs_in()
    path = await path_of(shop, "LBC")
    await nena.opens(path)
    await nena.sends(path, **(form_in(nena.page) | {"link": link}))
    assert nena.status == 422
    assert await shop.texts("SELECT link FROM couriers WHERE name = 'LBC'") == [LBC]


@pytest.mark.parametrize("link", ["", LBC, "https://www.jtexpress.ph/trajectoryQuery", "https://spx.ph/track?{number}"])
def test_links_of_couriers_are_taken(link: str) -> None:
    assert problem(link) == ""


async def test_a_reason_is_edited_in_both_languages_and_previewed_as_bubbles(nena: Visitor, shop: Shop) -> None:
    async with shop.database.connection() as conn:
        path = f"/settings/reasons/payment/{await the_id(conn, 'review_reasons', 'payment_amount')}"
    await nena.logs_in()
    await nena.opens(path)
    assert html.unescape(nena.page).count("Hindi po tugma ang amount") == 2, "in its field and in its bubble"
    words = {"title": "Too little", "words_en": f"Too little. {HOSTILE}", "words_fil": "Kulang po.", "is_active": "on"}
    await nena.sends("/settings/reasons/preview", csrf=nena.values("csrf")[0], **words)
    assert "Kulang po." in bubbles(nena.page)
    await nena.opens(path)
    await nena.sends(path, version=version_of(nena.page), display_order="2", **words)
    assert "Saved." in nena.page
    assert HOSTILE not in nena.page
    row = await shop.texts(
        "SELECT CONCAT(name, ':', kind, ':', title, ':', words_fil) FROM review_reasons WHERE title = 'Too little'"
    )
    assert row == ["payment_amount:payment:Too little:Kulang po."]
    await nena.sends(path, version=version_of(nena.page), display_order="2", **(words | {"words_en": "{{ total }}"}))
    assert nena.status == 422
    await nena.opens(path.replace("payment", "identity"))
    assert nena.status == 404


async def test_one_reason_of_each_kind_always_stays_on(nena: Visitor, shop: Shop) -> None:
    picks = [f"reason:{one}" for one in await shop.texts("SELECT id FROM review_reasons WHERE kind = 'payment'")]
    await nena.logs_in()
    await nena.opens("/settings/reasons")
    await nena.sends_all("/settings/reasons/switch", ("to", "off"), *(("pick", one) for one in picks))
    assert "One reason of each kind has to stay on" in nena.page
    assert await shop.look("SELECT COUNT(*) FROM review_reasons WHERE is_active") == 10
    await nena.sends_all("/settings/reasons/switch", ("to", "off"), *(("pick", one) for one in picks[1:]))
    assert "4 reasons are off now." in nena.page
    path = f"/settings/reasons/payment/{picks[0].partition(':')[2]}"
    await nena.opens(path)
    fields = {name: value for name, value in form_in(nena.page).items() if name != "is_active"}
    await nena.sends(path, **fields, words_en="Again, please.", words_fil="Paki-ulit po.")
    assert "One reason of each kind has to stay on" in nena.page
    assert await shop.look("SELECT COUNT(*) FROM review_reasons WHERE is_active") == 6
