"""The rules' pages: what a number means, what holds after a save, what is refused, what comes back."""

import html
import re

import msgspec
import pytest
from msgspec.structs import replace

from bot.base.settings import DatabaseSettings, Settings
from dialogs.conversation import TABLE
from handlers.console.base.look import Look
from handlers.console.settings.groups import out_of_order
from handlers.console.settings.meaning import told
from handlers.turns.in_force import Shop as TurnShop
from repository.database.connection import Database
from repository.rules import GROUPS, Rules
from repository.settings.groups import Group
from tests.conftest import MANILA
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]
VERIFICATION = "/settings/rules/verification"


def form_in(page: str) -> dict[str, str]:
    """What the form on a page holds, as a browser would send it."""
    form = page[page.index('id="edited"') : page.index("</form>", page.index('id="edited"'))]
    fields = dict(re.findall(r'<input id="(\w+)" name="\w+" value="([^"]*)"', form))
    fields |= dict.fromkeys(re.findall(r'<input type="checkbox" name="(\w+)" role="switch" checked', form), "on")
    return {name: html.unescape(value) for name, value in fields.items()} | {"version": version_of(form)}


def ticked_in(page: str) -> list[tuple[str, str]]:
    """The boxes that are ticked on a page, as a browser would send them."""
    return re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)" checked', page)


async def change(visitor: Visitor, path: str, **fields: str) -> None:
    """Open a form, change some of it, and send it."""
    await visitor.opens(path)
    ticked = [(name, value) for name, value in ticked_in(visitor.page) if name not in fields]
    await visitor.sends_all(path, *(form_in(visitor.page) | fields).items(), *ticked)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
async def test_each_rule_is_asked_with_its_words_unit_and_default(nena: Visitor, group: Group[Rules]) -> None:
    await nena.logs_in()
    page = html.unescape(await nena.opens(f"/settings/rules/{group.name}"))
    assert nena.status == 200
    for name, (_, about) in group.settings.items():
        assert about.label in page, name
        if about.unit not in ("", "money"):
            assert f'<span class="unit">{about.unit}</span>' in page, name
            assert f'data-default="{name}" value="{getattr(Rules(), name)}"' in page


async def test_a_change_is_previewed_as_a_sentence_and_nothing_is_saved(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens(VERIFICATION)
    before = await shop.count("shop_settings")
    await nena.sends(f"{VERIFICATION}/preview", **(form_in(nena.page) | {"verification_from": "₱8,500"}))
    shown = msgspec.json.decode(nena.page, type=dict[str, object])
    assert "<mark>Orders of ₱8,500 or more by COD need a check first.</mark>" in str(shown["html"])
    assert "<li>COD orders of ₱50,000 or more need an ID" in str(shown["html"]), "what stays is not marked"
    assert await shop.count("shop_settings") == before


async def test_what_is_saved_holds_in_another_process_at_its_next_turn(
    nena: Visitor, shop: Shop, schema: DatabaseSettings
) -> None:
    settings = Settings(database=schema, secret_key="a secret for tests", shop_name="Tindahan")
    database = Database(schema, MANILA, most=1)
    other = TurnShop(settings, database, TABLE)

    async def there() -> Rules:
        async with database.connection() as conn:
            version = int(str(await conn.value("SELECT rules FROM shop_versions WHERE id = 1")))
            return await other.rules(conn, version)

    assert (await there()).verification_from == 5000
    await nena.logs_in()
    await change(nena, VERIFICATION, verification_from="8,500.50")
    assert "Saved." in nena.page
    assert str((await there()).verification_from) == "8500.50"
    await database.close()


async def test_the_next_reply_says_the_shops_new_name(nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await change(nena, "/settings/rules/shop", shop_name="Aling Nena’s <b>Tindahan</b>")
    assert "&lt;b&gt;" in nena.page
    assert "<b>Tindahan" not in nena.page
    await ana.opens_chat()
    ana.hears("Aling Nena’s <b>Tindahan</b>")


@pytest.mark.parametrize(
    ("group", "field", "typed", "sentence"),
    [
        ("verification", "verification_minutes", "4", "from 5 to 10,080"),
        ("verification", "verification_minutes", "soon", "a whole number"),
        ("verification", "verification_minutes", "", "Please write a number."),
        ("verification", "verification_minutes", "9" * 400, "a whole number"),
        ("verification", "verification_from", "1e9", "an amount"),
        ("verification", "verification_from", "-1", "from 0 to"),
        ("verification", "verification_from", "NaN", "an amount"),
        ("verification", "verification_from", "0.001", "an amount"),
        ("verification", "verification_from", "60000", "less than where checks begin"),
        ("verification", "verification_reminder_minutes", "60", "before the time is over"),
        ("trust", "trusted_gold_from", "5", "fewer orders"),
        ("tiers", "at_risk_days", "7", "not fewer days"),
        ("tiers", "tier_platinum_from", "50", "less than the one below"),
        ("shop", "shop_name", "", "Please write something"),
        ("shop", "shop_name", "x" * 61, "60 characters are the most"),
        ("payment", "payment_methods", "bitcoin", "able to pay somehow"),
        ("shop", "languages", "latin", "answer in some language"),
        ("profile", "greeting", "{name}" * 9, "{name} counts as 19"),
        ("retention", "chat_kept_days", "91", "from 7 to 90"),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field_and_changes_nothing(
    nena: Visitor, shop: Shop, group: str, field: str, typed: str, sentence: str
) -> None:
    await nena.logs_in()
    before = await shop.texts("SELECT CONCAT(name, value) FROM shop_settings ORDER BY name")
    await change(nena, f"/settings/rules/{group}", **{field: typed})
    assert nena.status == 422
    assert sentence in html.unescape(nena.page)
    assert await shop.texts("SELECT CONCAT(name, value) FROM shop_settings ORDER BY name") == before


async def test_several_ways_to_pay_are_ticked(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await nena.opens("/settings/rules/payment")
    rest = [(name, value) for name, value in form_in(nena.page).items() if name != "payment_methods"]
    ticked = [("payment_methods", "cod"), ("payment_methods", "paymaya"), ("payment_methods", "bank_transfer")]
    await nena.sends_all("/settings/rules/payment", *rest, *ticked)
    assert "cash on delivery, Maya or bank transfer" in nena.page
    assert await shop.texts("SELECT value FROM shop_settings WHERE name = 'payment_methods'") == [
        '["cod","paymaya","bank_transfer"]'
    ]


async def test_a_stale_save_is_refused_and_shows_what_differs(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens(VERIFICATION)
    old = form_in(nena.page)
    await change(nena, VERIFICATION, verification_minutes="90")
    await nena.sends(VERIFICATION, **(old | {"verification_minutes": "30"}))
    assert nena.status == 409
    assert "<del>90 minutes</del> <ins>30 minutes</ins>" in nena.page
    await nena.sends(VERIFICATION, **form_in(nena.page))
    assert nena.status == 200, "whoever has seen it can save over it"


async def test_a_save_is_kept_with_who_and_comes_back(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await change(nena, VERIFICATION, verification_minutes="90")
    await change(nena, VERIFICATION, verification_minutes="30")
    page = await nena.opens(f"{VERIFICATION}/history")
    assert "<del>90 minutes</del> <ins>30 minutes</ins>" in page
    assert page.count("<p><b>nena</b> changed it") == 2
    first = re.findall(rf'action="/console({VERIFICATION}/versions/\d+/restore)"', page)[0]
    version = version_of(page[page.index(first) :])
    await nena.sends(first, version=version)
    assert form_in(nena.page)["verification_minutes"] == "90"
    assert await shop.texts("SELECT action FROM console_audit WHERE action LIKE 'settings.%' ORDER BY id") == [
        "settings.changed",
        "settings.changed",
        "settings.restored",
    ]


async def test_an_earlier_save_beyond_todays_limits_stays_where_it_is(nena: Visitor, shop: Shop) -> None:
    await nena.logs_in()
    await change(nena, VERIFICATION, verification_minutes="90")
    await shop.run("UPDATE reply_versions SET body = JSON_SET(body, '$.verification_minutes', 1) ORDER BY id LIMIT 1")
    page = await nena.opens(f"{VERIFICATION}/history")
    restore = re.findall(rf'action="/console({VERIFICATION}/versions/\d+/restore)"', page)[-1]
    await nena.sends(restore, version=version_of(page[page.index(restore) :]))
    assert "That cannot come back" in nena.page
    assert form_in(nena.page)["verification_minutes"] == "90"


async def test_a_group_that_is_not_there_is_told(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/settings/rules/nothing")
    assert nena.status == 404


def test_every_rule_is_in_order_by_default() -> None:
    assert not any(out_of_order(group.of(Rules())) for group in GROUPS)


@pytest.mark.parametrize(
    ("group", "name"),
    [(group, name) for group in GROUPS for name in group.settings],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_every_rule_is_in_a_sentence_of_its_group(group: Group[Rules], name: str) -> None:
    """What no sentence tells would be changed blindly: handlers/console/settings/templates/_meaning.html."""
    usual = Rules()
    value = getattr(usual, name)
    other: object = (not value) if isinstance(value, bool) else ("cod",) if isinstance(value, tuple) else None
    other = f"{value}x" if isinstance(value, str) else value + 7 if other is None else other
    base = replace(usual, down_payment_percent=20) if name == "down_payment_from" else usual
    assert told(Look(), base, group.name) != told(Look(), replace(base, **{name: other}), group.name)
