"""Whatever a procedure refuses, it refuses with a code or a plain error, and not one row of any table has changed."""

from collections.abc import Callable

import pymysql
import pytest

from repository.schema.check.contract import TABLES
from tests.sql.prompt import Row
from tests.sql.shop import Shop
from tests.support.factory import Line

RESERVE, RELEASE, COMMIT = (f"sp_{act}_order_inventory" for act in ("reserve", "release", "commit"))
DETAILS, RETURN = "sp_get_order_details", "sp_return_order_inventory"
Call = tuple[str, tuple[object, ...]]
"""A procedure and its arguments."""

NOT_A_NUMBER = {1264, 1366}
TOO_LONG = {1406}
MISSING_PARENT = {1048, 1452}
HUGE = 2**31 - 1


def everything_in(shop: Shop) -> dict[str, list[Row]]:
    """Every row of every table."""
    return {table: shop.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}


def _changes_nothing(shop: Shop, call: Call, codes: set[int]) -> None:
    """Make a call that must be refused, alone, and in a transaction that has done something already."""
    before = everything_in(shop)
    _refused(shop, call, codes)
    shop.raw.rollback()
    assert everything_in(shop) == before  # nor was a transaction left open that held something
    shop.raw.begin()
    shop.category()
    before = everything_in(shop)
    _refused(shop, call, codes)
    shop.raw.commit()
    assert everything_in(shop) == before  # what the caller had done is there, and nothing beside it


def _refused(shop: Shop, call: Call, codes: set[int]) -> None:
    procedure, arguments = call
    before = everything_in(shop)
    with pytest.raises(pymysql.err.MySQLError) as caught:
        shop.sets(procedure, *arguments)
    assert caught.value.args[0] in codes, caught.value
    assert everything_in(shop) == before


NO_ORDERS: dict[object, set[int]] = {
    None: {30001},
    0: {30001},
    -1: {30001},
    HUGE: {30001},
    -HUGE - 1: {30001},
    HUGE + 1: NOT_A_NUMBER,
    10**30: NOT_A_NUMBER,
    "an order": NOT_A_NUMBER,
    "1; DROP TABLE orders": {*NOT_A_NUMBER, 1265},
}
REST: dict[str, tuple[object, ...]] = {RESERVE: (30,), RELEASE: ("x",), COMMIT: (), RETURN: (True,)}


@pytest.mark.parametrize(
    ("procedure", "order"),
    # To release NULL is a success that says so, and has its own test.
    [(procedure, order) for procedure in REST for order in NO_ORDERS if (procedure, order) != (RELEASE, None)],
)
def test_an_order_that_cannot_be(empty_shop: Shop, procedure: str, order: object) -> None:
    empty_shop.reserved([(empty_shop.product(), None, 1)])
    _changes_nothing(empty_shop, (procedure, (order, *REST[procedure])), NO_ORDERS[order])


@pytest.mark.parametrize(
    ("minutes", "codes"),
    [
        (None, {30006}),
        (0, {30006}),
        (-1, {30006}),
        (-HUGE - 1, {30006}),
        (10081, {30006}),
        (HUGE, {30006}),
        (HUGE + 1, NOT_A_NUMBER),
        ("soon", NOT_A_NUMBER),
    ],
)
def test_minutes_that_cannot_be(empty_shop: Shop, minutes: object, codes: set[int]) -> None:
    order = empty_shop.order([(empty_shop.product(), None, 1)])
    _changes_nothing(empty_shop, (RESERVE, (order, minutes)), codes)


def _empty(shop: Shop) -> Call:
    return RESERVE, (shop.order(), 30)


def _empty_committed(shop: Shop) -> Call:
    return COMMIT, (shop.order(),)


def _in_state(procedure: str, status: str, *rest: object) -> Callable[[Shop], Call]:
    def make(shop: Shop) -> Call:
        order = shop.committed([(shop.product(10), None, 2)]) if procedure == RELEASE else _ordered(shop)
        shop.move(order, status)
        return procedure, (order, *rest)

    return make


def _ordered(shop: Shop) -> int:
    mug = shop.product(10)
    return shop.order([(mug, None, 1), (mug, shop.variant(mug, 5), 1)])


def _short_of(line: Callable[[int, int], list[Line]]) -> Callable[[Shop], Call]:
    """An order whose first line can be had, and whose further ones cannot together."""

    def make(shop: Shop) -> Call:
        first, mug = shop.product(10), shop.product(5)
        return RESERVE, (shop.order([(first, None, 1), *line(mug, shop.variant(mug, 5))]), 30)

    return make


def _huge(shop: Shop) -> Call:
    order = shop.order([(shop.product(10), None, 1)])
    shop.line(order, (shop.product(HUGE), None, HUGE), total_price=0)
    shop.line(order, (shop.number("SELECT MAX(id) FROM products"), None, HUGE), total_price=0)
    return RESERVE, (order, 30)


def _gone(table: str, procedure: str) -> Callable[[Shop], Call]:
    """An order about something that was deleted by somebody who had switched foreign keys off."""

    def make(shop: Shop) -> Call:
        first, mug = shop.product(10), shop.product(10)
        red, last = shop.variant(mug, 10), shop.product(10)
        lines = [(first, None, 1), (mug, red, 1), (last, None, 1)]
        order = shop.order(lines) if procedure == RESERVE else shop.reserved(lines)
        shop.run("SET foreign_key_checks = 0")
        shop.run(f"DELETE FROM {table} WHERE id = %s", mug if table == "products" else red)
        shop.run("SET foreign_key_checks = 1")
        return procedure, (order, 30 if procedure == RESERVE else "x")

    return make


def _gone_alone(shop: Shop) -> Call:
    first, mug, last = shop.product(10), shop.product(10), shop.product(10)
    order = shop.order([(first, None, 1), (mug, None, 1), (last, None, 1)])
    shop.run("SET foreign_key_checks = 0")
    shop.run("DELETE FROM products WHERE id = %s", mug)
    shop.run("SET foreign_key_checks = 1")
    return RESERVE, (order, 30)


def _foreign(shop: Shop) -> Call:
    first, mug, cup = shop.product(10), shop.product(10), shop.product(10)
    return RESERVE, (shop.order([(first, None, 1), (mug, shop.variant(cup, 10), 1)]), 30)


def _retired(shop: Shop) -> Call:
    first, mug = shop.product(10), shop.product(10)
    return RESERVE, (shop.order([(first, None, 1), (mug, shop.variant(mug, 10, is_available=False), 1)]), 30)


def _inactive(shop: Shop) -> Call:
    first, mug = shop.product(10), shop.product(10, status="discontinued")
    return RESERVE, (shop.order([(first, None, 1), (mug, None, 1)]), 30)


def _grown(shop: Shop) -> Call:
    order = shop.reserved([(shop.product(10), None, 1), (shop.product(10), None, 1)])
    shop.run("UPDATE order_items SET quantity = 2 WHERE order_id = %s ORDER BY id DESC LIMIT 1", order)
    return RESERVE, (order, 30)


def _never_held(shop: Shop) -> Call:
    order = shop.reserved([(shop.product(10), None, 1)])
    shop.line(order, (shop.product(10), None, 1))
    return COMMIT, (order,)


def _given_back(shop: Shop) -> Call:
    order = shop.reserved([(shop.product(10), None, 1)])
    shop.call(RELEASE, order, "x")
    return COMMIT, (order,)


def _long_reason(shop: Shop) -> Call:
    return RELEASE, (shop.reserved([(shop.product(10), None, 1)]), "😀" * 256)


def _no_return(shop: Shop) -> Call:
    return RETURN, (shop.committed([(shop.product(10), None, 1)]), True)


def _return_of_what(shop: Shop) -> Call:
    order = shop.committed([(shop.product(10), None, 1)])
    shop.move(order, "returned")
    return RETURN, (order, None)


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        pytest.param(_empty, {30003}, id="an empty order"),
        pytest.param(_empty_committed, {30003}, id="an empty order committed"),
        *(
            pytest.param(_in_state(RESERVE, status, 30), {30002}, id=f"{status} reserved")
            for status in ("processing", "shipped", "delivered", "cancelled", "returned")
        ),
        *(
            pytest.param(_in_state(COMMIT, status), {code}, id=f"{status} committed")
            for status, code in (("delivered", 30007), ("cancelled", 30002), ("returned", 30002))
        ),
        *(
            pytest.param(_in_state(RELEASE, status, "x"), {30005}, id=f"{status} released")
            for status in ("shipped", "delivered", "returned")
        ),
        pytest.param(
            _short_of(lambda mug, red: [(mug, None, 3), (mug, None, 3)]), {30004}, id="two lines, one product"
        ),
        pytest.param(_short_of(lambda mug, red: [(mug, red, 3), (mug, red, 3)]), {30004}, id="two lines, one variant"),
        pytest.param(_short_of(lambda mug, red: [(mug, None, 5), (mug, red, 6)]), {30004}, id="product and variant"),
        pytest.param(_huge, {30004}, id="more than there are numbers for"),
        pytest.param(_gone("product_variants", RESERVE), {30008}, id="deleted variant"),
        pytest.param(_gone("products", RESERVE), {30008}, id="deleted product of a variant"),
        pytest.param(_gone_alone, {30008}, id="deleted product"),
        pytest.param(_gone("product_variants", RELEASE), MISSING_PARENT, id="deleted variant released"),
        pytest.param(_foreign, {30008}, id="variant of another product"),
        pytest.param(_retired, {30008}, id="variant that is not available"),
        pytest.param(_inactive, {30008}, id="product that is not active"),
        pytest.param(_grown, {30002}, id="line that changed while it was held"),
        pytest.param(_never_held, {30007}, id="line that was never held"),
        pytest.param(_given_back, {30007}, id="given back"),
        pytest.param(_long_reason, TOO_LONG, id="a reason too long"),
        pytest.param(_no_return, {30002}, id="a return of what is here"),
        pytest.param(_return_of_what, {30006}, id="a return that says not whether to restock"),
    ],
)
def test_an_order_that_may_not(empty_shop: Shop, make: Callable[[Shop], Call], codes: set[int]) -> None:
    _changes_nothing(empty_shop, make(empty_shop), codes)


@pytest.mark.parametrize("order", [None, 0, -1, HUGE])
def test_details_of_no_order_change_nothing(empty_shop: Shop, order: int | None) -> None:
    empty_shop.committed([(empty_shop.product(10), None, 1)])
    before = everything_in(empty_shop)
    assert empty_shop.sets(DETAILS, order) == [[], [], [], []]
    assert everything_in(empty_shop) == before
