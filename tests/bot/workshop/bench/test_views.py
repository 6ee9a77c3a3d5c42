"""`bench views` in small: a question reads no more in a shop of many orders than in one of few."""

from bot.workshop.bench.upkeep import BLOCKED
from bot.workshop.bench.views import GROWTH, LIMIT, views
from repository.workshop.meanwhile import WRITERS
from repository.workshop.questions import QUESTIONS


async def test_no_question_reads_everything() -> None:
    steps: list[str] = []
    figures = {figure.name: figure for figure in await views(orders=20_000, few=6_000, tell=steps.append)}
    assert steps
    for question in QUESTIONS:
        read = figures[f"{question.name}, rows read"]
        assert 0 < read.value <= GROWTH * (read.limit or 0)
        assert figures[f"{question.name}, 20,000 orders"].limit == LIMIT
        assert figures[f"{question.name}, beside 6,000 orders"].value > 0
    slowest = figures["an upgrade, the slowest write meanwhile"]
    assert slowest.value > 0
    assert slowest.limit == BLOCKED  # which the long test holds it to, with a million orders
    assert figures["an upgrade, writes meanwhile"].value > WRITERS
    assert figures["innodb_flush_log_at_trx_commit"].value == 1
