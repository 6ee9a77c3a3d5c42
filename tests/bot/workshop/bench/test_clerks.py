"""`bench console` and `bench people`, in small: every page is there, every word arrives, and all is measured."""

from bot.workshop.bench.clerks.chats import people
from bot.workshop.bench.clerks.pages import PAGES, console


async def test_every_page_of_a_long_history_is_opened_and_measured() -> None:
    steps: list[str] = []
    figures = {
        figure.name: figure for figure in await console(orders=2000, turns=2000, products=10_010, tell=steps.append)
    }
    assert figures.keys() == {*(page.name for page in PAGES), "the first page with all it needs, packed"}
    assert all(figure.value > 0 and figure.limit for figure in figures.values())
    assert steps[-1] == "measuring"


async def test_words_are_seen_on_both_sides_while_everybody_writes() -> None:
    figures = {figure.name: figure.value for figure in await people(clerks=3, shoppers=6, seconds=0.1, rounds=1)}
    assert len(figures) == 6
    assert all(value > 0 for value in figures.values())
