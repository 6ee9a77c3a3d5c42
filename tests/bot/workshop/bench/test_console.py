"""`bench console`, in a small shop: every page is there and is measured."""

from bot.workshop.bench.console import PAGES, console


async def test_every_page_of_a_long_history_is_opened_and_measured() -> None:
    steps: list[str] = []
    figures = {
        figure.name: figure for figure in await console(orders=2000, turns=2000, products=10_010, tell=steps.append)
    }
    assert figures.keys() == {*(page.name for page in PAGES), "the first page with all it needs, packed"}
    assert all(figure.value > 0 and figure.limit for figure in figures.values())
    assert steps[-1] == "measuring"
