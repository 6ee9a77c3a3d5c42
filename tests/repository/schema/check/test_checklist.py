"""`db verify --checklist` ticks the guide's fourteen lines, each really checked, and leaves nothing behind."""

import pytest

from repository.schema.base.session import Session, name
from repository.schema.check.checklist import Checked, checklist
from tests.repository.schema.conftest import OFFSET, Shop
from tests.repository.schema.equality import rows_of
from tests.repository.schema.guide import public_text

LINES = [
    "Database created successfully",
    "All 27 tables present",
    "3 triggers active",
    "4 procedures created",
    "5 views working",
    "3 events scheduled",
    "Event scheduler enabled",
    "Permissions configured",
    "Backup script created",
    "Application connection tested",
    "Sample order created",
    "Inventory reservation tested",
    "Views returning data",
    "Triggers firing correctly",
]


async def walk(shop: Shop) -> Checked:
    return await checklist(shop.admin, shop.database, OFFSET, bot=shop.bot)


def unticked(checked: Checked) -> dict[str, str]:
    return {line.name: line.message for line in checked.lines if not line.ok}


def test_the_lines_are_the_guides() -> None:
    text = public_text()
    if text is not None:
        found = [line.removeprefix("- [ ] ") for line in text.read_text().splitlines() if line.startswith("- [ ]")]
        assert found == LINES
    assert len(LINES) == 14


async def test_every_line_of_a_new_shop_is_ticked(shop: Shop) -> None:
    checked = await walk(shop)
    assert [line.name for line in checked.lines] == LINES
    assert unticked(checked) == {}
    assert checked.is_right
    tables = checked.lines[1].message
    assert int(tables.partition("), ")[2].partition(" ")[0]) >= 50


async def test_nothing_stays_behind(own_shop: Shop, admin: Session) -> None:
    before = await rows_of(admin, own_shop.database)
    assert (await walk(own_shop)).is_right
    assert await rows_of(admin, own_shop.database) == before


@pytest.mark.parametrize(
    ("damage", "lines"),
    [
        (["DROP TABLE wishlists"], {"All 27 tables present"}),
        (["DROP TRIGGER after_order_status_update"], {"3 triggers active", "Triggers firing correctly"}),
        (["DROP TRIGGER after_product_stock_change"], {"3 triggers active", "Triggers firing correctly"}),
        (["DROP TRIGGER after_order_delivered"], {"3 triggers active", "Triggers firing correctly"}),
        (
            ["DROP VIEW vw_customer_ltv"],
            {"5 views working", "Views returning data", "Triggers firing correctly"},
        ),
        (
            ["DROP PROCEDURE sp_get_order_details"],
            {"4 procedures created"},
        ),
        (
            [
                "DROP PROCEDURE sp_reserve_order_inventory",
                "CREATE PROCEDURE sp_reserve_order_inventory(IN a INT, IN b INT) SQL SECURITY INVOKER SELECT 'SUCCESS'",
            ],
            {
                "4 procedures created",
                "Inventory reservation tested",
                "Triggers firing correctly",
            },
        ),
        (
            [
                "DROP PROCEDURE sp_reserve_order_inventory",
                "CREATE PROCEDURE sp_reserve_order_inventory(IN a INT, IN b INT) SQL SECURITY INVOKER COMMIT",
            ],
            {
                "4 procedures created",
                "Sample order created",
                "Inventory reservation tested",
                "Triggers firing correctly",
            },
        ),
        (["DROP EVENT evt_cleanup_old_queue_items"], {"3 events scheduled"}),
        (
            ["ALTER TABLE orders ADD COLUMN mine INT NOT NULL"],
            {"All 27 tables present", "Sample order created"},
        ),
    ],
)
async def test_what_is_wrong_is_not_ticked(own_shop: Shop, damage: list[str], lines: set[str]) -> None:
    sql = await own_shop.admin()
    await sql.run(f"USE {name(own_shop.database)}")
    for statement in damage:
        await sql.run(statement)
    await sql.close()
    found = unticked(await walk(own_shop))
    assert lines <= set(found)


async def test_without_the_bots_account_its_rights_are_not_ticked(shop: Shop) -> None:
    checked = await checklist(shop.admin, shop.database, OFFSET)
    assert set(unticked(checked)) == {"Permissions configured"}
