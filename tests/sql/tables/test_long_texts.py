"""A text longer than its column, a word that it does not know, or no JSON: refused, and the row is as it was."""

import pymysql
import pytest

from repository.schema.check.contract import TABLES
from tests.sql.shop import Shop

TOO_LONG, NO_SUCH_WORD = 1406, 1265
NO_JSON = {3140, 4025}  # MySQL, MariaDB


@pytest.mark.parametrize("table", TABLES)
def test_no_column_takes_what_does_not_fit(everything: Shop, table: str) -> None:
    shop = everything
    columns = shop.rows(
        "SELECT COLUMN_NAME AS name, DATA_TYPE AS kind, CHARACTER_MAXIMUM_LENGTH AS most, COLUMN_TYPE AS type"
        " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s"
        " AND (CHARACTER_MAXIMUM_LENGTH IS NOT NULL OR DATA_TYPE = 'json')"
        " AND COALESCE(GENERATION_EXPRESSION, '') = ''",
        table,
    )
    before = shop.rows(f"SELECT * FROM {table}")
    assert before
    for column in columns:
        name, kind, most = str(column["name"]), str(column["kind"]), int(str(column["most"] or 0))
        with pytest.raises(pymysql.err.MySQLError) as caught:
            if kind == "enum":
                shop.run(f"UPDATE {table} SET {name} = 'a word that it does not know'")
            elif kind in ("json", "longtext"):  # MariaDB's JSON is a LONGTEXT with a check
                shop.run(f"UPDATE {table} SET {name} = '{{no JSON'")
            else:
                shop.run(f"UPDATE {table} SET {name} = REPEAT('x', %s)", most + 1)
        code = caught.value.args[0]
        assert code in (NO_JSON if kind in ("json", "longtext") else {NO_SUCH_WORD if kind == "enum" else TOO_LONG})
        assert shop.rows(f"SELECT * FROM {table}") == before, name


def test_there_is_hardly_a_table_without_texts(everything: Shop) -> None:
    columns = everything.number(
        "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
        " AND (CHARACTER_MAXIMUM_LENGTH IS NOT NULL OR DATA_TYPE = 'json') AND TABLE_NAME NOT LIKE 'vw%%'"
    )
    assert columns > 150
