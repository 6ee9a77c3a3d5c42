"""The benchmark's own connection reads answers of every shape, however they are cut."""

from pathlib import Path

import pytest

from bot.base.settings import DatabaseSettings
from bot.workshop.bench.line import Line
from bot.workshop.database.accounts import Account


@pytest.fixture
def line(schema: DatabaseSettings) -> Line:
    if not schema.socket:
        pytest.skip("the server of TEST_DB_* has no socket")
    return Line(Path(schema.socket), Account(user=schema.user, password=schema.password), schema.name)


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("SET @a = 1", 0),
        ("SELECT 1", 0),
        ("SELECT id FROM users WHERE id < 0", 0),
        ("SELECT REPEAT('x', 100000), REPEAT('y', 70000) UNION ALL SELECT 'a', 'b'", 0),
        ("SELECT nothing", 1054),
        ("CALL sp_get_order_details(0)", 0),
        ("CALL sp_reserve_order_inventory(0, 30)", 30001),
    ],
)
def test_an_answer_is_read_to_its_end(line: Line, statement: str, number: int) -> None:
    for _ in range(2):  # the second time shows that nothing was left over
        assert line.run(statement.encode()) == number
    assert line.run(b"SELECT nothing") == 1054
    line.close()


def test_whoever_is_not_let_in_is_told(schema: DatabaseSettings) -> None:
    with pytest.raises(ConnectionError):
        Line(Path(schema.socket), Account(user=schema.user, password="wrong"), schema.name)
