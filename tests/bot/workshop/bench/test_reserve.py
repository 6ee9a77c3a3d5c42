"""`bench reserve` in small: the figures are there, and what must be 0 is 0."""

from bot.workshop.bench.reserve import reserve

KEPT = (
    "deadlocks that a caller saw",
    "other errors",
    "stock + reserved is not what was received",
    "log does not add up to the stock",
    "half reserved",
)


async def test_many_connections_reserve_without_a_deadlock_and_the_books_balance() -> None:
    figures = {figure.name: figure for figure in await reserve(connections=8, each=40, rounds=1)}
    assert {name: figures[name].value for name in KEPT} == dict.fromkeys(KEPT, 0)
    assert figures["lowest stock"].value >= 0
    assert figures["refused because sold out, of the last round"].value > 0
    assert figures["innodb_flush_log_at_trx_commit"].value == 1
    for upkeep in ("db init, an empty server", "db verify"):
        assert figures[upkeep].value > 0
        assert figures[upkeep].limit
    for goods in ("6 hot goods", "10,000 goods"):
        reserved = figures[f"{goods}, reserved"]
        assert reserved.value > 0
        assert reserved.limit
