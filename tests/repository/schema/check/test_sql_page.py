"""The page for people at the SQL prompt: its statements do what it says, and it leaves out nothing of the scripts."""

import re
from pathlib import Path

import msgspec

from repository.rules import Rules
from repository.schema.base.scripts import FOLDER
from repository.schema.check.contract import EVENTS, PROCEDURES, VIEWS
from tests.repository.schema.conftest import Shop
from tests.repository.schema.guide import Person, Table, read_text

PAGE = Path(__file__).resolve().parents[4] / "docs" / "database-sql.md"
FIXTURE = Path(__file__).parents[1] / "guide_fixture.sql"
SCRIPTS = [(FOLDER / f"quicksell_{name}_v2.sql").read_text(encoding="utf-8") for name in ("automation", "guards")]


def test_its_statements_do_what_it_says(own_shop: Shop, tmp_path: Path) -> None:
    fixture = tmp_path / "fixture.sql"
    fixture.write_text(FIXTURE.read_text(encoding="utf-8").replace("USE quicksell_chatbot;", ""), encoding="utf-8")
    shown: dict[str, list[Table]] = {}
    settings = msgspec.structs.replace(own_shop.server.settings, user=own_shop.user, password=own_shop.password)
    with Person(settings, own_shop.database) as typist:  # with the rights of the bot and no more
        typist.loads(fixture, own_shop.database)
        for block in read_text(PAGE):
            for statement in block.statements:
                shown.setdefault(block.heading, []).extend(typist.types(statement))
        moves = typist.shows("SELECT to_status, changed_by, reason FROM order_state_history WHERE order_id = 1")
        stock = typist.shows("SELECT stock_quantity FROM products ORDER BY id")
        waiting = typist.shows("SELECT order_number FROM vw_pending_orders")
        days = typist.shows("SELECT COUNT(*) AS days FROM analytics_daily")
    answers = [table[0] for tables in shown.values() for table in tables if table and "status" in table[0]]
    assert [answer["status"] for answer in answers] == ["SUCCESS"] * 7
    assert moves[1:] == [
        {"to_status": "confirmed", "changed_by": "Rosa", "reason": "Asked for by phone"},
        {"to_status": "cancelled", "changed_by": "Rosa", "reason": "Asked for by phone"},
    ]
    assert [row["stock_quantity"] for row in stock] == ["43", "3", "0"]  # 19, and 24 that came on Monday
    assert shown["Stock"][0][0] == {
        "transaction_type": "stock_in",
        "quantity_change": "24",
        "new_stock": "43",
        "notes": "Delivery of Monday",
    }
    assert waiting == [{"order_number": "ORD-3"}]
    assert int(days[0]["days"] or 0) >= 1
    detailed, pending, inventory, daily, shoppers = (len(table) for table in shown["Views"])
    assert (detailed, pending, inventory, shoppers) == (3, 1, 1, 1)
    assert daily in (2, 3)  # order 1 is two hours old, which may have been yesterday


def test_every_rule_is_there_with_its_default() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rules = msgspec.json.decode(msgspec.json.encode({name: getattr(Rules(), name) for name in Rules.__struct_fields__}))
    told: dict[str, object] = {}
    for row in re.findall(r"^\| (`[a-z_]+`(?:, `[a-z_]+`)*) \| (`.+?) \|", page, re.MULTILINE):
        names, defaults = (re.findall(r"`([^`]+)`", cell) for cell in row)
        told |= dict(zip(names, map(msgspec.json.decode, defaults), strict=True))
    elsewhere = {"currency", "public_url", "page_id", "has_grids"}  # settings
    assert told == {name: value for name, value in rules.items() if name not in elsewhere}


def test_every_code_is_there_with_its_number() -> None:
    told = set(re.findall(r"^\| (3\d{4}) \| `(QS_\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    raised = {
        (found["number"], found["code"])
        for text in SCRIPTS
        for found in re.finditer(r"(?P<number>300\d\d) (?P<code>QS_\w+)", text)
    }
    numbers = {number for text in SCRIPTS for number in re.findall(r"MYSQL_ERRNO = (\d+)", text)}
    assert told == raised
    assert {number for number, _ in told} == numbers


def test_every_object_and_every_variable_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    twins = re.findall(r"PROCEDURE (sp_\w+)\(", "".join(SCRIPTS))
    assert [known for known in (*PROCEDURES, *VIEWS, *EVENTS, *twins) if known not in page] == []
    read = {
        variable
        for text in SCRIPTS
        for line in re.findall(r"^-- Reads +(.+)$|COALESCE\((@qs_\w+)", text, re.MULTILINE)
        for variable in re.findall(r"@qs_\w+", " ".join(line))
    }
    assert len(read) > 8
    assert [variable for variable in read - {"@qs_variant_logged"} if f"`{variable}`" not in page] == []
